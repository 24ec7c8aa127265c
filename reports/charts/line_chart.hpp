#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sixslots::reports {

/// Numbers to draw as lines; it knows nothing of where they come from.
struct LineChart {
  struct Sample {
    double x = 0.0;
    double y = 0.0;
    double low = 0.0;  ///< of the band; not drawn where low and high are y
    double high = 0.0;
    bool censored = false;  ///< y is a lower bound: the run ended first
  };
  struct Series {
    std::string name;
    std::vector<Sample> samples;           ///< by ascending x
    std::optional<std::size_t> knee = {};  ///< a sample with a ring around it
  };
  /// A line across, or down: "budget 300 ms", "knee: 5 rows".
  struct Mark {
    double value = 0.0;
    std::string label;
  };
  enum class Values { latencies, numbers };  ///< seconds on a logarithmic axis; plain numbers

  std::string title;
  std::string x_label;  ///< with its unit: "rows", "request rate (1/s)"
  std::string y_label;
  std::string band;  ///< what the bands are: "median to 95th percentile"
  std::string bound = "at least this, the run ended first";  ///< what an arrow at a sample says
  std::string ring = "knee";                                 ///< what a ring around a sample says
  Values values = Values::latencies;
  std::vector<Series> series;  ///< told apart by colour, dashes, markers and their names
  std::optional<Mark> budget;  ///< a y
  std::optional<Mark> knee;    ///< an x
};

/// Are there few enough series for their bands to be told apart?
bool has_bands(const LineChart& chart);

/// Puts a ring around a series' sample at x; nothing where there is none.
void mark_knee(LineChart& chart, std::string_view series, double x);

/// As SVG. Of more than eight series the first eight are drawn; the chart says so.
std::string draw(const LineChart& chart);

}  // namespace sixslots::reports

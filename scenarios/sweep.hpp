#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// One variant of a sweep: its numbers, without its requests.
struct SweepPoint {
  std::size_t index = 0;  ///< among all variants
  std::string label;
  std::vector<std::pair<std::string, std::string>> settings;
  int replications = 0;
  std::vector<MetricValue> metrics;
  std::vector<double> connections;  ///< "connections.mean" of each replication
  std::vector<std::string> warnings;
  bool multiplexed = false;  ///< what rows want are streams, not connections
  /// How far the two sides of Little's law are apart, as a share; nothing: it was not checked.
  std::optional<double> little = {};

  /// The metric of that name, or nullptr.
  [[nodiscard]] const MetricValue* metric(std::string_view name) const;
};

/// What all points of a sweep share; equal for all of its parts.
struct SweepHeader {
  std::string title;  ///< or the name of the file
  std::string hash;
  std::string version;
  std::uint64_t seed = 0;
  std::size_t points = 0;
  std::string flow;  ///< the request that the user feels; empty: none
  std::vector<Axis> axes;
  /// The tightest limit on that request's latency that the scenario expects; 0 seconds: none.
  double budget = 0.0;
  std::string budget_text;  ///< "p95 < 300ms"
};

struct Sweep {
  SweepHeader header;
  std::vector<SweepPoint> points;  ///< in the order of their index
};

SweepHeader sweep_header(const Scenario& scenario, std::size_t points);
SweepPoint sweep_point(std::size_t index, const VariantResult& result);

/// The values of an axis as numbers in one unit.
struct AxisNumbers {
  std::vector<double> values;  ///< as many as those of the axis
  std::string unit;            ///< "/s", "ms"; empty where they count something
};

/// In the unit that they are written in; where there are several, in that of scale_of(). Nothing
/// where the values are not numbers of something: TLS "1.2".
std::optional<AxisNumbers> numbers_on(const Axis& axis);

/// Points that differ in one key alone.
struct SweepSeries {
  std::string label;  ///< of the other keys: "polling, http/1.1"; empty: there are none
  std::vector<double> x;
  std::vector<const SweepPoint*> points;  ///< as many as x, ascending
};

/// The series along an axis; none where its values are not several numbers.
std::vector<SweepSeries> series_along(const Sweep& sweep, const Axis& axis);

/// Two points of a series: the last on the good side, and the first past the knee.
struct Knee {
  std::size_t good = 0;
  std::size_t past = 0;
};

/// The knees of a latency: where it first exceeds twice what it is at its better end, or where
/// requests are no longer answered. Latencies that fall, as with workers, are read from the last
/// point on; where neither end is answered, to both sides of the lowest one.
struct Knees {
  bool everywhere = false;    ///< requests are answered at no point
  std::optional<Knee> below;  ///< on the way down
  std::optional<Knee> above;  ///< on the way up

  [[nodiscard]] bool any() const { return everywhere || below || above; }
  /// Not on the good side of a knee.
  [[nodiscard]] bool past(std::size_t point) const;
};

/// Points at which nothing was measured are passed over; where all are, there is no knee.
Knees knees(const SweepSeries& series, std::string_view metric);

}  // namespace sixslots::scenarios

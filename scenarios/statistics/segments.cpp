#include "scenarios/statistics/segments.hpp"

#include <algorithm>

namespace sixslots::scenarios {
namespace {

/// Fine enough for the autocorrelation within a hundredth of what a run needs to be long enough.
constexpr std::size_t most_segments = 4096;

/// Adds stretches of time to the segments that they touch; each costs the same.
class Levels {
 public:
  Levels(double from, double to)
      : from_(from),
        width_((to - from) / most_segments),
        part_(most_segments),
        whole_(most_segments + 1) {}

  void add(double begin, double end) {
    begin = std::max(begin - from_, 0.0) / width_;
    end = std::min((end - from_) / width_, static_cast<double>(most_segments));
    if (end <= begin) return;
    const auto first = std::min(static_cast<std::size_t>(begin), most_segments - 1);
    const auto last = std::min(static_cast<std::size_t>(end), most_segments - 1);
    if (first == last) {
      part_[first] += end - begin;
      return;
    }
    part_[first] += static_cast<double>(first + 1) - begin;
    part_[last] += end - static_cast<double>(last);
    whole_[first + 1] += 1.0;
    whole_[last] -= 1.0;
  }

  [[nodiscard]] std::vector<double> averages() const {
    std::vector<double> all = part_;
    double level = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      level += whole_[i];
      all[i] += level;
    }
    return all;
  }

 private:
  double from_;
  double width_;
  std::vector<double> part_;   // of segments touched in part
  std::vector<double> whole_;  // differences of the number that covers all of a segment
};

}  // namespace

Segments segments_of(const models::Observations& seen, sim::Duration warm_up) {
  const double from = sim::seconds(warm_up);
  const double to = sim::seconds(seen.end.time_since_epoch());
  Segments segments;
  segments.seconds = (to - from) / most_segments;
  Levels levels(from, to);
  for (const models::RequestRecord& record : seen.records) {
    if (record.flow < 0 || record.outcome == models::Outcome::failed) continue;
    levels.add(sim::seconds(record.created.time_since_epoch()),
               sim::seconds(record.finished.value_or(seen.end).time_since_epoch()));
  }
  segments.under_way = levels.averages();
  for (const double level : segments.under_way) segments.level += level / most_segments;
  for (const models::FlowStatistics& flow : seen.flows) {
    segments.rate_times_time += flow.latency.known_seconds() / (to - from);
  }
  return segments;
}

}  // namespace sixslots::scenarios

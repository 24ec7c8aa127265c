#include "models/observations.hpp"

namespace sixslots::models {

void FlowCounts::merge(const FlowCounts& other) {
  count += other.count;
  waited += other.waited;
  starved += other.starved;
  censored += other.censored;
  failed += other.failed;
  given_up += other.given_up;
  storm_failed += other.storm_failed;
  users += other.users;
  users_hit += other.users_hit;
}

void FlowStatistics::merge(const FlowStatistics& other) {
  for (const FlowTally& one : flow_tallies) (this->*one.tally).merge(other.*one.tally);
  FlowCounts::merge(other);
}

void Series::add(Time time, std::int64_t level) {
  points.push_back({time, level});
  if (points.size() < most_points) return;
  for (std::size_t i = 0; i < most_points / 2; ++i) {
    const Point& one = points[2 * i];
    const Point& other = points[2 * i + 1];
    points[i] = one.level > other.level ? one : other;
  }
  points.resize(most_points / 2);
}

}  // namespace sixslots::models

#include "models/progress.hpp"

#include <algorithm>

namespace sixslots::models {

namespace {

// Ten million events in this time would be a thousand million in a second, which no scenario of a
// size that has a name comes near.
constexpr Duration moment = std::chrono::milliseconds(10);
constexpr double most_events_in_a_moment = 1e7;
constexpr double events_of_one = 1e3;  // a page, row or flow, when all begin together

// Each takes up to a kilobyte.
constexpr double most_under_way = 1e6;
constexpr double under_way_of_one = 100.0;

}  // namespace

Endless::Endless(Sign sign, Time at, MadeRequest last)
    : std::runtime_error("a replication that does not end"), sign_(sign), at_(at), last_(last) {}

Progress::Progress(const sim::Simulation& simulation, const Observer& observer, double size)
    : simulation_(simulation),
      observer_(observer),
      most_events_(most_events_in_a_moment + events_of_one * size),
      most_requests_(most_under_way + under_way_of_one * size) {}

void Progress::look() {
  const Time now = simulation_.now();
  const std::uint64_t events = simulation_.events();
  if (now - since_ >= moment) {
    since_ = now;
    events_before_ = events;
  }
  if (static_cast<double>(events - events_before_) > most_events_) {
    throw Endless(Endless::Sign::no_time_passes, now, observer_.last_made());
  }
  if (static_cast<double>(observer_.under_way()) > most_requests_) {
    throw Endless(Endless::Sign::requests_pile_up, now, observer_.last_made());
  }
}

double size_of(const WorldSpec& spec, Duration duration) {
  const FleetSpec& fleet = spec.fleet;
  const double users = fleet.users + fleet.arrival_rate * sim::seconds(duration);
  double of_a_tab = 1.0 + spec.page.rows;
  for (const RequestFlow& flow : spec.requests) of_a_tab += flow.arrivals.batch;
  return users * std::max(spec.tabs, fleet.most_tabs) * of_a_tab;
}

}  // namespace sixslots::models

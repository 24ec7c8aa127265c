#include "scenarios/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/named_paths.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using MetricUnit = MetricInfo::Unit;

constexpr std::string_view flow_prefix = "FLOW.";
constexpr std::string_view hop_prefix = "hop.N.";

struct Named {
  std::string_view name;
  std::string_view meaning;
};

/// What the time of a request consists of.
constexpr Named parts[] = {
    {"latency", "Time from the call to the end of the answer"},
    {"stalled", "Waiting in the browser for a slot or a stream"},
    {"connecting", "Setting up the connection that the request waits for"},
    {"proxy_queue", "Waiting at the hops before the app"},
    {"worker_queue", "Waiting at the app for a worker"},
    {"service", "Time at a worker of the app"},
    {"transfer", "From the answer's first byte to its end"},
    {"storm",
     "Latency of those under way between an event and the moment when it is over and all "
     "lost streams are back"},
    {"user_mean", "Of each of several users the mean latency; over the users"},
    {"user_worst", "Of each of several users the longest latency; over the users"},
};

constexpr Named statistics[] = {
    {"p50", "median"},      {"p95", "95th percentile"}, {"p99", "99th percentile"},
    {"max", "the largest"}, {"mean", "average"},
};

struct Row {
  std::string_view name;
  MetricUnit unit;
  std::string_view meaning;
};

constexpr Row of_a_flow[] = {
    {"FLOW.count", MetricUnit::count, "Requests made, in all replications together."},
    {"FLOW.starved", MetricUnit::count,
     "Requests that were never sent before the run ended, though there was time to connect; in "
     "all replications together."},
    {"FLOW.failed", MetricUnit::count,
     "Requests that failed: no connection, one that was reset, or a status from 400 on; in all "
     "replications together."},
    {"FLOW.given_up", MetricUnit::count,
     "Requests that the page gave up before they were sent, for want of patience; in all "
     "replications together."},
    {"FLOW.censored", MetricUnit::count,
     "Requests that were unfinished when the run ended, in all replications together."},
    {"FLOW.storm_failed", MetricUnit::count,
     "Requests that failed between an event and the moment when all lost streams are back; in all "
     "replications together."},
    {"FLOW.users_hit", MetricUnit::count,
     "Of several users, those of whose requests one failed or was unfinished when the run ended; "
     "in "
     "all replications together."},
    {"FLOW.stalled_share", MetricUnit::ratio,
     "Part of the requests' total latency that was stalled time."},
};

constexpr Row of_the_page[] = {
    {"staleness.p50", MetricUnit::duration,
     "Time from an update at the server to its display, median."},
    {"staleness.p95", MetricUnit::duration, "The same, 95th percentile."},
    {"staleness.p99", MetricUnit::duration, "The same, 99th percentile."},
    {"staleness.max", MetricUnit::duration, "The same, the largest."},
    {"connections.mean", MetricUnit::count, "Open connections of all browsers, average over time."},
    {"connections.peak", MetricUnit::count,
     "Open connections of all browsers, the most at any moment."},
    {"slots.peak", MetricUnit::count,
     "Slots, or streams over HTTP/2 and 3, of one browser in use at once, the most."},
    {"slots.queue_peak", MetricUnit::count,
     "Requests of one browser for which there was none, the most at any moment."},
    {"connections.wanted", MetricUnit::count,
     "Connections (streams, over HTTP/2 and 3) that the rows of one browser want, average over "
     "time, and over the numbers of tabs that users have; measured where nothing has a limit."},
    {"connections.per_row", MetricUnit::connections_per_row,
     "How many of these one more row in each tab wants, by tab; nothing where a page has no rows."},
    {"streams.opened", MetricUnit::count,
     "Event streams and WebSockets that were opened, in each replication on average."},
    {"streams.never_opened", MetricUnit::count,
     "Event streams and WebSockets that were asked for and had not opened when the run ended, "
     "those "
     "included that were refused and closed for good, in each replication on average."},
    {"requests.rate", MetricUnit::rate, "Requests that reach the app."},
    {"bytes.rate", MetricUnit::byte_rate, "Bytes to and from the browser."},
    {"workers.mean", MetricUnit::count, "Workers of the app that are busy, average over time."},
    {"workers.peak", MetricUnit::count,
     "Workers of the app that are busy, the most at any moment."},
    {"streams.given_up", MetricUnit::count,
     "Event streams that an answer other than 200 closed for good: their rows are deaf; in each "
     "replication on average."},
    {"pages.deaf", MetricUnit::count,
     "Pages with such a stream: they look alive, and hear nothing; in each replication on "
     "average."},
    {"pages.failed", MetricUnit::count,
     "Pages whose document was not answered with 200: nothing happens on them. From the start of "
     "the run; in each replication on average."},
    {"streams.lost", MetricUnit::count,
     "Event streams and WebSockets that ended while open, in each replication on average."},
    {"streams.away", MetricUnit::count,
     "Of these, those that were not back when the run ended; also on average."},
    {"users.mean", MetricUnit::count, "Users who are there, average over time."},
    {"users.peak", MetricUnit::count, "Users who are there, the most at any moment."},
    {"users.left", MetricUnit::count, "Users whose session ended, in each replication on average."},
    {"reconnects.count", MetricUnit::count,
     "Reconnections of event streams and WebSockets, in each replication on average."},
    {"reconnects.peak", MetricUnit::count, "The same in one second, the most."},
    {"reconnects.recovery", MetricUnit::duration,
     "From an event until all lost streams were open again, the longest; never where one was "
     "closed "
     "for good."},
};

constexpr Row of_a_hop[] = {
    {"hop.N.requests.rate", MetricUnit::rate, "Requests that reach the hop."},
    {"hop.N.bytes.rate", MetricUnit::byte_rate, "Bytes that pass it, in both directions."},
    {"hop.N.connections.mean", MetricUnit::count,
     "Connections from the hop before it, or from the browsers; average over time."},
    {"hop.N.connections.peak", MetricUnit::count, "The same, the most at any moment."},
    {"hop.N.busy.mean", MetricUnit::count,
     "Of the app its workers that are busy, where their number has a limit; of a proxy its "
     "connections to the hop behind it that carry a request; average over time."},
    {"hop.N.busy.peak", MetricUnit::count, "The same, the most at any moment."},
    {"hop.N.queue.mean", MetricUnit::count, "Requests that wait for one; average over time."},
    {"hop.N.queue.peak", MetricUnit::count, "The same, the most at any moment."},
    {"hop.N.sockets.peak", MetricUnit::count,
     "Of a proxy: connections on both sides and what it keeps for itself, the most at any moment."},
    {"hop.N.executing.peak", MetricUnit::count,
     "Of the first hop, where it works on so many streams of a connection and no more: the most."},
    {"hop.N.executing.queue_peak", MetricUnit::count,
     "Streams of one connection that wait for that, the most at any moment."},
    {"hop.N.cut", MetricUnit::count,
     "Responses that it waited for, or let go on, no longer: its timeouts; in each replication on "
     "average."},
    {"hop.N.refused", MetricUnit::count,
     "Requests that it refused for want of a worker or connection, in each replication on "
     "average."},
};

std::vector<MetricInfo> all_patterns() {
  std::vector<MetricInfo> all;
  for (const Named& part : parts) {
    for (const Named& statistic : statistics) {
      all.push_back({fmt::format("{}{}.{}", flow_prefix, part.name, statistic.name),
                     MetricUnit::duration,
                     fmt::format("{}: {}.", part.meaning, statistic.meaning)});
    }
  }
  const auto add = [&](const Row& row) {
    all.push_back({std::string(row.name), row.unit, std::string(row.meaning)});
  };
  std::ranges::for_each(of_a_flow, add);
  std::ranges::for_each(of_the_page, add);
  std::ranges::for_each(of_a_hop, add);
  return all;
}

bool is_of_a_flow(const MetricInfo& metric) { return metric.name.starts_with(flow_prefix); }
bool is_of_a_hop(const MetricInfo& metric) { return metric.name.starts_with(hop_prefix); }

bool is_of_storms(const MetricInfo& metric) { return metric.name.starts_with("FLOW.storm"); }
bool is_of_users(const MetricInfo& metric) {
  return metric.name.starts_with("FLOW.user") || metric.name.starts_with("users.");
}

/// There is something to tell only where something happens to the path, or several users are there
/// in some variant.
bool is_of_no_use(const MetricInfo& metric, const Scenario& scenario) {
  const auto of_fleet = [](const Axis& axis) { return axis.key.starts_with("fleet."); };
  const models::FleetSpec& fleet = scenario.world.fleet;
  const bool several = fleet.users > 1 || fleet.arrival_rate > 0.0 ||
                       std::ranges::any_of(scenario.compare, of_fleet);
  return (is_of_storms(metric) && scenario.world.events.empty()) ||
         (is_of_users(metric) && !several);
}

/// The patterns of one kind, with a name in the place of their first part.
void add_named(std::vector<MetricInfo>& metrics, const Scenario& scenario,
               bool (*is_one)(const MetricInfo&), std::string_view placeholder,
               std::string_view name) {
  for (const MetricInfo& metric : metric_patterns()) {
    if (!is_one(metric) || is_of_no_use(metric, scenario)) continue;
    metrics.push_back(metric);
    metrics.back().name.replace(0, placeholder.size() - 1, name);
  }
}

/// Of the scenario's own path, and of those that it compares.
std::size_t most_hops(const Scenario& scenario) {
  std::size_t most = scenario.world.hops.size();
  for (const Axis& axis : scenario.compare) {
    if (axis.key != "path") continue;
    for (const std::string& name : axis.values) {
      if (const NamedPath* path = find_path(scenario, name))
        most = std::max(most, path->hops.size());
    }
  }
  return most;
}

}  // namespace

const std::vector<MetricInfo>& metric_patterns() {
  static const std::vector<MetricInfo> patterns = all_patterns();
  return patterns;
}

std::vector<MetricInfo> metrics_of(const Scenario& scenario) {
  std::vector<MetricInfo> metrics;
  for (const models::RequestFlow& flow : scenario.world.requests) {
    add_named(metrics, scenario, is_of_a_flow, flow_prefix, flow.name);
  }
  for (const MetricInfo& metric : metric_patterns()) {
    if (is_of_a_flow(metric) || is_of_a_hop(metric)) continue;
    if (!is_of_no_use(metric, scenario)) metrics.push_back(metric);
  }
  for (std::size_t i = 0; i < most_hops(scenario); ++i) {
    add_named(metrics, scenario, is_of_a_hop, hop_prefix, fmt::format("hop.{}", i));
  }
  return metrics;
}

const MetricInfo* find_metric(const std::vector<MetricInfo>& metrics, std::string_view name) {
  const auto found = std::ranges::find(metrics, name, &MetricInfo::name);
  return found == metrics.end() ? nullptr : &*found;
}

std::string_view needed_by(const MetricInfo& pattern) {
  if (is_of_storms(pattern)) return "where something happens to the path: add [[event]]";
  if (is_of_users(pattern)) return "with several users: set fleet.users or fleet.arrival_rate";
  return {};
}

std::vector<std::string_view> reserved_flow_names() {
  std::vector<std::string_view> names = {"hop"};
  for (const Row& row : of_the_page) {
    const std::string_view name = row.name.substr(0, row.name.find('.'));
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

double parse_metric_value(MetricUnit unit, std::string_view text, const Subject& subject) {
  switch (unit) {
    case MetricUnit::duration:
      return sim::seconds(parse_duration(text, subject));
    case MetricUnit::ratio:
      return parse_ratio(text, subject);
    case MetricUnit::rate:
      return parse_event_rate(text, subject);
    case MetricUnit::byte_rate:
      return static_cast<double>(parse_quantity(text, byte_rates(), subject));
    case MetricUnit::count:
    case MetricUnit::connections_per_row:
      break;
  }
  return parse_number(text, subject);
}

}  // namespace sixslots::scenarios

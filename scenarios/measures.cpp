#include "scenarios/measures.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>
#include <utility>

#include "scenarios/demand.hpp"

namespace sixslots::scenarios {

namespace {

using Kind = MetricValue::Kind;
using models::flow_tallies;
using models::FlowCounts;
using models::FlowTimes;

Measured exact(double value) { return {Kind::exact, value}; }
Measured count(std::uint64_t value) { return exact(static_cast<double>(value)); }

bool unfinished_matter(const sim::Tally& tally) {
  return sim::unfinished_matter(tally.censored(), tally.count(), tally.unfinished_seconds(),
                                tally.known_seconds());
}

Measured mean_of(const sim::Tally& tally) {
  if (tally.count() == 0) return {};
  if (!unfinished_matter(tally)) return exact(*tally.estimated_mean());
  return {Kind::at_least, tally.known_seconds() / static_cast<double>(tally.count())};
}

// A quantile among requests that were never sent is "never": more of them than lie above it.
Measured quantile_of(const sim::Tally& tally, double p, std::uint64_t never_sent) {
  const std::optional<sim::Quantile> quantile = tally.quantile(p, tally.unfinished());
  if (!quantile) return {};
  const double value = sim::seconds(quantile->value);
  if (!quantile->censored) return exact(value);
  const double above = (1.0 - p) * static_cast<double>(tally.count());
  const bool never = never_sent > 0 && static_cast<double>(never_sent) >= above;
  return {never ? Kind::never : Kind::at_least, value};
}

/// "latency.p95" -> the place of "latency" among flow_tallies
std::optional<std::size_t> place_of(std::string_view name) {
  const auto* const found =
      std::ranges::find(flow_tallies, name.substr(0, name.find('.')), &models::FlowTally::name);
  if (found == flow_tallies.end()) return std::nullopt;
  return static_cast<std::size_t>(found - flow_tallies.begin());
}

using Value = std::function<Measured(const Pooled&)>;

/// "p95" of a tally of Pooled; `never_sent` says how many of it never began.
Value of_tally(std::size_t number, std::string_view statistic,
               std::function<std::uint64_t(const Pooled&)> never_sent) {
  if (statistic == "mean") {
    return [number](const Pooled& pooled) { return mean_of(pooled.tally(number)); };
  }
  double p = 1.0;
  if (statistic == "p50") p = 0.50;
  if (statistic == "p95") p = 0.95;
  if (statistic == "p99") p = 0.99;
  assert(p < 1.0 || statistic == "max");
  return [number, p, never_sent = std::move(never_sent)](const Pooled& pooled) {
    return quantile_of(pooled.tally(number), p, never_sent(pooled));
  };
}

struct FlowCount {
  std::string_view name;
  std::uint64_t FlowCounts::*count;
};

constexpr std::array flow_counts = {
    FlowCount{"count", &FlowCounts::count},
    FlowCount{"starved", &FlowCounts::starved},
    FlowCount{"failed", &FlowCounts::failed},
    FlowCount{"given_up", &FlowCounts::given_up},
    FlowCount{"censored", &FlowCounts::censored},
    FlowCount{"storm_failed", &FlowCounts::storm_failed},
    FlowCount{"users_hit", &FlowCounts::users_hit},
};

Measured stalled_share(const FlowTimes& flow) {
  const double latency = flow.latency.known_seconds();
  if (latency <= 0.0) return {};
  return exact(flow.stalled.known_seconds() / latency);
}

/// `name` without the request's.
Value of_flow(std::string_view name, std::size_t flow) {
  for (const FlowCount& one : flow_counts) {
    if (one.name != name) continue;
    return [flow, &one](const Pooled& pooled) { return count(pooled.counts[flow].*one.count); };
  }
  if (name == "stalled_share") {
    return [flow](const Pooled& pooled) { return stalled_share(pooled.times[flow]); };
  }
  const std::optional<std::size_t> place = place_of(name);
  assert(place);
  // Those were requests; of users none was never there.
  const bool of_users = name.starts_with("user_");
  return of_tally(flow * flow_tallies.size() + *place, name.substr(name.find('.') + 1),
                  [flow, of_users](const Pooled& pooled) {
                    return of_users ? 0 : pooled.counts[flow].starved;
                  });
}

struct PageMetric {
  std::string_view name;
  double (*value)(const Pooled& pooled);
};

constexpr std::array page_metrics = {
    PageMetric{"connections.mean",
               [](const Pooled& p) { return p.connections_mean / p.replications; }},
    PageMetric{"connections.peak", [](const Pooled& p) { return p.connections_peak; }},
    PageMetric{"slots.peak", [](const Pooled& p) { return p.slots_peak; }},
    PageMetric{"slots.queue_peak", [](const Pooled& p) { return p.slot_queue_peak; }},
    PageMetric{"connections.wanted", [](const Pooled& p) { return p.demand.connections; }},
    PageMetric{"connections.per_row", [](const Pooled& p) { return p.demand.per_row; }},
    PageMetric{"streams.opened", [](const Pooled& p) { return p.streams_opened / p.replications; }},
    PageMetric{"streams.never_opened",
               [](const Pooled& p) { return p.streams_never_opened / p.replications; }},
    PageMetric{"requests.rate",
               [](const Pooled& p) { return p.requests_arrived / p.observed_seconds; }},
    PageMetric{"bytes.rate", [](const Pooled& p) { return p.bytes / p.observed_seconds; }},
    PageMetric{"workers.mean", [](const Pooled& p) { return p.workers_mean / p.replications; }},
    PageMetric{"workers.peak", [](const Pooled& p) { return p.workers_peak; }},
    PageMetric{"reconnects.count", [](const Pooled& p) { return p.reconnects / p.replications; }},
    PageMetric{"streams.given_up",
               [](const Pooled& p) { return p.streams_given_up / p.replications; }},
    PageMetric{"reconnects.peak", [](const Pooled& p) { return p.reconnects_peak; }},
    PageMetric{"pages.failed", [](const Pooled& p) { return p.pages_failed / p.replications; }},
    PageMetric{"pages.deaf", [](const Pooled& p) { return p.pages_deaf / p.replications; }},
    PageMetric{"streams.lost", [](const Pooled& p) { return p.streams_lost / p.replications; }},
    PageMetric{"streams.away", [](const Pooled& p) { return p.streams_away / p.replications; }},
    PageMetric{"users.mean", [](const Pooled& p) { return p.users_mean / p.replications; }},
    PageMetric{"users.peak", [](const Pooled& p) { return p.users_peak; }},
    PageMetric{"users.left", [](const Pooled& p) { return p.users_left / p.replications; }},
};

/// Until all are back: some may not be when the run ends, and some never come. Without an event, or
/// where it took no stream away, there is nothing to recover from.
Measured recovery(const Pooled& pooled) {
  const bool any_lost =
      pooled.streams_lost > 0.0 || pooled.streams_away > 0.0 || pooled.streams_never_back > 0.0;
  if (!any_lost) return {};
  const bool away = pooled.streams_away > 0.0;
  // Those who were lost have left before they were back.
  if (pooled.recovery_seconds == 0.0 && !away && pooled.streams_never_back == 0.0) return {};
  const Kind kind = pooled.streams_never_back > 0.0 ? Kind::never
                    : away                          ? Kind::at_least
                                                    : Kind::exact;
  return {kind, pooled.recovery_seconds};
}

Measured nothing(const Pooled&) { return {}; }

Value of_page(std::string_view name, const models::WorldSpec& world) {
  constexpr std::string_view staleness = "staleness.";
  if (name.starts_with(staleness)) {
    return of_tally(world.requests.size() * flow_tallies.size(), name.substr(staleness.size()),
                    [](const Pooled&) { return std::uint64_t{0}; });
  }
  if (name == "reconnects.recovery") return world.events.empty() ? nothing : recovery;
  if (name == "connections.per_row" && !has_rows(world)) return nothing;
  if (name.starts_with("workers.") && world.hops.back().workers == 0) return nothing;
  const auto* const known = std::ranges::find(page_metrics, name, &PageMetric::name);
  assert(known != page_metrics.end());
  return [known](const Pooled& pooled) { return exact(known->value(pooled)); };
}

using models::HopUse;

struct HopMetric {
  std::string_view name;
  double (*value)(const HopUse& hop, const Pooled& pooled);
};

constexpr std::array hop_metrics = {
    HopMetric{"requests.rate",
              [](const HopUse& hop, const Pooled& p) {
                return static_cast<double>(hop.requests) / p.observed_seconds;
              }},
    HopMetric{"bytes.rate",
              [](const HopUse& hop, const Pooled& p) {
                return static_cast<double>(hop.bytes) / p.observed_seconds;
              }},
    HopMetric{"cut", [](const HopUse& hop,
                        const Pooled& p) { return static_cast<double>(hop.cut) / p.replications; }},
    HopMetric{
        "executing.peak",
        [](const HopUse& hop, const Pooled&) { return static_cast<double>(hop.executing_peak); }},
    HopMetric{"executing.queue_peak",
              [](const HopUse& hop, const Pooled&) {
                return static_cast<double>(hop.executing_queue_peak);
              }},
    HopMetric{
        "connections.mean",
        [](const HopUse& hop, const Pooled& p) { return hop.connections_mean / p.replications; }},
    HopMetric{
        "connections.peak",
        [](const HopUse& hop, const Pooled&) { return static_cast<double>(hop.connections_peak); }},
    HopMetric{"busy.mean",
              [](const HopUse& hop, const Pooled& p) { return hop.busy_mean / p.replications; }},
    HopMetric{"busy.peak",
              [](const HopUse& hop, const Pooled&) { return static_cast<double>(hop.busy_peak); }},
    HopMetric{"queue.mean",
              [](const HopUse& hop, const Pooled& p) { return hop.queue_mean / p.replications; }},
    HopMetric{"queue.peak",
              [](const HopUse& hop, const Pooled&) { return static_cast<double>(hop.queue_peak); }},
    HopMetric{"sockets.peak", [](const HopUse& hop,
                                 const Pooled&) { return static_cast<double>(hop.sockets_peak); }},
    HopMetric{"refused",
              [](const HopUse& hop, const Pooled& p) {
                return static_cast<double>(hop.refused) / p.replications;
              }},
};

/// An app without a limit of workers keeps no account of them; an app has nothing behind it.
bool has(const models::WorldSpec& world, std::size_t hop, std::string_view metric) {
  const bool is_app = hop + 1 == world.hops.size();
  if (metric.starts_with("executing.")) return hop == 0 && world.hops[0].executing_streams > 0;
  if (!is_app) return true;
  if (metric == "sockets.peak") return false;
  const bool of_workers = metric.starts_with("busy.") || metric.starts_with("queue.");
  return !of_workers || world.hops[hop].workers > 0;
}

/// The number in "hop.0.busy.peak".
std::optional<std::size_t> hop_of(std::string_view name) {
  constexpr std::string_view prefix = "hop.";
  if (!name.starts_with(prefix)) return std::nullopt;
  std::size_t hop = 0;
  std::from_chars(name.data() + prefix.size(), name.data() + name.size(), hop);
  return hop;
}

Value of_hop(std::string_view name, std::size_t hop, const models::WorldSpec& world) {
  const std::string_view metric = name.substr(name.find('.', std::string_view("hop.").size()) + 1);
  if (!has(world, hop, metric)) return nothing;
  const auto* const known = std::ranges::find(hop_metrics, metric, &HopMetric::name);
  assert(known != hop_metrics.end());
  return [known, hop](const Pooled& pooled) {
    // Another variant's path may be longer.
    if (hop >= pooled.hops.size()) return Measured{};
    return exact(known->value(pooled.hops[hop], pooled));
  };
}

/// The request that a metric is about; nothing for one of the page or a hop.
std::optional<std::size_t> flow_of(std::string_view name, const Scenario& scenario) {
  const auto& requests = scenario.world.requests;
  const auto flow =
      std::ranges::find(requests, name.substr(0, name.find('.')), &models::RequestFlow::name);
  if (flow == requests.end()) return std::nullopt;
  return static_cast<std::size_t>(flow - requests.begin());
}

/// The number that Pooled gives to the tally that a metric is about.
std::optional<std::size_t> tally_of(std::string_view name, const Scenario& scenario,
                                    std::optional<std::size_t> flow) {
  if (name.starts_with("staleness.")) return scenario.world.requests.size() * flow_tallies.size();
  if (!flow) return std::nullopt;
  const std::optional<std::size_t> place = place_of(name.substr(name.find('.') + 1));
  if (!place) return std::nullopt;
  return *flow * flow_tallies.size() + *place;
}

/// "click.latency.p95" -> "p95"
std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

Statistic statistic_of(const MetricInfo& metric) {
  using StatisticKind = Statistic::Kind;
  const std::string_view last = last_part(metric.name);
  if (last == "p50") return {StatisticKind::quantile, 0.50};
  if (last == "p95") return {StatisticKind::quantile, 0.95};
  if (last == "p99") return {StatisticKind::quantile, 0.99};
  constexpr std::array others{"max",          "peak",      "queue_peak", "count",
                              "starved",      "cut",       "failed",     "given_up",
                              "refused",      "censored",  "per_row",    "left",
                              "storm_failed", "users_hit", "recovery",   "wanted"};
  const bool other = std::ranges::find(others, last) != others.end();
  return {other ? StatisticKind::other : StatisticKind::mean, 0.0};
}

bool is_of_demand(const MetricInfo& metric) {
  return metric.name == "connections.wanted" || metric.name == "connections.per_row";
}

MetricMeasure measure_of(const MetricInfo& metric, const Scenario& scenario) {
  MetricMeasure measure{metric, statistic_of(metric), {}, {}, [](const Pooled&) { return 1.0; }};
  const std::string_view name = metric.name;
  const std::optional<std::size_t> flow = flow_of(name, scenario);
  measure.tally = tally_of(name, scenario, flow);
  if (const std::optional<std::size_t> hop = hop_of(name)) {
    measure.value = of_hop(name, *hop, scenario.world);
  } else if (flow) {
    measure.value = of_flow(name.substr(name.find('.') + 1), *flow);
  } else {
    measure.value = of_page(name, scenario.world);
  }
  if (measure.tally) {
    measure.weight = [tally = *measure.tally](const Pooled& pooled) {
      return static_cast<double>(pooled.tally(tally).count());
    };
  } else if (flow) {  // of the stalled share
    measure.weight = [flow = *flow](const Pooled& pooled) {
      return pooled.times[flow].latency.known_seconds();
    };
  }
  return measure;
}

MetricValue MetricMeasure::of(const Pooled& pooled) const {
  const Measured measured = value(pooled);
  return {info, measured.kind, measured.value};
}

std::vector<MetricMeasure> measures_of(const Scenario& scenario) {
  std::vector<MetricMeasure> measures;
  for (const MetricInfo& metric : metrics_of(scenario)) {
    measures.push_back(measure_of(metric, scenario));
  }
  return measures;
}

}  // namespace sixslots::scenarios

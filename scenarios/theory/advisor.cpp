#include "scenarios/theory/advisor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/design.hpp"
#include "scenarios/theory/batch_queue.hpp"
#include "scenarios/theory/general_queues.hpp"
#include "scenarios/theory/markov_queues.hpp"

namespace sixslots::scenarios::theory {
namespace {

using models::Arrivals;
using models::RequestFlow;
using models::WorldSpec;
using sim::Distribution;
using Kind = Distribution::Kind;

/// Above this the sums behind M/D/c and M/PH/c lose digits, and no simulation is long enough.
constexpr double highest_load = 0.98;

bool free_of_charge(const models::ProcessorTime& time) {
  const models::Duration all = time.call + time.start + time.wake + time.receive + time.timer +
                               time.first_call + time.first_send + time.secure;
  return all == models::Duration::zero();
}

/// A transfer takes no time.
bool at_once(const WorldSpec& world, const RequestFlow& flow) {
  const auto free = [](models::BitRate rate, models::Bytes size) {
    return rate.unlimited() || size.count == 0;
  };
  return free(world.network.up, flow.request_size) && free(world.network.down, flow.response_size);
}

/// Random batches of requests with exponential service.
std::optional<ClosedForm> batches(const Arrivals& arrivals, double lambda,
                                  const Distribution& service, int c) {
  if (service.kind() != Kind::exponential) return std::nullopt;
  if (lambda * arrivals.batch * service.mean() / c > highest_load) return std::nullopt;
  const bool equal = arrivals.batch_sizes == Arrivals::BatchSizes::equal;
  const BatchLaw law = equal ? batches_of(arrivals.batch) : geometric_batches(arrivals.batch);
  return ClosedForm{
      fmt::format("M^X/M/{}", c), {}, batch_wait(lambda, law, 1.0 / service.mean(), c)};
}

/// One browser that is there from the start to the end.
bool one_user(const models::FleetSpec& fleet) {
  return fleet.users == 1 && fleet.arrival_rate == 0.0 && !fleet.session && fleet.most_tabs == 0 &&
         fleet.hidden_share.value == 0.0 && fleet.browsers.empty();
}

/// The requests come as the law of their arrivals says: from all tabs, or from the only one. Which
/// of several tabs is seen changes with time, and the others' timers are slowed.
bool from_every_tab(const WorldSpec& world) {
  return world.tabs == 1 || world.requests.front().tabs == models::FlowTabs::all;
}

/// All of them are open when the statistics begin.
bool same_tabs_throughout(const Scenario& variant) {
  const WorldSpec& world = variant.world;
  const auto opened_later = std::int64_t{world.tabs} - 1;
  return opened_later == 0 ||
         world.tab_interval <= variant.run.left_out() / opened_later;  // all come evenly
}

/// Nothing but waiting for a slot and the service.
bool nothing_else(const Scenario& variant) {
  const WorldSpec& world = variant.world;
  const models::HopSpec& app = world.hops.front();
  return variant.run.kind == RunKind::steady && world.scripted.empty() && world.events.empty() &&
         world.hops.size() == 1 && world.requests.size() == 1 && one_user(world.fleet) &&
         from_every_tab(world) && same_tabs_throughout(variant) && !world.network.lossy() &&
         world.network.rtt == models::Duration::zero() && app.protocol == models::Protocol::http1 &&
         app.read_timeout == models::Duration::zero() &&
         app.response_timeout == models::Duration::zero() &&
         free_of_charge(world.browser.processor_time) && at_once(world, world.requests.front());
}

/// Slots that are left for requests, or 0 where that changes with time.
int slots_left(const WorldSpec& world) {
  const models::HopSpec& app = world.hops.front();
  int slots = std::min(world.browser.connections_per_origin, world.browser.connections_total);
  if (app.connections_per_client > 0) slots = std::min(slots, app.connections_per_client);
  if (app.workers > 0 && app.workers < slots) return 0;  // it waits at the app, too
  // Others ask for all rows at once, also for none.
  if (!world.page.design->name.ends_with("-per-row")) return 0;
  if (world.page.rows == 0) return slots;
  const bool streams = world.page.design->name == "stream-per-row" &&
                       world.page.stream_ends_after == models::Duration::zero();
  const bool work_for_all = app.workers == 0;
  return streams && work_for_all ? slots - world.page.rows * world.tabs : 0;
}

/// M/G/c where it is solved.
std::optional<ClosedForm> open_queue(double lambda, const Distribution& service, int c) {
  const double load = lambda * service.mean() / c;
  if (load > highest_load) return std::nullopt;
  const bool erlang_2 = service.kind() == Kind::erlang && service.parameters()[1] == 2.0;
  if (service.kind() == Kind::exponential) {
    return ClosedForm{fmt::format("M/M/{}", c), {}, mmc(lambda, 1.0 / service.mean(), c).wait};
  }
  if (service.kind() == Kind::constant && c > 1) {
    return ClosedForm{fmt::format("M/D/{}", c), {}, mdc_wait(lambda, service.mean(), c)};
  }
  if (c == 1) return ClosedForm{"M/G/1", {}, mg1_wait(lambda, service)};
  if (erlang_2) {
    return ClosedForm{fmt::format("M/E2/{}", c), {}, mphc_wait(lambda, two_phases(service), c)};
  }
  if (service.kind() == Kind::hyperexponential) {
    return ClosedForm{fmt::format("M/H2/{}", c), {}, mphc_wait(lambda, two_phases(service), c)};
  }
  return std::nullopt;
}

std::optional<ClosedForm> queue_of(const WorldSpec& world, const RequestFlow& flow, int c) {
  const Distribution service = flow.service.value_or(world.hops.front().service);
  const int sources = flow.tabs == models::FlowTabs::all ? world.tabs : 1;
  const Arrivals& arrivals = flow.arrivals;
  if (!(service.mean() > 0.0) || !std::isfinite(service.mean())) return std::nullopt;
  if (flow.patience) return std::nullopt;
  if (arrivals.batch > 1) {
    const bool random = arrivals.process == Arrivals::Process::poisson;
    return random ? batches(arrivals, arrivals.rate * sources, service, c) : std::nullopt;
  }
  if (arrivals.process == Arrivals::Process::poisson) {
    return open_queue(arrivals.rate * sources, service, c);
  }
  if (service.kind() != Kind::exponential) return std::nullopt;
  const double mu = 1.0 / service.mean();
  if (arrivals.process == Arrivals::Process::closed && sources > c) {
    return ClosedForm{fmt::format("M/M/{}//{}", c, sources),
                      {},
                      finite_source(sources, arrivals.think.mean(), mu, c).wait};
  }
  const double gap = sim::seconds(arrivals.every);
  if (arrivals.process == Arrivals::Process::every && sources == 1 &&
      1.0 / gap < highest_load * c * mu) {
    const Transform law = transform_of(Distribution::constant(arrivals.every));
    return ClosedForm{fmt::format("D/M/{}", c), {}, gimc_wait(law, mu, c)};
  }
  if (arrivals.process == Arrivals::Process::renewal && sources == 1 &&
      1.0 / arrivals.gap.mean() < highest_load * c * mu) {
    const Transform law = transform_of(arrivals.gap);
    if (law) return ClosedForm{fmt::format("GI/M/{}", c), {}, gimc_wait(law, mu, c)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ClosedForm> closed_form(const Scenario& variant) {
  if (!nothing_else(variant)) return std::nullopt;
  const WorldSpec& world = variant.world;
  const RequestFlow& flow = world.requests.front();
  if (flow.by_user && world.browser.urgent_extra_connections > 0) return std::nullopt;
  const int slots = slots_left(world);
  if (slots <= 0) return std::nullopt;
  std::optional<ClosedForm> queue = queue_of(world, flow, slots);
  if (queue) queue->flow = flow.name;
  return queue;
}

}  // namespace sixslots::scenarios::theory

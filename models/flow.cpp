#include "models/flow.hpp"

#include <utility>

#include "sim/variates.hpp"

namespace sixslots::models {

namespace {

/// One flow in one tab: its random numbers, and what it needs to make requests.
struct FlowState {
  const RequestFlow& flow;
  Page& page;
  sim::EntityId entity;
  std::int32_t index;
  std::int32_t tab;
  sim::Variates gaps;  // between requests; think times in a closed loop
  sim::Variates service_times;
  std::uint32_t made = 0;  // requests so far
};

RequestSpec next_request(FlowState& state) {
  const RequestFlow& flow = state.flow;
  Browser& browser = state.page.app().browser;
  RequestSpec spec;
  spec.kind = flow.kind;
  spec.packets = browser.packet_chances(state.entity, state.made++);
  spec.urgent = flow.by_user && browser.profile().user_gesture_is_urgent;
  spec.size = flow.request_size;
  spec.answer.service = state.service_times.next();
  spec.answer.size = flow.response_size;
  return spec;
}

// Not a coroutine, so that a request that waits, perhaps with a million others, is one frame less.
sim::Task<int> make_request(FlowState& state, const RequestSpec& spec) {
  App& app = state.page.app();
  RequestRecord& record = app.browser.open_record(state.index, spec.kind);
  record.tab = state.tab;
  return fetch(app.browser, app.group, spec, RecordRef(app.browser.observer(), record));
}

// Nobody clicks on a page that is not there yet: the request is made when it has loaded.
sim::Process request(FlowState& state, RequestSpec spec) {
  co_await state.page.loaded().wait();
  co_await make_request(state, spec);
}

sim::Distribution gap(const Arrivals& arrivals) {
  switch (arrivals.process) {
    case Arrivals::Process::at:
      break;
    case Arrivals::Process::every:
      return sim::Distribution::constant(arrivals.every);
    case Arrivals::Process::poisson:
      return sim::Distribution::exponential(
          Duration(static_cast<std::int64_t>(1e9 / arrivals.rate)));
    case Arrivals::Process::closed:
      return arrivals.think;
  }
  return {};
}

sim::Process at_times(FlowState state) {
  const Time start = state.page.simulation().now();
  for (const Duration at : state.flow.arrivals.at) {
    co_await state.page.simulation().until(start + at);
    state.page.spawn(request(state, next_request(state)));
  }
  sim::Signal never;  // the requests that are under way refer to the state
  co_await never.wait();
}

sim::Process with_gaps(FlowState state) {
  for (;;) {
    co_await state.page.simulation().delay(state.gaps.next());
    state.page.spawn(request(state, next_request(state)));
  }
}

sim::Process closed_loop(FlowState state) {
  for (;;) {
    co_await state.page.simulation().delay(state.gaps.next());
    const RequestSpec spec = next_request(state);
    co_await state.page.loaded().wait();
    co_await make_request(state, spec);
  }
}

sim::Process start(FlowState state) {
  switch (state.flow.arrivals.process) {
    case Arrivals::Process::at:
      return at_times(std::move(state));
    case Arrivals::Process::closed:
      return closed_loop(std::move(state));
    case Arrivals::Process::every:
    case Arrivals::Process::poisson:
      break;
  }
  return with_gaps(std::move(state));
}

}  // namespace

void start_flows(const WorldSpec& spec, Page& page, int tab, const sim::RandomSource& random) {
  for (std::size_t i = 0; i < spec.requests.size(); ++i) {
    const RequestFlow& flow = spec.requests[i];
    if (flow.tabs == FlowTabs::visible && tab > 0) continue;
    const sim::EntityId entity =
        sim::entity_id(sim::entity_id("request/" + flow.name), static_cast<std::uint32_t>(tab));
    page.spawn(start({flow,
                      page,
                      entity,
                      static_cast<std::int32_t>(i),
                      tab,
                      {gap(flow.arrivals), random.stream(entity, sim::Purpose::arrival)},
                      {flow.service.value_or(spec.hops.back().service),
                       random.stream(entity, sim::Purpose::service)}}));
  }
}

}  // namespace sixslots::models

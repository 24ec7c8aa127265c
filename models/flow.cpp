#include "models/flow.hpp"

namespace sixslots::models {

namespace {

/// One flow in one tab: its random numbers, and what it needs to make requests.
struct FlowState {
  const RequestFlow& flow;
  const sim::Distribution service;
  Page& page;
  sim::EntityId entity;
  std::int32_t index;
  std::int32_t tab;
  sim::RandomStream gaps;
  sim::RandomStream service_times;
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
  spec.answer.service = state.service.sample(state.service_times);
  spec.answer.size = flow.response_size;
  return spec;
}

// Nobody clicks on a page that is not there yet: the request is made when it has loaded.
sim::Task<> make_request(FlowState& state, const RequestSpec& spec) {
  co_await state.page.loaded().wait();
  App& app = state.page.app();
  RequestRecord& record = app.browser.open_record(state.index, spec.kind);
  record.tab = state.tab;
  RecordRef ref(app.browser.observer(), record);
  co_await fetch(app.browser, app.group, spec, std::move(ref));
}

sim::Process request(FlowState& state, RequestSpec spec) { co_await make_request(state, spec); }

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
  const Arrivals& arrivals = state.flow.arrivals;
  const auto mean = Duration(static_cast<std::int64_t>(1e9 / arrivals.rate));
  const sim::Distribution gap = arrivals.process == Arrivals::Process::every
                                    ? sim::Distribution::constant(arrivals.every)
                                    : sim::Distribution::exponential(mean);
  for (;;) {
    co_await state.page.simulation().delay(gap.sample(state.gaps));
    state.page.spawn(request(state, next_request(state)));
  }
}

sim::Process closed_loop(FlowState state) {
  for (;;) {
    co_await state.page.simulation().delay(state.flow.arrivals.think.sample(state.gaps));
    const RequestSpec spec = next_request(state);
    co_await make_request(state, spec);
  }
}

sim::Process start(FlowState state) {
  switch (state.flow.arrivals.process) {
    case Arrivals::Process::at:
      return at_times(state);
    case Arrivals::Process::closed:
      return closed_loop(state);
    case Arrivals::Process::every:
    case Arrivals::Process::poisson:
      break;
  }
  return with_gaps(state);
}

}  // namespace

void start_flows(const WorldSpec& spec, Page& page, int tab, const sim::RandomSource& random) {
  for (std::size_t i = 0; i < spec.requests.size(); ++i) {
    const RequestFlow& flow = spec.requests[i];
    if (flow.tabs == FlowTabs::visible && (tab > 0 || page.hidden())) continue;
    const sim::EntityId entity =
        sim::entity_id(sim::entity_id("request/" + flow.name), static_cast<std::uint32_t>(tab));
    page.spawn(
        start({flow, flow.service.value_or(spec.hops.back().service), page, entity,
               static_cast<std::int32_t>(i), tab, random.stream(entity, sim::Purpose::arrival),
               random.stream(entity, sim::Purpose::service)}));
  }
}

}  // namespace sixslots::models

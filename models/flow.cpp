#include "models/flow.hpp"

#include <cmath>
#include <utility>

#include "sim/math.hpp"
#include "sim/pooled.hpp"
#include "sim/unless.hpp"
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
  bool urgent;         // made inside a user's input event, where the browser minds that
  sim::Variates gaps;  // between requests; think times in a closed loop
  sim::Variates service_times;
  std::uint32_t made = 0;  // requests so far
};

/// What tells the requests of a flow apart: all that one keeps of its specification while it waits.
struct Draw {
  std::uint32_t ordinal;
  Duration service;
};

Draw next_draw(FlowState& state) { return {++state.made, state.service_times.next()}; }

RequestSpec spec_of(const FlowState& state, const Draw& draw) {
  const RequestFlow& flow = state.flow;
  RequestSpec spec;
  spec.kind = flow.kind;
  spec.packets = state.page.app().browser.packet_chances(state.entity, draw.ordinal - 1);
  spec.ordinal = draw.ordinal;
  spec.urgent = state.urgent;
  spec.size = flow.request_size;
  spec.answer.service = draw.service;
  spec.answer.size = flow.response_size;
  return spec;
}

/// Numbers for what few flows need: after so many requests, and for one purpose.
sim::RandomStream numbers_after(const FlowState& state, std::uint32_t made, sim::Purpose purpose) {
  const sim::RandomSource& random = state.page.app().browser.pool.random();
  return random.stream(sim::entity_id(state.entity, made), purpose);
}

Duration patience_with(const FlowState& state, const Draw& draw) {
  sim::RandomStream numbers = numbers_after(state, draw.ordinal, sim::Purpose::patience);
  return state.flow.patience->sample(numbers);
}

int batch_size(const FlowState& state) {
  const Arrivals& arrivals = state.flow.arrivals;
  if (arrivals.batch == 1 || arrivals.batch_sizes == Arrivals::BatchSizes::equal) {
    return arrivals.batch;
  }
  const double u = numbers_after(state, state.made, sim::Purpose::batch).uniform();
  return 1 + static_cast<int>(std::floor(sim::log(u) / sim::log1p(-1.0 / arrivals.batch)));
}

// Of a limit and a slot that come at the same instant, the slot counts. While the browser works on
// the answer, the record may already be that of another request, which has another id.
sim::Process lose_patience(Browser& browser, const RequestRecord& record, std::uint32_t id,
                           Duration patience, sim::Signal& lost) {
  co_await browser.simulation().delay_last(patience);
  if (record.id != id || record.granted) co_return;
  browser.observer().gives_up(record);
  lost.pulse();
}

RecordRef open_record(const FlowState& state) {
  Browser& browser = state.page.app().browser;
  RequestRecord& record = browser.open_record(state.index, state.flow.kind);
  record.tab = state.tab;
  return {browser.observer(), record};
}

sim::Task<> fetch_with_patience(FlowState& state, const Draw& draw) {
  App& app = state.page.app();
  const RequestSpec spec = spec_of(state, draw);
  RecordRef record = open_record(state);
  sim::Signal lost;
  sim::Scope limits(app.browser.simulation());
  limits.spawn(lose_patience(app.browser, *record, record->id, patience_with(state, draw), lost));
  sim::Task<int> whole = fetch(app.browser, app.group, spec, std::move(record));
  co_await sim::unless(lost, whole);
}

/// A request whose wait for a connection is over, with one or without.
struct Sent {
  Sent(const FlowState& state, const Draw& draw, RequestRecord& record, Exchange& exchange)
      : spec(spec_of(state, draw)),
        sending{state.page.app().browser, state.page.app().group, spec, record, exchange} {}
  RequestSpec spec;
  Sending sending;
};

// Nobody clicks on a page that is not there yet: the request is made when it has loaded. It waits
// in this frame alone, perhaps with a million others, which is why the frame holds little until the
// request is sent. The cache is not asked.
sim::Process request(FlowState& state) {
  const Draw draw = next_draw(state);
  co_await state.page.loaded();
  if (state.flow.patience) {
    co_await fetch_with_patience(state, draw);
    co_return;
  }
  RecordRef record = open_record(state);
  co_await state.page.app().browser.work_on_request();
  Exchange exchange;
  sim::Pooled<Sent> sent;
  do {
    co_await state.page.app().group.acquire(state.flow.kind, state.urgent, exchange);
    sent.make(state, draw, *record, exchange);
    co_await sent->sending.attempt(Wanted::whole);
  } while (sent->sending.is_sent_again());
  record.close(sent->sending.outcome());
  if (sent->sending.response.answered()) co_await state.page.app().browser.work_on_answer();
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
    case Arrivals::Process::renewal:
      return arrivals.gap;
    case Arrivals::Process::closed:
      return arrivals.think;
  }
  return {};
}

// Those of one moment are made together, in one task of the page.
sim::Process at_times(FlowState state) {
  const Time start = state.page.simulation().now();
  const std::vector<Duration>& moments = state.flow.arrivals.at;
  for (std::size_t made = 0; made < moments.size();) {
    const Duration moment = moments[made];
    co_await state.page.simulation().until(start + moment);
    for (; made < moments.size() && moments[made] == moment; ++made) {
      state.page.spawn(request(state));
    }
  }
  sim::Signal never;  // the requests that are under way refer to the state
  co_await never.wait();
}

/// How much earlier than a period after the start the first request comes.
Duration head_start(const FlowState& state) {
  const Arrivals& arrivals = state.flow.arrivals;
  if (arrivals.process != Arrivals::Process::every ||
      arrivals.first != Arrivals::First::at_random) {
    return {};
  }
  sim::RandomStream numbers = numbers_after(state, state.made, sim::Purpose::phase);
  const auto period = static_cast<std::uint64_t>(arrivals.every.count());
  return Duration(static_cast<std::int64_t>(numbers.below(period)));
}

sim::Process with_gaps(FlowState state) {
  Duration early = head_start(state);
  // What is made every so often is made by the page, whose timers a browser slows when it is
  // hidden.
  const bool slowed =
      state.page.hidden() && state.flow.arrivals.process == Arrivals::Process::every;
  for (;;) {
    const Duration gap = state.gaps.next() - early;
    if (slowed) {
      co_await state.page.wait(gap);
    } else {
      co_await state.page.simulation().delay(gap);
    }
    early = {};
    for (int count = batch_size(state); count > 0; --count) state.page.spawn(request(state));
  }
}

sim::Process closed_loop(FlowState state) {
  for (;;) {
    co_await state.page.simulation().delay(state.gaps.next());
    const Draw draw = next_draw(state);
    co_await state.page.loaded();
    if (state.flow.patience) {
      co_await fetch_with_patience(state, draw);
    } else {
      App& app = state.page.app();
      const RequestSpec spec = spec_of(state, draw);
      co_await fetch(app.browser, app.group, spec, open_record(state));
    }
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
    case Arrivals::Process::renewal:
      break;
  }
  return with_gaps(std::move(state));
}

}  // namespace

void start_flows(const WorldSpec& spec, Page& page, int tab, const sim::RandomSource& random) {
  for (std::size_t i = 0; i < spec.requests.size(); ++i) {
    const RequestFlow& flow = spec.requests[i];
    if (flow.tabs == FlowTabs::visible && (tab > 0 || page.hidden())) continue;
    const sim::EntityId entity =
        sim::entity_id(sim::entity_id("request/" + flow.name), static_cast<std::uint32_t>(tab));
    page.spawn(start({flow,
                      page,
                      entity,
                      static_cast<std::int32_t>(i),
                      tab,
                      flow.by_user && page.app().browser.profile().user_gesture_is_urgent,
                      {gap(flow.arrivals), random.stream(entity, sim::Purpose::arrival)},
                      {flow.service.value_or(spec.hops.back().service),
                       random.stream(entity, sim::Purpose::service)}}));
  }
}

}  // namespace sixslots::models

#include "models/scripted_tab.hpp"

#include <algorithm>
#include <span>

#include "models/event_source.hpp"
#include "models/web_socket.hpp"

namespace sixslots::models {

namespace {

RequestRecord& open_record(TabRun& tab, RequestKind kind, std::int32_t name,
                           std::int32_t flow = page_traffic) {
  RequestRecord& record = tab.browser->open_record(flow, kind);
  record.tab = tab.number;
  record.name = name;
  return record;
}

PoolGroup& group_of(TabRun& tab, const Action& action) {
  return action.host.empty() ? *tab.groups[action.origin] : *tab.hosts.at(action.host);
}

// What is lost of the tab's next request.
PacketChances next_chances(TabRun& tab) {
  const sim::EntityId entity =
      sim::entity_id(sim::entity_id("tab"), static_cast<std::uint32_t>(tab.number));
  return tab.browser->packet_chances(entity, tab.requests++);
}

// A document load is urgent where the browser knows urgency.
RequestSpec document_request(TabRun& tab) {
  RequestSpec document;
  document.packets = next_chances(tab);
  document.kind = RequestKind::document;
  document.urgent = tab.browser->profile().user_gesture_is_urgent;
  return document;
}

sim::Task<int> ask(TabRun& tab, const Action& action, const RequestSpec& request, std::int32_t name,
                   std::int32_t flow) {
  RecordRef record(tab.browser->observer(), open_record(tab, request.kind, name, flow));
  const int status =
      co_await fetch(*tab.browser, group_of(tab, action), request, std::move(record));
  co_return status;
}

sim::Process make_request(TabRun& tab, const Action& action) {
  RequestSpec request = action.request;
  request.packets = next_chances(tab);
  request.urgent = action.by_user && action.deferral != Deferral::timer &&
                   tab.browser->profile().user_gesture_is_urgent;
  if (action.preflight) {
    RequestSpec permission;
    permission.kind = request.kind;
    permission.urgent = request.urgent;
    permission.packets = next_chances(tab);
    const int status = co_await ask(tab, action, permission, -1, page_traffic);
    if (status != 200) co_return;
  }
  co_await ask(tab, action, request, action.name, action.flow);
}

sim::Process open_socket(TabRun& tab, const Action& action) {
  Browser& browser = *tab.browser;
  RequestRecord& opened = open_record(tab, RequestKind::web_socket, action.name,
                                      action.row < 0 ? page_traffic : row_traffic);
  opened.row = action.row;
  RecordRef record(browser.observer(), opened);
  std::optional<NeverOpened> unopened(browser.observer());
  RequestSpec request = action.request;
  request.packets = next_chances(tab);
  const WebSocket socket =
      co_await open_web_socket(browser, group_of(tab, action), request, *record);
  if (!socket) {
    record.close(Outcome::failed);
    co_return;
  }
  browser.observer().stream_opened();
  unopened.reset();
  sim::Signal never;
  co_await never.wait();
}

/// Where an event stream of a script comes from. A script shows no rows.
class ScriptedStream {
 public:
  ScriptedStream(TabRun& tab, const Action& action) : tab_(&tab), action_(&action) {}

  [[nodiscard]] Browser& browser() const { return *tab_->browser; }
  [[nodiscard]] PoolGroup& group() const { return group_of(*tab_, *action_); }
  [[nodiscard]] EventSourceSpec next_connection() {
    EventSourceSpec spec;
    spec.request = action_->request;
    spec.request.packets = next_chances(*tab_);
    if (!first_ && action_->later_answer) spec.request.answer = *action_->later_answer;
    first_ = false;
    spec.reconnect = action_->reconnect;
    spec.tab = tab_->number;
    spec.name = action_->name;
    spec.row = action_->row;
    return spec;
  }
  void listen(std::optional<Channel>&, const Lane&) const {}
  void given_up() const { tab_->browser->observer().page_is_deaf(); }

 private:
  TabRun* tab_;
  const Action* action_;
  bool first_ = true;
};

void end_page(TabRun& tab) {
  const ConnectionPool::Cancellation of_all_its_requests(tab.browser->pool);
  tab.page.end_all();
}

sim::Process navigate(TabRun& tab, const Action& action) {
  RequestSpec document = document_request(tab);
  document.answer = action.request.answer;
  RecordRef record(tab.browser->observer(),
                   open_record(tab, RequestKind::document, action.name, action.flow));
  Exchange exchange;
  Sending sending{*tab.browser, group_of(tab, action), document, *record, exchange};
  co_await sending.send(Wanted::head);
  tab.outcome.navigation_arrived = record->arrived;
  end_page(tab);  // the old page lives until the new one, or an error page, is there
  if (sending.response.answered()) co_await sending.read_body();
  record.close(sending.outcome());
}

RequestSpec repeated(TabRun& tab, const Action& action, int ordinal) {
  RequestSpec request = action.request;
  request.packets = next_chances(tab);
  if (action.unique_url) request.url += static_cast<std::uint64_t>(ordinal);
  return request;
}

/// What the requests of one repeated action share.
struct Repetition {
  int made = 0;
  int in_flight = 0;
};

sim::Process one_of(TabRun& tab, const Action& action, int ordinal, Repetition& repetition) {
  ++repetition.in_flight;
  const RequestSpec request = repeated(tab, action, ordinal);
  co_await ask(tab, action, request, action.name + ordinal, action.flow);
  --repetition.in_flight;
}

bool by_timer(const Action& action) {
  return action.repeat == Repeat::set_interval || action.repeat == Repeat::in_flight;
}

// `set_after`: the page sets its timer when the first call has returned.
sim::Process repeat_by_timer(TabRun& tab, const Action& action, Duration set_after) {
  Repetition repetition;
  sim::Simulation& simulation = tab.browser->simulation();
  Time due = simulation.now() + set_after;
  for (int tick = 0; tick < action.times; ++tick) {
    const bool skip = action.repeat == Repeat::in_flight && repetition.in_flight > 0;
    if (tick > 0 && !skip) co_await tab.browser->work_on_timed_call();
    if (!skip) tab.page.spawn(one_of(tab, action, repetition.made++, repetition));
    due = tab.timers.fires(due + action.interval);
    co_await simulation.until(due);
  }
  sim::Signal never;  // the requests that are under way refer to the repetition
  co_await never.wait();
}

sim::Process repeat_in_turn(TabRun& tab, const Action& action) {
  for (int ordinal = 0; ordinal < action.times; ++ordinal) {
    const RequestSpec request = repeated(tab, action, ordinal);
    co_await ask(tab, action, request, action.name + ordinal, action.flow);
    if (action.repeat == Repeat::chained) {
      sim::Simulation& simulation = tab.browser->simulation();
      co_await simulation.until(tab.timers.fires(simulation.now() + action.interval));
      co_await tab.browser->work_on_timed_call();
    }
  }
}

sim::Process deferred_request(TabRun& tab, const Action& action) {
  co_await tab.browser->simulation().delay(action.deferred);
  tab.page.spawn(make_request(tab, action));
}

void close_target(TabRun& tab, std::int32_t target) {
  const auto found = tab.closable.find(target);
  if (found != tab.closable.end()) found->second.end();
}

void perform(TabRun& tab, const Action& action, Duration call) {
  switch (action.kind) {
    case Action::Kind::request:
      if (action.deferral == Deferral::timer) {
        tab.page.spawn(deferred_request(tab, action));
      } else {
        tab.page.spawn(make_request(tab, action));
      }
      return;
    case Action::Kind::event_source:
      tab.closable[action.name] = tab.page.spawn(event_source(ScriptedStream(tab, action)));
      return;
    case Action::Kind::web_socket:
      tab.closable[action.name] = tab.page.spawn(open_socket(tab, action));
      return;
    case Action::Kind::repeat: {
      tab.page.spawn(by_timer(action) ? repeat_by_timer(tab, action, call)
                                      : repeat_in_turn(tab, action));
      return;
    }
    case Action::Kind::navigation:
      tab.outside_page.spawn(navigate(tab, action));
      return;
    case Action::Kind::close:
      close_target(tab, action.target);
      return;
  }
}

sim::Process start_network(Browser& browser) { co_await browser.work_on_first_request(); }

/// What a task's actions wait for before they turn into requests.
enum class Stage : std::uint8_t {
  call,    ///< nothing: the request is made by the call
  layout,  ///< style and layout, which follow the task: an image in view is requested as such
  connect  ///< a task of its own, after that: an event source connects
};

Stage stage_of(const Action& action) {
  if (action.kind == Action::Kind::event_source) return Stage::connect;
  const bool laid_out =
      action.kind == Action::Kind::request && action.request.kind == RequestKind::image_in_document;
  return laid_out ? Stage::layout : Stage::call;
}

// The page's JavaScript is busy with the call for so long.
Duration call_time(const TabRun& tab, const Action& action, bool first) {
  const bool calls = action.kind != Action::Kind::close && stage_of(action) == Stage::call;
  if (!calls) return {};
  const ProcessorTime& costs = tab.browser->profile().processor_time;
  Duration time = costs.call;
  if (action.kind == Action::Kind::repeat && by_timer(action)) time += costs.timer;
  if (first) time += costs.first_call;
  return time;
}

// The actions of one moment are one JavaScript task: nothing else of the page runs in between.
sim::Task<> run_task(TabRun& tab, std::span<const Action> actions, bool first) {
  for (const Stage stage : {Stage::call, Stage::layout, Stage::connect}) {
    for (const Action& action : actions) {
      if (stage_of(action) != stage) continue;
      const Duration call = call_time(tab, action, first);
      perform(tab, action, call);
      if (call > Duration::zero()) co_await tab.browser->simulation().delay(call);
      first = false;
    }
  }
}

sim::Process play(TabRun& tab, Time start) {
  sim::Simulation& simulation = tab.browser->simulation();
  std::span<const Action> rest = tab.spec->actions;
  for (bool first = true; !rest.empty(); first = false) {
    const Duration at = rest.front().at;
    const auto later = std::ranges::find_if(rest, [at](const Action& a) { return a.at != at; });
    const auto task = rest.first(static_cast<std::size_t>(later - rest.begin()));
    rest = rest.subspan(task.size());
    const Time due = tab.timers.fires(start + at);
    if (simulation.now() < due) co_await simulation.until(due);
    if (first) tab.outside_page.spawn(start_network(*tab.browser));
    if (!first) co_await tab.browser->work_on_timer();
    co_await run_task(tab, task, first);
  }
}

}  // namespace

sim::Process open_tab(TabRun& tab, Time opens, Time start) {
  sim::Simulation& simulation = tab.browser->simulation();
  co_await simulation.until(opens);
  const RequestSpec document = document_request(tab);
  RecordRef record(tab.browser->observer(), open_record(tab, RequestKind::document, -1));
  const int status = co_await fetch(*tab.browser, *tab.groups.front(), document, std::move(record));
  if (status != 200) co_return;
  tab.outcome.loaded = simulation.now();
  tab.outside_page.spawn(play(tab, start));
}

}  // namespace sixslots::models

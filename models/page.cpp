#include "models/page.hpp"

#include <algorithm>

#include "models/design.hpp"
#include "sim/timeout.hpp"

namespace sixslots::models {

namespace {

constexpr Bytes answer_head{200};

sim::EntityId tab_entity(int tab) {
  return sim::entity_id(sim::entity_id("tab"), static_cast<std::uint32_t>(tab));
}

}  // namespace

Page::Page(App& app, int tab, Shown shown)
    : app_(app),
      tab_(tab),
      hidden_(shown == Shown::hidden),
      display_(app, app.browser.simulation().now()),
      processes_(app.browser.simulation()) {}

sim::Process Page::load() {
  RequestSpec document = request(RequestKind::document);
  document.urgent = app_.browser.profile().urgent_extra_connections > 0;
  document.answer.size = app_.site.page.document_size;
  RequestRecord& record = app_.browser.open_record(page_traffic, RequestKind::document);
  record.tab = tab_;
  const int status = co_await fetch(app_.browser, app_.group, document,
                                    RecordRef(app_.browser.observer(), record));
  if (status != 200) {
    app_.browser.observer().page_failed();
    co_return;
  }
  display_.put_before(app_.displays);
  app_.displays = &display_;
  loaded_.fire();
  spawn(app_.site.page.design->run(*this));
}

RequestSpec Page::request(RequestKind kind) {
  RequestSpec spec;
  spec.kind = kind;
  spec.packets = app_.browser.packet_chances(tab_entity(tab_), requests_++);
  sim::RandomStream service_times =
      app_.browser.pool.random().stream(tab_entity(tab_), sim::Purpose::service);
  service_times.skip(service_draws_);
  spec.answer.service = app_.site.server.service.sample(service_times);
  service_draws_ = service_times.drawn();
  return spec;
}

RequestRecord& Page::open_record(RequestKind kind, RowRange rows) {
  RequestRecord& record = app_.browser.open_record(row_traffic, kind);
  record.tab = tab_;
  if (rows.count == 1) record.row = rows.first;
  return record;
}

EventSourceSpec Page::event_source_spec(RowRange rows) {
  EventSourceSpec spec;
  spec.request = request(RequestKind::event_source);
  spec.request.answer.streams = true;
  spec.request.answer.size = answer_head;
  spec.request.answer.ends_after = app_.site.page.stream_ends_after;
  if (app_.site.page.stream_retry) {
    spec.request.answer.retry = spread(*app_.site.page.stream_retry, app_.site.page.retry_spread);
  }
  spec.heartbeat = app_.site.page.heartbeat;
  spec.tab = tab_;
  if (rows.count == 1) spec.row = rows.first;
  return spec;
}

/// Where an event stream of a page's rows comes from.
class RowStream {
 public:
  RowStream(Page& page, RowRange rows) : page_(&page), rows_(rows) {}

  [[nodiscard]] Browser& browser() const { return page_->app_.browser; }
  [[nodiscard]] PoolGroup& group() const { return page_->app_.group; }
  [[nodiscard]] EventSourceSpec next_connection() const { return page_->event_source_spec(rows_); }
  void listen(std::optional<Channel>& channel, const Lane& lane) const {
    open(channel, &page_->display_, lane);
  }
  void given_up() const { page_->becomes_deaf(); }

 protected:
  void open(std::optional<Channel>& channel, Display* display, const Lane& lane) const {
    channel.emplace(page_->app_, page_->tab_, display, rows_, lane);
  }
  [[nodiscard]] App& app() const { return page_->app_; }

 private:
  Page* page_;
  RowRange rows_;
};

/// The same for all tabs of the browser.
class SharedRowStream : public RowStream {
 public:
  using RowStream::RowStream;

  void listen(std::optional<Channel>& channel, const Lane& lane) const {
    open(channel, nullptr, lane);
  }
  void given_up() const {
    app().shared_stream = App::SharedStream::closed;
    for (Display* display = app().displays; display != nullptr; display = display->next()) {
      app().browser.observer().page_is_deaf();
    }
  }
};

void Page::open_event_source(RowRange rows) { spawn(event_source(RowStream(*this, rows))); }

void Page::join_shared_worker() {
  if (app_.shared_stream == App::SharedStream::closed) return becomes_deaf();
  if (app_.shared_stream == App::SharedStream::kept) return;
  app_.shared_stream = App::SharedStream::kept;
  spawn(event_source(SharedRowStream(*this, all_rows())));
}

// Opens it once and keeps it until the server goes down. False: it did not open.
sim::Task<bool> Page::keep_socket(RowRange rows, std::optional<NeverOpened>& never,
                                  Absence& absence) {
  Observer& observer = app_.browser.observer();
  const RequestSpec spec = request(RequestKind::web_socket);
  RecordRef record(observer, open_record(RequestKind::web_socket, rows));
  WebSocket socket = co_await open_web_socket(app_.browser, app_.group, spec, *record);
  if (!socket) {
    record.close(Outcome::failed);
    co_return false;
  }
  observer.stream_opened();
  never.reset();
  absence.end();
  record.stays_open();
  const Channel channel(app_, tab_, &display_, rows, socket.inward());
  Origin& origin = app_.group.origin();
  const bool cut = co_await socket_ends(socket, channel);
  co_await simulation().delay(app_.browser.way_back());
  if (origin.lingers > Duration::zero()) {
    app_.browser.pool.spawn(keep_for(simulation(), socket.let_go(), origin.lingers));
  }
  record.close(Outcome::done);
  absence.begin(observer, cut);
  co_return true;
}

// Whether by what happened at the origin. A proxy cuts a WebSocket that is silent, as it does with
// a response (nginx.org "WebSocket proxying": proxy_read_timeout, unless the server sends pings);
// an app kills the worker that it has kept for too long.
sim::Task<bool> Page::socket_ends(const WebSocket& socket, const Channel& channel) {
  Origin& origin = app_.group.origin();
  const Duration silence = longest_silence(*origin.path, app_.site.page.heartbeat);
  const Time killed = origin.path->app().killing_time(simulation());
  const std::uint32_t cuts = origin.cuts;
  while (cuts == origin.cuts && !socket.is_lost()) {
    const Time silent = silence == Duration::zero() ? Time::max() : channel.heard() + silence;
    const Time now = simulation().now();
    if (now >= killed) {
      origin.path->app().meter().cut();
      co_return false;
    }
    if (now >= silent) {
      origin.path->cuts(&HopSpec::read_timeout);
      co_return false;
    }
    sim::Task<> down = origin.goes_down.task();
    co_await sim::within(std::min(killed, silent) - now, down);
  }
  co_return true;
}

sim::Process Page::open_socket(RowRange rows) {
  Duration backoff = app_.site.page.socket_backoff;
  std::optional<NeverOpened> never(app_.browser.observer());
  Absence absence;
  for (;;) {
    const bool opened = co_await keep_socket(rows, never, absence);
    backoff = opened ? app_.site.page.socket_backoff
                     : std::min(2 * backoff, app_.site.page.socket_backoff_most);
    co_await simulation().delay(spread(backoff, app_.site.page.socket_backoff_spread));
    app_.browser.observer().stream_reconnects();
  }
}

void Page::becomes_deaf() {
  if (std::exchange(deaf_, true)) return;
  app_.browser.observer().page_is_deaf();
}

// A hidden page's timers are woken together, once in a while, at moments that have nothing to do
// with the page; after five minutes in hiding less often.
sim::Task<> Page::wait(Duration time) {
  const BrowserProfile& profile = app_.browser.profile();
  const Time due = simulation().after(time);
  const bool late = simulation().now() - display_.opened() >= profile.hidden_timer_patience;
  const Duration period = late ? profile.hidden_timer_period_late : profile.hidden_timer_period;
  if (!hidden_ || period == Duration::zero()) {
    co_await simulation().until(due);
    co_return;
  }
  const double phase =
      app_.browser.pool.random().stream(tab_entity(tab_), sim::Purpose::phase).uniform_at(0);
  const auto offset = static_cast<std::int64_t>(phase * static_cast<double>(period.count()));
  const std::int64_t since = (due - sim::start_of_time).count() - offset;
  const std::int64_t beats = (since + period.count() - 1) / period.count();
  co_await simulation().until(sim::start_of_time + Duration(beats * period.count() + offset));
}

Duration Page::spread(Duration middle, Ratio share) {
  const sim::RandomStream delays =
      app_.browser.pool.random().stream(tab_entity(tab_), sim::Purpose::backoff);
  const double factor = 1.0 + share.value * (2.0 * delays.uniform_at(delay_draws_++) - 1.0);
  return Duration(static_cast<std::int64_t>(static_cast<double>(middle.count()) * factor));
}

sim::Task<> Page::ask(const RequestSpec& spec, RowRange rows) {
  RecordRef record(app_.browser.observer(), open_record(spec.kind, rows));
  Exchange exchange;
  Sending sending{app_.browser, app_.group, spec, *record, exchange};
  co_await sending.send(Wanted::whole);
  const sim::Moment state = record->answered;
  record.close(sending.outcome());
  if (sending.outcome() == Outcome::done && sending.response.ok() && state) {
    display_.show(rows, *state);
  }
}

sim::Task<> Page::poll(RowRange rows) {
  RequestSpec spec = request(RequestKind::fetch);
  spec.answer.size = Bytes{answer_head.count + rows.count * app_.site.page.updates.size.count};
  co_await ask(spec, rows);
}

sim::Task<> Page::long_poll(RowRange rows) {
  RequestSpec spec = request(RequestKind::fetch);
  LongPollHold hold(app_.site.feed, display_, rows, app_.site.page.long_poll_timeout,
                    app_.site.page.updates.size);
  spec.answer.hold = &hold;
  spec.answer.size = answer_head;
  co_await ask(spec, rows);
}

}  // namespace sixslots::models

#include "models/page.hpp"

#include "models/design.hpp"

namespace sixslots::models {

namespace {

constexpr Bytes answer_head{200};

sim::EntityId tab_entity(int tab) {
  return sim::entity_id(sim::entity_id("tab"), static_cast<std::uint32_t>(tab));
}

}  // namespace

Page::Page(App& app, int tab)
    : app_(app),
      tab_(tab),
      display_(app.feed, app.browser.observer()),
      own_display_{&display_},
      service_times_(app.random.stream(tab_entity(tab), sim::Purpose::service)),
      processes_(app.browser.simulation()) {}

sim::Process Page::load() {
  RequestSpec document = request(RequestKind::document);
  document.urgent = app_.browser.profile().urgent_extra_connections > 0;
  document.answer.size = app_.spec.document_size;
  RequestRecord& record = app_.browser.observer().open(page_traffic, RequestKind::document);
  record.tab = tab_;
  const int status = co_await fetch(app_.browser, app_.group, document,
                                    RecordRef(app_.browser.observer(), record));
  if (status != 200) co_return;
  app_.displays.push_back(&display_);
  loaded_.fire();
  spawn(app_.spec.design->run(*this));
}

RequestSpec Page::request(RequestKind kind) {
  RequestSpec spec;
  spec.kind = kind;
  spec.answer.service = app_.server.service.sample(service_times_);
  return spec;
}

RequestRecord& Page::open_record(RequestKind kind, RowRange rows) {
  RequestRecord& record = app_.browser.observer().open(row_traffic, kind);
  record.tab = tab_;
  if (rows.count == 1) record.row = rows.first;
  return record;
}

EventSourceSpec Page::event_source_spec(RowRange rows) {
  EventSourceSpec spec;
  spec.request = request(RequestKind::event_source);
  spec.request.answer.streams = true;
  spec.request.answer.size = answer_head;
  spec.request.answer.ends_after = app_.spec.stream_ends_after;
  spec.rows = rows;
  spec.event_size = app_.spec.updates.size;
  spec.tab = tab_;
  if (rows.count == 1) spec.row = rows.first;
  return spec;
}

void Page::open_event_source(RowRange rows) {
  spawn(event_source(app_.browser, app_.group, event_source_spec(rows), &app_.feed, own_display_));
}

void Page::open_shared_event_source() {
  spawn(event_source(app_.browser, app_.group, event_source_spec(all_rows()), &app_.feed,
                     app_.displays));
}

sim::Process Page::open_socket(RowRange rows) {
  const RequestSpec spec = request(RequestKind::web_socket);
  RecordRef record(app_.browser.observer(), open_record(RequestKind::web_socket, rows));
  const WebSocket socket = co_await open_web_socket(app_.browser, app_.group, spec, *record);
  if (!socket) {
    record.close(Outcome::failed);
    co_return;
  }
  app_.browser.observer().stream_opened();
  const Channel channel(app_.feed, rows, own_display_, app_.browser.way_back(),
                        app_.spec.updates.size, app_.browser.observer());
  sim::Signal never;
  co_await never.wait();
}

sim::Task<> Page::ask(const RequestSpec& spec, RowRange rows) {
  RequestRecord& record = open_record(spec.kind, rows);
  RecordRef ref(app_.browser.observer(), record);
  Response response = co_await send(app_.browser, app_.group, spec, record);
  if (response.network_error()) {
    ref.close(Outcome::failed);
    co_return;
  }
  const std::optional<Time> state = record.answered;
  co_await read_body(app_.browser, response, record);
  ref.close(Outcome::done);
  if (response.ok() && state) display_.show(rows, *state);
}

sim::Task<> Page::poll(RowRange rows) {
  RequestSpec spec = request(RequestKind::fetch);
  spec.answer.size = Bytes{answer_head.count + rows.count * app_.spec.updates.size.count};
  co_await ask(spec, rows);
}

sim::Task<> Page::long_poll(RowRange rows) {
  RequestSpec spec = request(RequestKind::fetch);
  LongPollHold hold(app_.feed, display_, rows, app_.spec.long_poll_timeout);
  spec.answer.hold = &hold;
  spec.answer.size = Bytes{answer_head.count + app_.spec.updates.size.count};
  co_await ask(spec, rows);
}

}  // namespace sixslots::models

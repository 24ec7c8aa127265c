#include "reports/request_text.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {

using models::Outcome;
using models::RequestKind;
using models::RequestRecord;

std::string label_of(const RequestRecord& record, const models::WorldSpec& world) {
  if (record.flow >= 0) return clean(world.requests[static_cast<std::size_t>(record.flow)].name);
  if (record.flow == models::page_traffic) return "page";
  const auto name = static_cast<std::size_t>(record.name);
  if (record.name >= 0 && name < world.names.size()) return clean(world.names[name]);
  if (record.row >= 0) return fmt::format("row {}", record.row + 1);
  if (record.kind == RequestKind::event_source) return "event stream";
  return record.kind == RequestKind::web_socket ? "WebSocket" : "poll";
}

std::string_view method_of(const RequestRecord& record, const models::WorldSpec& world) {
  if (record.flow < 0) return "GET";
  return world.requests[static_cast<std::size_t>(record.flow)].method;
}

std::string_view resource_type(RequestKind kind) {
  switch (kind) {
    case RequestKind::document:
    case RequestKind::iframe:
      return "document";
    case RequestKind::stylesheet:
      return "stylesheet";
    case RequestKind::script:
      return "script";
    case RequestKind::xhr:
      return "xhr";
    case RequestKind::event_source:
      return "eventsource";
    case RequestKind::image:
    case RequestKind::image_high:
    case RequestKind::image_in_document:
      return "image";
    case RequestKind::beacon:
      return "ping";
    case RequestKind::web_socket:
      return "websocket";
    case RequestKind::fetch:
    case RequestKind::fetch_high:
    case RequestKind::fetch_low:
    case RequestKind::fetch_keepalive:
    case RequestKind::count:
      break;
  }
  return "fetch";
}

std::string outcome_of(const RequestRecord& record) {
  if (!record.finished) {
    if (!record.granted) return "never sent";
    return record.opened ? "open" : "no answer";
  }
  if (record.outcome == Outcome::failed) return "failed";
  if (record.status >= 400) return fmt::format("status {}", record.status);
  return short_duration(*record.finished - record.created);
}

std::string story_of(const RequestRecord& record, const models::WorldSpec& world, sim::Time end) {
  const auto at = [](sim::Time time) { return short_duration(time.time_since_epoch()); };
  std::string text = fmt::format("{}, {}: called at {}", label_of(record, world),
                                 resource_type(record.kind), at(record.created));
  const sim::Duration wait = models::stalled(record, record.finished.value_or(end));
  if (wait > sim::Duration::zero()) text += fmt::format("; stalled {}", short_duration(wait));
  if (record.connecting > sim::Duration::zero()) {
    text += fmt::format("; connecting {}", short_duration(record.connecting));
  }
  if (record.granted) {
    text += fmt::format("; sent at {} on connection {}", at(*record.granted), record.connection);
  }
  if (record.opened) text += fmt::format("; answered at {}", at(*record.opened));
  if (record.finished) {
    text += fmt::format("; ended at {}", at(*record.finished));
    if (record.outcome != Outcome::done || record.status >= 400) text += ": " + outcome_of(record);
  } else {
    text += fmt::format("; {} when the run ended", outcome_of(record));
  }
  return text;
}

}  // namespace sixslots::reports

#pragma once

#include <string>
#include <string_view>

#include "models/record.hpp"
#include "models/world_spec.hpp"

namespace sixslots::reports {

/// What a request is for: "row 3", "event stream", "poll", "page", or the name of its flow.
std::string label_of(const models::RequestRecord& record, const models::WorldSpec& world);

/// The method it is sent with.
std::string_view method_of(const models::RequestRecord& record, const models::WorldSpec& world);

/// What DevTools calls it: "document", "fetch", "eventsource", "websocket", ...
std::string_view resource_type(models::RequestKind kind);

/// Does it last on purpose?
inline bool is_stream(const models::RequestRecord& record) {
  return record.kind == models::RequestKind::event_source ||
         record.kind == models::RequestKind::web_socket;
}

/// How it ended: "180 ms", "never sent", "open", "no answer", "failed", "status 503".
std::string outcome_of(const models::RequestRecord& record);

/// Its life in a line: "row 3, eventsource: called at 1.2 s; stalled 80 ms; ...".
std::string story_of(const models::RequestRecord& record, const models::WorldSpec& world,
                     sim::Time end);

}  // namespace sixslots::reports

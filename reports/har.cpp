#include "reports/har.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/provenance.hpp"
#include "reports/request_text.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using models::RequestKind;
using models::RequestRecord;

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) / 1e6; }

/// Simulated time as a date: "2026-01-01T00:00:02.500Z".
std::string date(sim::Time time) {
  namespace chrono = std::chrono;
  const auto ms = chrono::duration_cast<chrono::milliseconds>(time.time_since_epoch());
  const auto days = chrono::floor<chrono::days>(ms);
  const chrono::sys_days first = chrono::year(2026) / chrono::January / 1;
  const chrono::year_month_day day(first + days);
  const chrono::hh_mm_ss clock(ms - days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

bool is_encrypted(const models::WorldSpec& world) {
  const models::HopSpec& first = world.hops.front();
  return first.tls ? *first.tls != models::Tls::none : models::multiplexed(first.protocol);
}

std::string origin_of(const models::WorldSpec& world, std::string_view scheme = "http") {
  return fmt::format("{}{}://app.example", scheme, is_encrypted(world) ? "s" : "");
}

/// The last part of the path is what the Name column of DevTools shows.
std::string url_of(const RequestRecord& record, const models::WorldSpec& world) {
  const bool socket = record.kind == RequestKind::web_socket;
  std::string path;
  if (record.flow >= 0) {
    path = percent_encoded(label_of(record, world));
  } else if (record.flow == models::row_traffic) {
    path = socket ? "sockets" : record.kind == RequestKind::event_source ? "events" : "poll";
    if (record.row >= 0) path += fmt::format("/row-{}", record.row + 1);
  }
  return fmt::format("{}/{}", origin_of(world, socket ? "ws" : "http"), path);
}

std::string_view http_version(const RequestRecord& record, const models::WorldSpec& world) {
  if (record.kind == RequestKind::web_socket) return "http/1.1";
  switch (world.hops.front().protocol) {
    case models::Protocol::http1:
      return "http/1.1";
    case models::Protocol::http2:
      return "h2";
    case models::Protocol::http3:
      break;
  }
  return "h3";
}

std::string_view mime_type(const RequestRecord& record) {
  if (!record.opened) return "x-unknown";
  switch (record.kind) {
    case RequestKind::event_source:
      return "text/event-stream";
    case RequestKind::document:
    case RequestKind::iframe:
      return "text/html";
    default:
      return "application/json";
  }
}

/// Of a request that is sent without a stall DevTools takes what comes next for one; so it is
/// stalled for this long, which its next phase does without.
constexpr sim::Duration least_blocked = std::chrono::microseconds(1);

/// Milliseconds; -1: does not apply.
Json timings_of(const RequestRecord& record, sim::Time end) {
  const sim::Time last = record.finished.value_or(end);
  const sim::Time sent = record.granted.value_or(last);
  const sim::Time opened = record.granted ? std::min(record.opened.value_or(last), last) : last;
  const bool connects = record.connecting > least_blocked;
  const sim::Duration next = connects ? record.connecting : opened - sent;
  const sim::Duration stalled = models::stalled(record, last);
  const sim::Duration shift = std::clamp(least_blocked - stalled, sim::Duration::zero(),
                                         std::max(next, sim::Duration::zero()));
  const sim::Duration wait = opened - sent - (connects ? sim::Duration::zero() : shift);
  return {{"blocked", milliseconds(stalled + shift)},
          {"dns", -1},
          {"ssl", -1},
          {"connect", connects ? Json(milliseconds(record.connecting - shift)) : Json(-1)},
          {"send", 0},
          {"wait", milliseconds(wait)},
          {"receive", milliseconds(last - opened)},
          {"_blocked_queueing", 0}};
}

Json request_of(const RequestRecord& record, const models::WorldSpec& world) {
  const bool is_flow = record.flow >= 0;
  return {
      {"method", method_of(record, world)},
      {"url", url_of(record, world)},
      {"httpVersion", http_version(record, world)},
      {"headers", Json::array()},
      {"queryString", Json::array()},
      {"cookies", Json::array()},
      {"headersSize", -1},
      {"bodySize",
       is_flow ? world.requests[static_cast<std::size_t>(record.flow)].request_size.count : -1}};
}

/// What Chromium says of one without an answer. It exports none that is pending: one that the end
/// of the run finds so is as if the tab had been closed then. (Its own importer reads no `_error`,
/// and shows whatever has no status as finished; so the entry has a comment too.)
std::string_view error_of(const RequestRecord& record) {
  if (record.outcome == models::Outcome::failed) return "net::ERR_FAILED";
  return record.opened ? "" : "net::ERR_ABORTED";
}

/// What a WebSocket's handshake is answered with (RFC 6455 section 4.2.2).
constexpr std::int32_t switching_protocols = 101;

Json response_of(const RequestRecord& record, const models::WorldSpec& world) {
  const bool answered = record.opened.has_value();
  const std::int64_t size =
      answered && record.flow >= 0
          ? world.requests[static_cast<std::size_t>(record.flow)].response_size.count
          : 0;
  const bool upgraded = answered && record.kind == RequestKind::web_socket && record.status == 200;
  const std::int32_t status = upgraded ? switching_protocols : record.status;
  Json response = {{"status", answered ? status : 0},
                   {"statusText", upgraded ? "Switching Protocols" : ""},
                   {"httpVersion", answered ? http_version(record, world) : ""},
                   {"headers", Json::array()},
                   {"cookies", Json::array()},
                   {"content", {{"size", size}, {"mimeType", mime_type(record)}}},
                   {"redirectURL", ""},
                   {"headersSize", -1},
                   {"bodySize", answered ? size : -1},
                   {"_transferSize", size}};
  if (const std::string_view error = error_of(record); !error.empty()) response["_error"] = error;
  return response;
}

std::string page_id(const RequestRecord& record) { return fmt::format("page_{}", record.tab + 1); }

/// DevTools shows nothing of a script whose address it does not know.
Json initiator_of(const RequestRecord& record, const models::WorldSpec& world) {
  if (record.kind == RequestKind::document) return {{"type", "other"}};
  return {{"type", "script"}, {"url", origin_of(world) + "/app.js"}, {"lineNumber", 0}};
}

Json entry_of(const RequestRecord& record, const models::WorldSpec& world, sim::Time end) {
  Json entry = {{"pageref", page_id(record)},
                {"startedDateTime", date(record.created)},
                {"time", milliseconds(record.finished.value_or(end) - record.created)},
                {"request", request_of(record, world)},
                {"response", response_of(record, world)},
                {"cache", Json::object()},
                {"timings", timings_of(record, end)},
                {"connection", is_encrypted(world) ? "443" : "80"},
                {"_resourceType", resource_type(record.kind)},
                {"_initiator", initiator_of(record, world)},
                {"_priority", record.kind == RequestKind::document ? "VeryHigh" : "High"}};
  if (record.connection > 0) entry["_connectionId"] = fmt::format("{}", record.connection);
  if (!record.finished && !record.opened) {
    entry["comment"] = record.granted ? "No answer before the run ends"
                                      : "Never sent: it waits in the browser when the run ends";
  }
  entry["_sixslots"] = {{"t_us", record.created.time_since_epoch().count() / 1000},
                        {"open", record.opened && !record.finished},
                        {"neverSent", !record.granted && !record.finished},
                        {"tab", record.tab + 1},
                        {"row", record.row >= 0 ? Json(record.row + 1) : Json(nullptr)}};
  return entry;
}

/// One for each tab, from its document's request on.
Json pages_of(const VariantView& view, const std::string& title) {
  Json pages = Json::array();
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.kind != RequestKind::document) continue;
    const Json loaded =
        record.finished ? Json(milliseconds(*record.finished - record.created)) : Json(-1);
    pages.push_back({{"startedDateTime", date(record.created)},
                     {"id", page_id(record)},
                     {"title", title},
                     {"pageTimings", {{"onContentLoad", loaded}, {"onLoad", loaded}}}});
  }
  return pages;
}

}  // namespace

std::string har_report(const scenarios::Results& results) {
  const Study subject = study(results);
  Json log = {{"version", "1.2"},
              {"creator", {{"name", "sixslots"}, {"version", results.version}}},
              {"pages", Json::array()},
              {"entries", Json::array()}};
  if (!subject.variants.empty()) {
    const VariantView& view = subject.variants[subject.worst];
    const models::WorldSpec& world = view.world();
    log["browser"] = {{"name", world.browser.name}, {"version", "simulated"}};
    log["pages"] = pages_of(view, title_of(results));
    for (const RequestRecord& record : view.result->sample.records) {
      log["entries"].push_back(entry_of(record, world, view.result->sample.end));
    }
    log["comment"] = fmt::format("Simulated, not recorded: {}; first replication; {}",
                                 name_of(view), provenance(results));
  }
  return Json{{"log", std::move(log)}}.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports

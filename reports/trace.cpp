#include "reports/trace.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "reports/provenance.hpp"
#include "reports/request_text.hpp"
#include "reports/study.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using models::RequestRecord;

constexpr int page_track = 0;  // of clicks; connections count from 1

std::int64_t microseconds(sim::Time time) { return time.time_since_epoch().count() / 1000; }

Json event(std::string_view phase, std::size_t process, std::uint32_t track, sim::Time time,
           const std::string& name) {
  return {
      {"ph", phase}, {"pid", process}, {"tid", track}, {"ts", microseconds(time)}, {"name", name}};
}

Json name_event(std::string_view what, std::size_t process, std::uint32_t track,
                const std::string& name) {
  return {
      {"ph", "M"}, {"pid", process}, {"tid", track}, {"name", what}, {"args", {{"name", name}}}};
}

/// The events of one variant.
class Tracer {
 public:
  Tracer(Json& events, const VariantView& view, std::size_t process)
      : events_(events), view_(view), process_(process), end_(view.result->sample.end) {}

  void write() {
    events_.push_back(name_event("process_name", process_, page_track, name_of(view_)));
    events_.push_back(name_event("thread_name", process_, page_track, "page"));
    for (const RequestRecord& record : view_.result->sample.records) write(record);
    write("open connections", view_.result->sample.open_connections);
    write("waiting requests", view_.result->sample.waiting_requests);
  }

 private:
  void write(const RequestRecord& record) {
    name_track(record.connection);
    const std::string name = label_of(record, view_.world());
    const sim::Time last = record.finished.value_or(end_);
    if (record.flow >= 0 && view_.world().requests[static_cast<std::size_t>(record.flow)].by_user) {
      Json click = event("i", process_, page_track, record.created, name);
      click["s"] = "p";
      events_.push_back(std::move(click));
    }
    const sim::Time granted = record.granted.value_or(last);
    if (granted > record.created) {
      write_async("waiting", record, page_track, name, record.created, granted);
    }
    if (!record.granted) return;
    const bool shared = view_.multiplexed() && record.kind != models::RequestKind::web_socket;
    if (shared) return write_async("stream", record, record.connection, name, granted, last);
    Json slice = event("X", process_, record.connection, granted, name);
    slice["dur"] = microseconds(last) - microseconds(granted);
    slice["args"] = arguments(record);
    events_.push_back(std::move(slice));
  }

  void write_async(std::string_view category, const RequestRecord& record, std::uint32_t track,
                   const std::string& name, sim::Time from, sim::Time to) {
    for (const auto& [phase, time] : {std::pair("b", from), std::pair("e", to)}) {
      Json one = event(phase, process_, track, time, name);
      one["cat"] = category;
      one["id"] = record.id;
      if (phase[0] == 'b') one["args"] = arguments(record);
      events_.push_back(std::move(one));
    }
  }

  void write(const std::string& name, const models::Series& series) {
    for (const models::Series::Point& point : series.points) {
      Json counter = event("C", process_, page_track, point.time, name);
      counter["args"] = {{"count", point.level}};
      events_.push_back(std::move(counter));
    }
  }

  void name_track(std::uint32_t connection) {
    if (connection == 0 || !named_.insert(connection).second) return;
    events_.push_back(
        name_event("thread_name", process_, connection, fmt::format("connection {}", connection)));
  }

  [[nodiscard]] Json arguments(const RequestRecord& record) const {
    return {{"type", resource_type(record.kind)},
            {"result", outcome_of(record)},
            {"story", story_of(record, view_.world(), end_)}};
  }

  Json& events_;
  const VariantView& view_;
  std::size_t process_;
  sim::Time end_;
  std::set<std::uint32_t> named_;
};

}  // namespace

std::string trace_report(const scenarios::Results& results) {
  const Study subject = study(results);
  Json events = Json::array();
  for (std::size_t i = 0; i < subject.variants.size(); ++i) {
    Tracer(events, subject.variants[i], i + 1).write();
  }
  const Json trace = {{"displayTimeUnit", "ms"},
                      {"otherData", {{"title", title_of(results)}, {"from", provenance(results)}}},
                      {"traceEvents", std::move(events)}};
  return trace.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sixslots::reports

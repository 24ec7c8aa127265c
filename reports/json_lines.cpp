#include "reports/json_lines.hpp"

#include <nlohmann/json.hpp>

#include "reports/request_text.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::ordered_json;
using models::RequestRecord;

std::string_view outcome_name(models::Outcome outcome) {
  switch (outcome) {
    case models::Outcome::pending:
      return "pending";
    case models::Outcome::done:
      return "done";
    case models::Outcome::failed:
      return "failed";
    case models::Outcome::aborted:
      break;
  }
  return "aborted";
}

Json moment(sim::Moment time) {
  return time ? Json(sim::seconds(time->time_since_epoch())) : Json(nullptr);
}

/// What all lines of a variant begin with.
Json head_of(const scenarios::Results& results, const scenarios::Variant& variant) {
  Json settings = Json::object();
  for (const auto& [key, value] : variant.settings) settings[key] = value;
  return {{"schema", "sixslots/1"},
          {"record", "request"},
          {"scenario", results.scenario_hash},
          {"seed", results.scenario.run.seed},
          {"variant", variant.label},
          {"settings", std::move(settings)}};
}

void add_identity(Json& line, const RequestRecord& record, const models::WorldSpec& world) {
  line["id"] = record.id;
  line["name"] = label_of(record, world);
  line["type"] = resource_type(record.kind);
  line["method"] = method_of(record, world);
  line["tab"] = record.tab + 1;
  line["row"] = record.row >= 0 ? Json(record.row + 1) : Json(nullptr);
  line["outcome"] = outcome_name(record.outcome);
  line["status"] = record.status;
  line["connection"] = record.connection > 0 ? Json(record.connection) : Json(nullptr);
  line["attempts"] = record.attempts;
  line["reused"] = record.reused;
}

/// A request that the only hop has lost was on its way.
sim::Duration queue_at_proxies(const RequestRecord& record, std::size_t hops, sim::Time last) {
  return hops == 1 ? sim::Duration::zero() : models::proxy_queue(record, last);
}

void add_times(Json& line, const RequestRecord& record, std::size_t hops, sim::Time end) {
  line["created"] = moment(record.created);
  line["granted"] = moment(record.granted);
  line["reached"] = moment(record.reached);
  line["arrived"] = moment(record.arrived);
  line["answered"] = moment(record.answered);
  line["opened"] = moment(record.opened);
  line["finished"] = moment(record.finished);
  const sim::Time last = record.finished.value_or(end);
  line["stalled"] = sim::seconds(models::stalled(record, last));
  line["connecting"] = sim::seconds(record.connecting);
  line["proxy_queue"] = sim::seconds(queue_at_proxies(record, hops, last));
  line["worker_queue"] = sim::seconds(models::worker_queue(record, last));
  line["service"] = sim::seconds(models::service(record, last));
  line["never_sent"] = !record.granted && !record.finished;
}

}  // namespace

std::string json_lines_report(const scenarios::Results& results) {
  std::string text;
  for (const scenarios::VariantResult& result : results.variants) {
    const Json head = head_of(results, result.variant);
    for (const RequestRecord& record : result.sample.records) {
      Json line = head;
      const models::WorldSpec& world = result.variant.scenario.world;
      add_identity(line, record, world);
      add_times(line, record, world.hops.size(), result.sample.end);
      text += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
  }
  return text;
}

}  // namespace sixslots::reports

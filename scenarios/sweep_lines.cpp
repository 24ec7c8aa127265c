#include "scenarios/sweep_lines.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace sixslots::scenarios {
namespace {

using Json = nlohmann::ordered_json;
using Kind = MetricValue::Kind;

constexpr std::string_view schema = "sixslots-sweep/1";

struct NamedKind {
  std::string_view name;
  Kind kind;
};
constexpr std::array kinds{
    NamedKind{"exact", Kind::exact},
    NamedKind{"at_least", Kind::at_least},
    NamedKind{"never", Kind::never},
    NamedKind{"none", Kind::none},
};

Json to_json(const MetricValue& value) {
  Json json;
  json["value"] = value.kind == Kind::none ? Json(nullptr) : Json(value.value);
  for (const NamedKind& known : kinds) {
    if (known.kind == value.kind) json["kind"] = known.name;
  }
  if (value.interval) json["interval"] = {value.interval->low, value.interval->high};
  if (!value.interval) json["no_interval"] = value.no_interval;
  return json;
}

MetricInfo info_of(const std::string& name) {
  const std::string flow_pattern = "FLOW" + name.substr(name.find('.'));
  for (const MetricInfo& pattern : metric_patterns()) {
    if (pattern.name == name || pattern.name == flow_pattern) {
      return {name, pattern.unit, pattern.meaning};
    }
  }
  return {name, MetricInfo::Unit::count, ""};
}

MetricValue to_metric(const std::string& name, const Json& json) {
  MetricValue value;
  value.info = info_of(name);
  for (const NamedKind& known : kinds) {
    if (known.name == json.at("kind").get<std::string>()) value.kind = known.kind;
  }
  if (!json.at("value").is_null()) value.value = json.at("value").get<double>();
  if (json.contains("interval")) {
    value.interval =
        Interval{json["interval"].at(0).get<double>(), json["interval"].at(1).get<double>()};
  }
  if (json.contains("no_interval")) value.no_interval = json["no_interval"].get<std::string>();
  return value;
}

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Runs a step that reads JSON; what is wrong with the line becomes an Error.
template <class Step>
auto reading(std::string_view line, const Position& position, Step step) {
  try {
    return step(Json::parse(line));
  } catch (const Json::exception&) {
    throw Error(position, "this is not a line of a sweep by sixslots");
  }
}

}  // namespace

std::string to_line(const SweepHeader& header) {
  Json axes = Json::array();
  for (const Axis& axis : header.axes) axes.push_back({{"key", axis.key}, {"values", axis.values}});
  return text({{"schema", schema},
               {"version", header.version},
               {"title", header.title},
               {"hash", header.hash},
               {"seed", header.seed},
               {"points", header.points},
               {"flow", header.flow},
               {"axes", axes},
               {"budget", header.budget},
               {"budget_text", header.budget_text}});
}

std::string to_line(const SweepPoint& point) {
  Json settings = Json::object();
  for (const auto& [key, value] : point.settings) settings[key] = value;
  Json metrics = Json::object();
  for (const MetricValue& value : point.metrics) metrics[value.info.name] = to_json(value);
  return text({{"point", point.index},
               {"label", point.label},
               {"settings", settings},
               {"replications", point.replications},
               {"metrics", metrics},
               {"connections", point.connections},
               {"warnings", point.warnings},
               {"multiplexed", point.multiplexed},
               {"little", point.little ? Json(*point.little) : Json(nullptr)}});
}

SweepHeader parse_sweep_header(std::string_view line, const Position& position) {
  return reading(line, position, [&](const Json& json) {
    if (json.at("schema").get<std::string>() != schema) {
      throw Error(position, "this is not the header of a sweep by sixslots");
    }
    SweepHeader header;
    header.version = json.at("version").get<std::string>();
    header.title = json.at("title").get<std::string>();
    header.hash = json.at("hash").get<std::string>();
    header.seed = json.at("seed").get<std::uint64_t>();
    header.points = json.at("points").get<std::size_t>();
    header.flow = json.at("flow").get<std::string>();
    for (const Json& axis : json.at("axes")) {
      header.axes.push_back({axis.at("key").get<std::string>(),
                             axis.at("values").get<std::vector<std::string>>(), position});
    }
    header.budget = json.at("budget").get<double>();
    header.budget_text = json.at("budget_text").get<std::string>();
    return header;
  });
}

SweepPoint parse_sweep_point(std::string_view line, const Position& position) {
  return reading(line, position, [&](const Json& json) {
    SweepPoint point;
    point.index = json.at("point").get<std::size_t>();
    point.label = json.at("label").get<std::string>();
    for (const auto& [key, value] : json.at("settings").items()) {
      point.settings.emplace_back(key, value.template get<std::string>());
    }
    point.replications = json.at("replications").get<int>();
    for (const auto& [name, value] : json.at("metrics").items()) {
      point.metrics.push_back(to_metric(name, value));
    }
    point.connections = json.at("connections").get<std::vector<double>>();
    point.warnings = json.at("warnings").get<std::vector<std::string>>();
    point.multiplexed = json.value("multiplexed", false);
    if (json.contains("little") && !json["little"].is_null()) {
      point.little = json["little"].get<double>();
    }
    return point;
  });
}

}  // namespace sixslots::scenarios

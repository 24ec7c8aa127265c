#include "scenarios/json_schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/defaults.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/key_values.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using Json = nlohmann::ordered_json;

Json quantity(const Measure& measure) {
  std::string units;
  for (const Unit& unit : measure.units) {
    units += fmt::format("{}{}", units.empty() ? "" : "|", unit.suffix);
  }
  return {{"type", "string"}, {"pattern", fmt::format("^[0-9]+(\\.[0-9]+)? ?({})$", units)}};
}

Json named_table(Json properties) {
  return {
      {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

Json parameter(const DistributionParameter& parameter) {
  switch (parameter.type) {
    case DistributionParameter::Type::duration:
      return quantity(durations());
    case DistributionParameter::Type::whole_number:
      return {{"type", "integer"}, {"minimum", parameter.low}, {"maximum", parameter.high}};
    case DistributionParameter::Type::number:
      break;
  }
  return {{"type", "number"}, {"minimum", parameter.low}, {"maximum", parameter.high}};
}

Json distribution() {
  Json forms = Json::array({quantity(durations())});
  for (const DistributionForm& form : distribution_forms()) {
    Json properties{{"distribution", {{"const", form.name}}}};
    Json required = Json::array({"distribution"});
    for (const DistributionParameter& each : form.parameters) {
      properties[std::string(each.name)] = parameter(each);
      required.push_back(each.name);
    }
    Json table = named_table(std::move(properties));
    table["required"] = std::move(required);
    table["description"] = form.meaning;
    forms.push_back(std::move(table));
  }
  return {{"anyOf", std::move(forms)}};
}

/// The schema of each type of key.
struct Schema {
  const Range& range;

  Json operator()(Place<std::string>) const { return {{"type", "string"}}; }
  Json operator()(Place<bool>) const { return {{"type", "boolean"}}; }
  Json operator()(Place<int>) const { return whole_number(); }
  Json operator()(Place<std::optional<int>>) const { return whole_number(); }
  Json operator()(Place<std::uint64_t>) const { return whole_number(); }
  Json operator()(Place<double>) const { return quantity(event_rates()); }
  Json operator()(Place<sim::Duration>) const { return quantity(durations()); }
  Json operator()(Place<std::optional<sim::Duration>>) const { return quantity(durations()); }
  Json operator()(Place<models::Bytes>) const { return quantity(sizes()); }
  Json operator()(Place<models::BitRate>) const {
    return {{"anyOf", {quantity(bit_rates()), {{"const", unlimited_rate}}}}};
  }
  Json operator()(Place<std::vector<sim::Duration>>) const {
    return {{"type", "array"}, {"items", quantity(durations())}};
  }
  Json operator()(Place<sim::Distribution>) const { return law(); }
  Json operator()(Place<std::optional<sim::Distribution>>) const { return law(); }
  Json operator()(Place<Ratio>) const {
    Json text{{"type", "string"}, {"pattern", "^[0-9]+(\\.[0-9]+)?( ?%)?$"}};
    Json number{{"type", "number"},
                {"minimum", static_cast<double>(range.low) / 1e6},
                {"maximum", static_cast<double>(range.high) / 1e6}};
    return {{"anyOf", {std::move(text), std::move(number)}}};
  }
  Json operator()(const Choice& choice) const {
    Json names = Json::array();
    for (const NameInfo& info : choice.names()) names.push_back(info.name);
    return {{"enum", std::move(names)}};
  }

 private:
  [[nodiscard]] Json whole_number() const {
    return {{"type", "integer"}, {"minimum", range.low}, {"maximum", range.high}};
  }
  static Json law() { return {{"$ref", "#/definitions/distribution"}}; }
};

Json schema_of(const Key& key) {
  Json schema = std::visit(Schema{key.range}, key.field);
  if (!key.word.empty()) schema = {{"anyOf", {std::move(schema), {{"const", key.word}}}}};
  const bool choice = std::holds_alternative<Choice>(key.field);
  const std::string takes = choice ? "" : fmt::format(" Takes {}.", allowed_values(key));
  schema["description"] = fmt::format("{}{}", key.meaning, takes);
  return schema;
}

/// The schema of a section's table, down to its keys; of "hop.N", of one hop.
Json table_schema(const std::string& section) {
  Json properties = Json::object();
  for (const std::string_view name : names_in(section)) {
    const std::string path =
        section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
    const Key* key = find_key(path);
    Json& property = properties[std::string(name)];
    if (key != nullptr) {
      property = schema_of(*key);
    } else if (is_list(path)) {
      property = {{"type", "array"}, {"items", table_schema(path + ".N")}};
    } else if (name != "compare" && name != "expect") {
      property = table_schema(path);
    }
  }
  return named_table(std::move(properties));
}

Json comparison() {
  const Json list{{"type", "array"}, {"minItems", 1}, {"uniqueItems", true}};
  return {{"type", "object"},
          {"description", "Lists of values of keys; every combination is a variant."},
          {"additionalProperties", {{"anyOf", {list, {{"type", "object"}}}}}}};
}

Json expectations() {
  const Json condition{{"type", "string"}, {"pattern", "^(<=|>=|==|!=|<|>) ?[0-9.]+.*$"}};
  return {{"type", "object"},
          {"description", "Metrics and what must hold for them."},
          {"additionalProperties", {{"anyOf", {condition, {{"type", "object"}}}}}}};
}

}  // namespace

std::string json_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "sixslots scenario"}};
  schema.update(table_schema(""));
  schema["properties"]["compare"] = comparison();
  schema["properties"]["expect"] = expectations();
  schema["definitions"] = {{"distribution", distribution()}};
  return schema.dump(2) + "\n";
}

}  // namespace sixslots::scenarios

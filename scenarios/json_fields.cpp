#include "scenarios/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scenarios/error.hpp"
#include "scenarios/text_file.hpp"

namespace sixslots::scenarios {

using nlohmann::json;

JsonFields::JsonFields(const json& object, std::string file, std::string place)
    : object_(object), file_(std::move(file)), place_(std::move(place)) {
  if (!object_.is_object()) fail(fmt::format("expected an object, found {}", object_.type_name()));
}

std::string JsonFields::place_of(std::string_view field) const {
  return place_.empty() ? std::string(field) : fmt::format("{}.{}", place_, field);
}

void JsonFields::fail(const std::string& message) const {
  throw Error(Position{file_, 0, 0}, place_.empty() ? message : place_ + ": " + message);
}

void JsonFields::fail(std::string_view field, const std::string& message) const {
  throw Error(Position{file_, 0, 0}, fmt::format("{}: {}", place_of(field), message));
}

bool JsonFields::has(std::string_view name) { return child(name) != nullptr; }

const json* JsonFields::child(std::string_view name) {
  asked_.emplace(name);
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

const json& JsonFields::required(std::string_view name) {
  const json* value = child(name);
  if (value == nullptr) fail(fmt::format("the field '{}' is missing", name));
  return *value;
}

std::string JsonFields::text(std::string_view name) {
  const json& value = required(name);
  if (!value.is_string()) {
    fail(name, fmt::format("expected a string, found {}", value.dump()));
  }
  return value.get<std::string>();
}

std::string JsonFields::text_or(std::string_view name, std::string_view otherwise) {
  return has(name) ? text(name) : std::string(otherwise);
}

double JsonFields::number(std::string_view name) {
  const json& value = required(name);
  if (!value.is_number() || !std::isfinite(value.get<double>())) {
    fail(name, fmt::format("expected a number, found {}", value.dump()));
  }
  return value.get<double>();
}

std::optional<double> JsonFields::optional_number(std::string_view name) {
  const json* value = child(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return number(name);
}

int JsonFields::integer(std::string_view name) {
  const double value = number(name);
  if (value != std::floor(value) || std::abs(value) > 1e9) {
    fail(name, fmt::format("expected an integer, found {}", value));
  }
  return static_cast<int>(value);
}

int JsonFields::integer_or(std::string_view name, int otherwise) {
  return has(name) ? integer(name) : otherwise;
}

bool JsonFields::flag_or(std::string_view name, bool otherwise) {
  const json* value = child(name);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) {
    fail(name, fmt::format("expected true or false, found {}", value->dump()));
  }
  return value->get<bool>();
}

const json& JsonFields::array(std::string_view name) {
  const json& value = required(name);
  if (!value.is_array()) fail(name, fmt::format("expected an array, found {}", value.type_name()));
  return value;
}

void JsonFields::finish() {
  for (const auto& [name, value] : object_.items()) {
    if (asked_.contains(name)) continue;
    const std::vector<std::string_view> known(asked_.begin(), asked_.end());
    const auto likely = nearest_name(name, known);
    fail(fmt::format("unknown field '{}'{}", name,
                     likely ? fmt::format("; did you mean '{}'?", *likely) : ""));
  }
}

namespace {

Position position_of(std::string_view text, std::size_t byte, const std::string& file) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::ranges::count(before, '\n');
  const std::size_t start = before.rfind('\n') + 1;
  return {file, static_cast<int>(line) + 1, static_cast<int>(before.size() - start) + 1};
}

}  // namespace

nlohmann::json parse_json(std::string_view text, const std::string& file) {
  if (text.empty()) throw Error(Position{file, 0, 0}, "is empty");
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const std::string_view what = error.what();
    throw Error(position_of(text, error.byte > 0 ? error.byte - 1 : 0, file),
                fmt::format("not JSON: {}", what.substr(what.find("] ") + 2)));
  }
}

nlohmann::json read_json_file(const std::string& path) {
  return parse_json(read_text_file(path), path);
}

}  // namespace sixslots::scenarios

#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <type_traits>

#include "models/observations.hpp"

namespace sixslots::reports {

/// Saved numbers are exact: times are whole nanoseconds. What cannot have been saved throws a
/// nlohmann::json exception or this.
class NotSaved : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using SavedJson = nlohmann::ordered_json;

SavedJson pack(sim::Duration duration);
SavedJson pack(sim::Time time);
SavedJson pack(sim::Moment time);
SavedJson pack(const sim::Tally& tally);
SavedJson pack(const models::Series& series);
SavedJson pack(const std::vector<models::Series>& all);
template <class T>
requires std::is_arithmetic_v<T> SavedJson pack(T number) { return number; }
template <class T>
requires std::is_enum_v<T> SavedJson pack(T choice) { return static_cast<int>(choice); }

void unpack(const SavedJson& json, sim::Duration& duration);
void unpack(const SavedJson& json, sim::Time& time);
void unpack(const SavedJson& json, sim::Moment& time);
void unpack(const SavedJson& json, sim::Tally& tally);
void unpack(const SavedJson& json, models::Series& series);
void unpack(const SavedJson& json, std::vector<models::Series>& all);
void unpack(const SavedJson& json, models::RequestKind& kind);
void unpack(const SavedJson& json, models::Outcome& outcome);
template <class T>
requires std::is_arithmetic_v<T>
void unpack(const SavedJson& json, T& number) {
  if (!json.is_number() && !json.is_boolean()) throw NotSaved("a number is missing");
  number = json.get<T>();
}

/// A member of a structure under the name that it is saved with.
template <class Structure>
struct Field {
  std::string_view name;
  SavedJson (*get)(const Structure& structure);
  void (*set)(Structure& structure, const SavedJson& json);
};

template <class Structure, auto Member>
constexpr Field<Structure> field(std::string_view name) {
  return {name, [](const Structure& structure) { return pack(structure.*Member); },
          [](Structure& structure, const SavedJson& json) { unpack(json, structure.*Member); }};
}

}  // namespace sixslots::reports

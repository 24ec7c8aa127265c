#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/script.hpp"

namespace sixslots::scenarios {

/// The names of a script's requests, in the order they appear.
class ScriptNames {
 public:
  explicit ScriptNames(std::vector<std::string>& names) : names_(names) {}

  std::int32_t add(std::string name);
  /// -1 when unknown.
  [[nodiscard]] std::int32_t find(const std::string& name) const;

 private:
  std::vector<std::string>& names_;
};

/// Reads one action of a measured case. An action at a user's clicks yields one for each click.
/// `origins` is how many servers there are; `place` names the action in messages.
std::vector<models::Action> read_action(const nlohmann::json& json, const std::string& file,
                                        const std::string& place, std::size_t origins,
                                        ScriptNames& names);

/// Milliseconds of a case as a duration, to the nearest nanosecond.
models::Duration milliseconds(double value);

}  // namespace sixslots::scenarios

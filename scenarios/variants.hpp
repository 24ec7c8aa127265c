#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/error.hpp"
#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// One combination of compared values.
struct Variant {
  std::vector<std::pair<std::string, std::string>> settings;  ///< compared keys and their values
  std::string label;  ///< "stream-per-row, http/1.1", unique among its siblings
  Scenario
      scenario;  ///< with the values set, the automatic warm-up too, without [compare] and text
};

/// All combinations, the last key of [compare] changing fastest; without [compare] the scenario
/// itself, called by its design and protocol. Throws an Error when there are more than 10,000, or
/// when values do not go together.
std::vector<Variant> variants(const Scenario& scenario);

/// Throws an Error as variants() does.
void check_variants(const Scenario& scenario);

/// The expectations of a variant: those of all, those that name it, and "otherwise" where none
/// does.
std::vector<const Expectation*> expectations_for(const Variant& variant);

}  // namespace sixslots::scenarios

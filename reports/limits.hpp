#pragma once

#include <string>
#include <vector>

#include "reports/study.hpp"

namespace sixslots::reports {

/// A number that a key sets; 0: none.
struct Limit {
  int limit = 0;
  std::string key;
};

/// The smallest of those that there are.
Limit smallest(const std::vector<Limit>& limits);

/// A metric; zero where it was not measured.
double value_of(const VariantView& view, const std::string& name);

}  // namespace sixslots::reports

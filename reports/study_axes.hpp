#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/study.hpp"

namespace sixslots::reports {

/// A compared key whose values are numbers in one unit.
struct NumericAxis {
  std::size_t index = 0;  ///< among the compared keys
  std::string label;      ///< "rows", "rtt (ms)"
  std::vector<double> values;
};

/// The compared keys that are numeric and have at least `fewest` values.
std::vector<NumericAxis> numeric_axes(const Study& study, std::size_t fewest);

/// Variants that differ in some compared keys alone, under the name of the values of the others; in
/// the order of the study.
struct Family {
  std::string name;
  std::vector<std::size_t> variants;
};
std::vector<Family> families(const Study& study, const std::vector<std::size_t>& varied);

/// Which value of a compared key a variant has.
std::size_t value_index(const Study& study, std::size_t variant, std::size_t axis);

/// "rows" for page.rows.
std::string short_key(std::string_view key);

}  // namespace sixslots::reports

#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/distribution.hpp"

namespace sixslots::scenarios::theory {

/// A row of tests/data/queueing.csv: a value that two independent routes agree on, one of them a
/// closed form with 50 digits.
struct Truth {
  std::string id;
  std::string group;
  std::string model;
  std::string parameters;
  std::string measure;
  double value = 0.0;
  double disagreement = 0.0;  ///< of the two routes, relative

  /// The number after "key=".
  [[nodiscard]] double number(const std::string& key) const;
  /// The law after "key=": "Det(0.05)", "Erlang(k=2,mean=0.05)", ...
  [[nodiscard]] sim::Distribution law(const std::string& key) const;
  [[nodiscard]] std::map<std::string, std::string> settings() const;
};

const std::vector<Truth>& queueing_truth();

}  // namespace sixslots::scenarios::theory

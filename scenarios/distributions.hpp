#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/value.hpp"
#include "sim/distribution.hpp"

namespace sixslots::scenarios {

/// A parameter of a distribution: a duration, or a number within limits.
struct DistributionParameter {
  enum class Type : std::uint8_t { duration, number, whole_number };
  std::string_view name;
  Type type = Type::duration;
  double low = 0.0;  ///< of a duration: nanoseconds
  double high = 0.0;
};

/// The value of a parameter: a duration, or else a number.
struct Argument {
  sim::Duration duration{};
  double number = 0.0;
};

/// A way to write a distribution: `{ distribution = "lognormal", median = "35ms", p95 = "120ms" }`.
struct DistributionForm {
  enum class Order : std::uint8_t { any, ascending };
  std::string_view name;
  sim::Distribution::Kind kind = {};
  std::vector<DistributionParameter> parameters;
  Order order = Order::any;  ///< ascending: the second parameter is not below the first
  sim::Distribution (*make)(std::span<const Argument>) = nullptr;
  /// The parameters' values, durations in seconds.
  std::array<double, 3> (*values)(const sim::Distribution&) = nullptr;
  std::string_view meaning;
};

/// All forms; a name may have several.
std::span<const DistributionForm> distribution_forms();

/// Reads a form's table, or a duration that stands for a constant.
sim::Distribution parse_distribution(const Value& value, const Subject& subject);

/// The distribution as TOML text; parse_distribution reads it back.
std::string print(const sim::Distribution& distribution);

}  // namespace sixslots::scenarios

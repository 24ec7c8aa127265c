#pragma once

#include <compare>
#include <cstdint>

#include "sim/time.hpp"

namespace sixslots::models {

using sim::Duration;
using sim::Time;

/// A number of bytes.
struct Bytes {
  std::int64_t count = 0;
  auto operator<=>(const Bytes&) const = default;
};

/// A part of a whole, 0 to 1.
struct Ratio {
  double value = 0.0;
};

/// A transfer rate in bits per second; zero means unlimited.
struct BitRate {
  std::int64_t bits_per_second = 0;
  auto operator<=>(const BitRate&) const = default;
  [[nodiscard]] bool unlimited() const { return bits_per_second == 0; }
};

}  // namespace sixslots::models

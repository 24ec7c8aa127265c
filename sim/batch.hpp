#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/time.hpp"

namespace sixslots::sim {

/// Random numbers drawn together, and the variates that they stand for.
inline constexpr std::size_t batch_size = 16;
using NumberBatch = std::array<std::uint64_t, batch_size>;
using VariateBatch = std::array<Duration, batch_size>;

/// Names a block of random numbers: the key and the counter that Philox encrypts.
struct BlockName {
  std::uint64_t key;
  std::array<std::uint32_t, 4> counter;
};

/// What is done to a whole batch at once, in lanes.
struct BatchArithmetic {
  /// The numbers of so many blocks, the counter's first word counting up.
  void (*encrypt)(const BlockName& first, NumberBatch& numbers);
  /// What RandomStream::exact and the exponential law make of numbers; mean in nanoseconds, below
  /// longest_mean.
  void (*exponential)(double mean, const NumberBatch& numbers, VariateBatch& variates);
};
inline constexpr double longest_mean = 0x1p45;  // 9 hours; the longest variate is 38 times that

/// With two lanes, on every machine.
const BatchArithmetic& narrow_arithmetic();

/// With as many as this processor has; the results are the same.
const BatchArithmetic& widest_arithmetic();

}  // namespace sixslots::sim

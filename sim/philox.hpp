#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "sim/lanes.hpp"

namespace sixslots::sim {

/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011): encrypts counters, some side by side,
/// because each round waits for the one before. A Word is 64 bits wide or holds several such lanes;
/// it carries 32 bits, and what stands above them does not count.
template <class Word, std::size_t N>
struct Philox {
  using Words = std::array<Word, N>;

  Words first{};
  Words second{};
  Words third{};
  Words fourth{};

  constexpr void encrypt(std::uint64_t key) { encrypt(key, std::make_index_sequence<N>()); }

  /// The two 64-bit numbers of each block.
  constexpr Word lower(std::size_t i) const { return join(first[i], second[i]); }
  constexpr Word upper(std::size_t i) const { return join(third[i], fourth[i]); }

 private:
  // Blocks are named one by one instead of in a loop, so that all of them stay in registers.
  template <std::size_t... I>
  constexpr void encrypt(std::uint64_t key, std::index_sequence<I...> /*blocks*/) {
    constexpr int rounds = 10;
    auto low = static_cast<std::uint32_t>(key);
    auto high = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < rounds; ++round) {
      (mix(I, low, high), ...);
      low += 0x9e3779b9;
      high += 0xbb67ae85;
    }
  }

  constexpr void mix(std::size_t i, std::uint32_t low, std::uint32_t high) {
    const Word one = product_of_halves(first[i], 0xd2511f53);
    const Word other = product_of_halves(third[i], 0xcd9e8d57);
    first[i] = (other >> 32) ^ second[i] ^ low;
    second[i] = other;
    third[i] = (one >> 32) ^ fourth[i] ^ high;
    fourth[i] = one;
  }

  static constexpr Word join(Word low, Word high) { return high << 32 | (low & 0xffffffff); }
};

}  // namespace sixslots::sim

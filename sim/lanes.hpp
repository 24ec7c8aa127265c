#pragma once

#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sixslots::sim {

/// Two numbers side by side: arithmetic that is written once and done for one number or for two, as
/// every x86-64 and 64-bit ARM can, with the same bits for each.
using WordLanes [[gnu::vector_size(16)]] = std::uint64_t;
using RealLanes [[gnu::vector_size(16)]] = double;

/// The product of the lower 32 bits of a with b, which has no others.
constexpr std::uint64_t product_of_halves(std::uint64_t a, std::uint32_t b) {
  return (a & 0xffffffff) * b;
}

inline WordLanes product_of_halves(WordLanes a, std::uint32_t b) {
#ifdef __SSE2__  // g++ 12 does not find this instruction
  return reinterpret_cast<WordLanes>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(a), _mm_set1_epi64x(std::int64_t{b})));
#else
  return (a & 0xffffffff) * b;
#endif
}

}  // namespace sixslots::sim

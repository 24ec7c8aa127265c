#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace sixslots::sim {

// Numbers side by side: arithmetic is written once, and done for one number or for several with the
// same bits for each. Every x86-64 and 64-bit ARM has lanes for two; four are for a source that is
// compiled for AVX2.
using TwoWords [[gnu::vector_size(16)]] = std::uint64_t;
using TwoReals [[gnu::vector_size(16)]] = double;

/// The product of the lower 32 bits of a with b, which has no others.
constexpr std::uint64_t product_of_halves(std::uint64_t a, std::uint32_t b) {
  return (a & 0xffffffff) * b;
}

// g++ 12 does not find these instructions.
inline TwoWords product_of_halves(TwoWords a, std::uint32_t b) {
#ifdef __SSE2__
  const TwoWords all_b = TwoWords{} + b;
  return std::bit_cast<TwoWords>(
      _mm_mul_epu32(std::bit_cast<__m128i>(a), std::bit_cast<__m128i>(all_b)));
#else
  return (a & 0xffffffff) * b;
#endif
}

#ifdef __AVX2__
using FourWords [[gnu::vector_size(32)]] = std::uint64_t;
using FourReals [[gnu::vector_size(32)]] = double;

inline FourWords product_of_halves(FourWords a, std::uint32_t b) {
  const FourWords all_b = FourWords{} + b;
  return std::bit_cast<FourWords>(
      _mm256_mul_epu32(std::bit_cast<__m256i>(a), std::bit_cast<__m256i>(all_b)));
}
#endif

}  // namespace sixslots::sim

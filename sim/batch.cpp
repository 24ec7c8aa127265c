#include "sim/batch.hpp"

#include "sim/batch_lanes.hpp"

namespace sixslots::sim {

#ifdef SIXSLOTS_HAS_AVX2_SOURCE
const BatchArithmetic& avx2_arithmetic();
#endif

const BatchArithmetic& narrow_arithmetic() {
  using Lanes = BatchInLanes<TwoWords, TwoReals>;
  static constexpr BatchArithmetic arithmetic{Lanes::encrypt, Lanes::exponential};
  return arithmetic;
}

const BatchArithmetic& widest_arithmetic() {
#ifdef SIXSLOTS_HAS_AVX2_SOURCE
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return avx2_arithmetic();
#endif
  return narrow_arithmetic();
}

}  // namespace sixslots::sim

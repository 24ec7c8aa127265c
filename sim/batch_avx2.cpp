#include "sim/batch_lanes.hpp"

// Compiled for processors with AVX2; called where there is one.

namespace sixslots::sim {

const BatchArithmetic& avx2_arithmetic();

const BatchArithmetic& avx2_arithmetic() {
  using Lanes = BatchInLanes<FourWords, FourReals>;
  static constexpr BatchArithmetic arithmetic{Lanes::encrypt, Lanes::exponential};
  return arithmetic;
}

}  // namespace sixslots::sim

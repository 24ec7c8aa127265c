#pragma once

#include <cstdint>

#include "sim/distribution.hpp"
#include "sim/pooled.hpp"
#include "sim/random.hpp"

namespace sixslots::sim {

/// The variates of one law from one stream, in order: what law.sample(stream) gives one by one. Who
/// takes many gets them computed by the batch, in memory that one who takes a few never has.
class Variates {
 public:
  Variates(const Distribution& law, const RandomStream& stream) : law_(law), stream_(stream) {}

  Duration next() { return next_ < batch_size ? (*batch_)[next_++] : draw(); }

 private:
  static constexpr std::uint32_t few = 4;

  Duration draw();

  Distribution law_;
  RandomStream stream_;
  Pooled<VariateBatch> batch_;
  std::uint32_t next_ = batch_size;  // of the batch
};

}  // namespace sixslots::sim

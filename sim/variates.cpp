#include "sim/variates.hpp"

namespace sixslots::sim {

Duration Variates::draw() {
  // No number changes it, and nobody else sees the stream.
  if (law_.kind() == Distribution::Kind::constant) return law_.sample_at(0.5);
  const std::uint32_t drawn = stream_.drawn();
  if (drawn < few || drawn % 2 == 1) return law_.sample(stream_);
  NumberBatch numbers;
  stream_.next(numbers);
  law_.sample(numbers, batch_.make());
  next_ = 1;
  return batch_->front();
}

}  // namespace sixslots::sim

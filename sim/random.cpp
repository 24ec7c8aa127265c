#include "sim/random.hpp"

#include <cassert>

#include "sim/int128.hpp"
#include "sim/philox.hpp"

namespace sixslots::sim {

template <class Word, std::size_t N>
Philox<Word, N> RandomStream::encrypted(const std::array<Word, N>& blocks) const {
  Philox<Word, N> philox;
  philox.first = blocks;
  philox.second.fill(Word{} + replication_);
  philox.third.fill(Word{} + entity_);
  philox.fourth.fill(Word{} + static_cast<std::uint32_t>(purpose_));
  philox.encrypt(seed_);
  return philox;
}

std::uint64_t RandomStream::next_block() {
  const auto drawn = encrypted<std::uint64_t, 1>({block_++});
  spare_ = drawn.upper(0);
  has_spare_ = true;
  return drawn.lower(0);
}

void RandomStream::next(Batch& batch) {
  assert(!has_spare_);
  constexpr std::size_t lanes = 2;
  std::array<WordLanes, batch_size / 2 / lanes> blocks;
  for (WordLanes& two : blocks) {
    two = WordLanes{block_, block_ + 1};
    block_ += lanes;
  }
  const auto drawn = encrypted(blocks);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const WordLanes lower = drawn.lower(i);
    const WordLanes upper = drawn.upper(i);
    batch[lanes * i] = WordLanes{lower[0], upper[0]};
    batch[lanes * i + 1] = WordLanes{lower[1], upper[1]};
  }
}

std::uint64_t RandomStream::bits_at(std::uint64_t draw) const {
  const auto block = static_cast<std::uint32_t>(draw / 2);
  const auto drawn = encrypted<std::uint64_t, 1>({block});
  return draw % 2 == 0 ? drawn.lower(0) : drawn.upper(0);
}

// Lemire, Fast random integer generation in an interval, ACM TOMACS 29, 2019.
std::uint64_t RandomStream::below(std::uint64_t n) {
  assert(n > 0);
  UInt128 product = static_cast<UInt128>(bits()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t threshold = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < threshold) {
      product = static_cast<UInt128>(bits()) * n;
    }
  }
  return static_cast<std::uint64_t>(product >> 64);
}

}  // namespace sixslots::sim

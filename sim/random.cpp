#include "sim/random.hpp"

#include <cassert>

#include "sim/int128.hpp"
#include "sim/philox.hpp"

namespace sixslots::sim {

std::array<std::uint64_t, 2> RandomStream::numbers_of(std::uint32_t block) const {
  Philox<std::uint64_t, 1> philox;
  philox.first = {block};
  philox.second = {replication_};
  philox.third = {entity_};
  philox.fourth = {static_cast<std::uint32_t>(purpose_)};
  philox.encrypt(seed_);
  return {philox.lower(0), philox.upper(0)};
}

std::uint64_t RandomStream::next_block() {
  const auto [first, second] = numbers_of(block_++);
  spare_ = second;
  has_spare_ = true;
  return first;
}

void RandomStream::next(NumberBatch& numbers) {
  assert(!has_spare_);
  const std::array counter{block_, replication_, entity_, static_cast<std::uint32_t>(purpose_)};
  widest_arithmetic().encrypt({seed_, counter}, numbers);
  block_ += batch_size / 2;
}

std::uint64_t RandomStream::bits_at(std::uint64_t draw) const {
  return numbers_of(static_cast<std::uint32_t>(draw / 2))[draw % 2];
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

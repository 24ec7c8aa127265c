#include "sim/random.hpp"

#include <Random123/philox.h>

#include <cassert>

#include "sim/int128.hpp"

namespace sixslots::sim {
namespace {

struct Block {
  std::uint64_t first;
  std::uint64_t second;
};

constexpr std::uint64_t join(std::uint32_t low, std::uint32_t high) {
  return std::uint64_t{high} << 32 | low;
}

Block philox(std::uint64_t seed, std::uint32_t block, std::uint32_t replication, EntityId entity,
             Purpose purpose) {
  const philox4x32_key_t key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const philox4x32_ctr_t counter = {
      {block, replication, entity, static_cast<std::uint32_t>(purpose)}};
  const philox4x32_ctr_t words = philox4x32(counter, key);
  return {join(words.v[0], words.v[1]), join(words.v[2], words.v[3])};
}

}  // namespace

std::uint64_t RandomStream::next_block() {
  const Block drawn = philox(seed_, block_++, replication_, entity_, purpose_);
  spare_ = drawn.second;
  has_spare_ = true;
  return drawn.first;
}

std::uint64_t RandomStream::bits_at(std::uint64_t draw) const {
  const auto block = static_cast<std::uint32_t>(draw / 2);
  const Block drawn = philox(seed_, block, replication_, entity_, purpose_);
  return draw % 2 == 0 ? drawn.first : drawn.second;
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

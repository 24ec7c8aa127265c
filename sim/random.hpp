#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/batch.hpp"
#include "sim/double_double.hpp"

namespace sixslots::sim {

/// What a random number decides. The values are part of every result: append, never renumber, so
/// that a new source of chance leaves the old ones alone.
enum class Purpose : std::uint32_t {
  arrival = 0,
  service = 1,
  think = 2,
  size = 3,
  update = 4,
  phase = 5,
  backoff = 6,
  throttle = 7,
  loss = 8,
  choice = 9,
  lifetime = 10,
  patience = 11,
  batch = 12,
  work = 13,
};

/// Who a random number belongs to: a hash of a place in the scenario, so that adding a row leaves
/// the numbers of every other row as they were.
using EntityId = std::uint32_t;

/// Finalizer of MurmurHash3 (Appleby): a bijection that lets every bit reach every other.
constexpr std::uint32_t scramble(std::uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bU;
  x = (x ^ (x >> 13)) * 0xc2b2ae35U;
  return x ^ (x >> 16);
}

/// The entity at a scenario path such as "tab/3/row/17/poll": FNV-1a in 64 bits, folded to 32.
constexpr EntityId entity_id(std::string_view scenario_path) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : scenario_path) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return static_cast<EntityId>(hash ^ (hash >> 32));
}

/// A child without building its path. The children of one parent never share an id.
constexpr EntityId entity_id(EntityId parent, std::uint32_t ordinal) {
  return scramble(scramble(parent + 0x9e3779b9U) ^ (ordinal * 0x9e3779b1U));
}

/// The numbers of one entity for one purpose in one replication: draw n is a function of these
/// names and n alone (Philox4x32-10; Salmon, Moraes, Dror, Shaw, SC 2011). After 2^33 draws it
/// starts again.
class RandomStream {
 public:
  constexpr RandomStream(std::uint64_t seed, std::uint32_t replication, EntityId entity,
                         Purpose purpose)
      : seed_(seed), replication_(replication), entity_(entity), purpose_(purpose) {}

  /// The next 64 random bits.
  std::uint64_t bits() {
    if (!has_spare_) return next_block();
    has_spare_ = false;
    return spare_;
  }

  /// The next number strictly between 0 and 1; rounded to a double, and all of it.
  double uniform() { return rounded(bits()); }
  DoubleDouble exact_uniform() { return exact(bits()); }

  /// The next integer in [0, n), each exactly as likely; n > 0.
  std::uint64_t below(std::uint64_t n);

  /// So many numbers at once, in a third of the time. Only where an even number was drawn before.
  void next(NumberBatch& numbers);

  /// As if this many numbers had been drawn, of a stream that none was drawn of; and how many were.
  /// One who keeps this number alone can go on later.
  void skip(std::uint32_t draws) {
    block_ = draws / 2;
    if (draws % 2 == 1) bits();
  }
  [[nodiscard]] std::uint32_t drawn() const { return 2 * block_ - (has_spare_ ? 1 : 0); }

  /// Draw number `draw` of the stream, counted from 0, wherever bits() and uniform() stand.
  std::uint64_t bits_at(std::uint64_t draw) const;
  double uniform_at(std::uint64_t draw) const { return rounded(bits_at(draw)); }
  DoubleDouble exact_uniform_at(std::uint64_t draw) const { return exact(bits_at(draw)); }

  /// What exact_uniform() makes of bits(): the middle of one of 2^53 cells, which takes 54 bits in
  /// the upper half.
  static constexpr DoubleDouble exact(std::uint64_t bits) {
    const auto cell = static_cast<double>(static_cast<std::int64_t>(bits >> 11));
    const double middle = cell + 0.5;
    return {middle * 0x1p-53, (0.5 - (middle - cell)) * 0x1p-53};
  }

 private:
  static constexpr double rounded(std::uint64_t bits) {
    const double u = exact(bits).high;
    return u < 1 ? u : 1 - 0x1p-53;
  }
  std::uint64_t next_block();
  [[nodiscard]] std::array<std::uint64_t, 2> numbers_of(std::uint32_t block) const;

  std::uint64_t seed_;
  std::uint64_t spare_ = 0;
  std::uint32_t replication_;
  EntityId entity_;
  Purpose purpose_;
  std::uint32_t block_ = 0;
  bool has_spare_ = false;
};

static_assert(sizeof(RandomStream) <= 64);

/// All the chance of one replication, to be asked for streams by name.
struct RandomSource {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::uint32_t user = 0;  ///< whose; one of many users has the same numbers whoever else is there

  constexpr RandomStream stream(EntityId entity, Purpose purpose) const {
    return {seed, replication, user == 0 ? entity : entity_id(entity, user), purpose};
  }
  constexpr RandomStream stream(std::string_view scenario_path, Purpose purpose) const {
    return stream(entity_id(scenario_path), purpose);
  }
};

}  // namespace sixslots::sim

#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/tally.hpp"

namespace sixslots::sim {

/// Tallies that nothing is added to any more: close together in two pieces of memory, where tallies
/// that grow have many. For what is kept of thousands of replications and read on another thread.
class PackedTallies {
 public:
  PackedTallies() = default;
  explicit PackedTallies(std::span<const Tally* const> tallies) { assign(tallies); }
  /// In the memory that it has.
  void assign(std::span<const Tally* const> tallies);

  [[nodiscard]] std::size_t size() const { return parts_.size() / 2; }
  [[nodiscard]] Tally::Packed operator[](std::size_t index) const {
    return {histogram(2 * index), histogram(2 * index + 1)};
  }

 private:
  /// The buckets of one histogram begin where those of the one before it end.
  struct Part {
    std::size_t end = 0;
    Int128 sum = 0;
  };

  void add(const Histogram& histogram);
  [[nodiscard]] Histogram::Packed histogram(std::size_t part) const;

  std::vector<Histogram::Bucket> buckets_;
  std::vector<Part> parts_;
};

}  // namespace sixslots::sim

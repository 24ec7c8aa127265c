#include "sim/packed_tallies.hpp"

namespace sixslots::sim {

void PackedTallies::assign(std::span<const Tally* const> tallies) {
  buckets_.clear();
  parts_.clear();
  std::size_t buckets = 0;
  for (const Tally* tally : tallies) {
    buckets += tally->finished_histogram().occupied() + tally->censored_histogram().occupied();
  }
  buckets_.reserve(buckets);
  parts_.reserve(2 * tallies.size());
  for (const Tally* tally : tallies) {
    add(tally->finished_histogram());
    add(tally->censored_histogram());
  }
}

void PackedTallies::add(const Histogram& histogram) {
  for (const Histogram::Bucket& bucket : histogram.buckets()) buckets_.push_back(bucket);
  parts_.push_back({buckets_.size(), histogram.sum()});
}

Histogram::Packed PackedTallies::histogram(std::size_t part) const {
  const std::size_t begin = part == 0 ? 0 : parts_[part - 1].end;
  const std::span<const Histogram::Bucket> all = buckets_;
  return {all.subspan(begin, parts_[part].end - begin), parts_[part].sum};
}

}  // namespace sixslots::sim

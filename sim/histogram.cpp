#include "sim/histogram.hpp"

#include <algorithm>
#include <cassert>

namespace sixslots::sim {
Duration Histogram::Bucket::at_rank(std::uint64_t rank) const {
  assert(rank >= 1 && rank <= count);
  if (rank == 1) return lowest;
  const Int128 along = static_cast<Int128>((highest - lowest).count()) * (rank - 1) / (count - 1);
  return lowest + Duration{static_cast<Duration::rep>(along)};
}

std::uint64_t Histogram::Bucket::count_above(Duration t) const {
  if (t < lowest) return count;
  if (t >= highest) return 0;
  // at_rank(r) <= t  <=>  (r - 1) (highest - lowest) < (t - lowest + 1) (count - 1)
  const Int128 limit = static_cast<Int128>((t - lowest).count() + 1) * (count - 1);
  const Int128 at_or_below = (limit - 1) / (highest - lowest).count() + 1;
  return count - static_cast<std::uint64_t>(at_or_below);
}

void Histogram::Bucket::merge(const Bucket& other) {
  if (other.count == 0) return;
  lowest = count == 0 ? other.lowest : std::min(lowest, other.lowest);
  highest = count == 0 ? other.highest : std::max(highest, other.highest);
  count += other.count;
}

void Histogram::add_page(std::uint32_t number) {
  if (pages_.empty()) {  // room for a few values of up to some minutes
    page_of_.reserve(index_of(std::chrono::minutes(10)) / page_size + 1);
    pages_.reserve(4);
  }
  if (number >= page_of_.size()) page_of_.resize(number + 1);
  pages_.emplace_back();
  page_of_[number] = static_cast<std::uint16_t>(pages_.size());
}

void Histogram::merge(const Bucket& bucket) {
  assert(bucket.lowest >= Duration::zero());
  if (bucket.highest == Duration::zero()) {
    zeros_ += bucket.count;
    return;
  }
  bucket_at(index_of(bucket.lowest)).merge(bucket);
  others_ += bucket.count;
}

void Histogram::merge(const Histogram& other) {
  for (const Bucket& bucket : other.buckets()) merge(bucket);
  sum_ += other.sum_;
}

std::optional<Histogram> Histogram::of(const std::vector<Bucket>& buckets, Int128 sum) {
  Histogram histogram;
  for (const Bucket& bucket : buckets) {
    const bool possible = bucket.count > 0 && bucket.lowest >= Duration::zero() &&
                          bucket.lowest <= bucket.highest &&
                          index_of(bucket.lowest) == index_of(bucket.highest);
    if (!possible) return std::nullopt;
    histogram.merge(bucket);
  }
  histogram.sum_ = sum;
  return histogram;
}

std::optional<double> Histogram::mean() const {
  if (count() == 0) return std::nullopt;
  return static_cast<double>(sum_) / static_cast<double>(count()) / 1e9;
}

std::optional<Duration> Histogram::min() const {
  if (count() == 0) return std::nullopt;
  return (*buckets().begin()).lowest;
}

std::optional<Duration> Histogram::max() const {
  if (count() == 0) return std::nullopt;
  if (others_ == 0) return Duration::zero();
  const Page& last = pages_[page_of_.back() - 1U];  // a page is made when it is first hit
  return last.buckets[static_cast<std::size_t>(std::bit_width(last.occupied) - 1)].highest;
}

std::optional<Duration> Histogram::quantile(double p) const {
  assert(p >= 0 && p <= 1);
  const auto n = static_cast<double>(count());
  std::uint64_t rank = rank_at(p * n, n);
  for (const Bucket& bucket : buckets()) {
    if (rank <= bucket.count) return bucket.at_rank(rank);
    rank -= bucket.count;
  }
  return max();
}

std::uint64_t Histogram::count_above(Duration t) const {
  std::uint64_t above = 0;
  for (const Bucket& bucket : buckets()) above += bucket.count_above(t);
  return above;
}

bool operator==(const Histogram& a, const Histogram& b) {
  return a.sum_ == b.sum_ && a.zeros_ == b.zeros_ && a.others_ == b.others_ &&
         std::ranges::equal(a.buckets(), b.buckets());
}

std::uint64_t rank_at(double x, double scale) {
  const double least = x - scale * 0x1p-50;
  if (!(least > 1)) return 1;
  const auto whole = static_cast<std::uint64_t>(least);
  return static_cast<double>(whole) < least ? whole + 1 : whole;
}

}  // namespace sixslots::sim

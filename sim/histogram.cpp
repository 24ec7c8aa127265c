#include "sim/histogram.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

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

Histogram::Pages::Pages(const Pages& other) : pages_(other.places()), lowest_(other.lowest_) {
  for (std::size_t place = 0; place < places(); ++place) {
    if (const Page* page = other.at(place)) pages_[place].make(*page);
  }
}

Histogram::Pages& Histogram::Pages::operator=(const Pages& other) {
  if (this != &other) *this = Pages(other);
  return *this;
}

Histogram::Page& Histogram::Pages::add(std::uint32_t number) {
  if (pages_.empty()) lowest_ = number;
  if (number - lowest_ >= pages_.size()) widen(number);
  return pages_[number - lowest_].make();
}

// By several places, because most histograms are widened again and again.
void Histogram::Pages::widen(std::uint32_t number) {
  constexpr std::uint32_t together = 8;
  if (number >= lowest_) {
    const std::uint32_t wanted = number - lowest_ + 1;
    return pages_.resize((wanted + together - 1) / together * together);
  }
  const std::uint32_t more = std::min(lowest_, lowest_ - number + together - 1);
  Places wider(more + pages_.size());
  std::ranges::move(pages_, wider.begin() + more);
  pages_ = std::move(wider);
  lowest_ -= more;
}

void Histogram::merge(const Bucket& bucket) {
  assert(bucket.lowest >= Duration::zero());
  if (bucket.highest == Duration::zero()) {
    zeros_ += bucket.count;
    return;
  }
  enter(bucket);
}

void Histogram::merge(const Histogram& other) {
  for (const Bucket& bucket : other.buckets()) merge(bucket);
  sum_ += other.sum_;
}

void Histogram::merge(const Packed& other) {
  for (const Bucket& bucket : other.buckets) merge(bucket);
  sum_ += other.sum;
}

std::optional<Histogram> Histogram::of(const Packed& saved) {
  for (const Bucket& bucket : saved.buckets) {
    const bool possible = bucket.count > 0 && bucket.lowest >= Duration::zero() &&
                          bucket.lowest <= bucket.highest &&
                          index_of(bucket.lowest) == index_of(bucket.highest);
    if (!possible) return std::nullopt;
  }
  Histogram histogram;
  histogram.merge(saved);
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
  const Page& last = *pages_.last();
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

std::size_t Histogram::occupied() const {
  std::size_t count = zeros_ > 0 ? 1 : 0;
  for (std::size_t place = 0; place < pages_.places(); ++place) {
    const Page* page = pages_.at(place);
    if (page != nullptr) count += static_cast<std::size_t>(std::popcount(page->occupied));
  }
  return count;
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

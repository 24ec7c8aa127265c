#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

#include "sim/frame_pool.hpp"
#include "sim/int128.hpp"
#include "sim/pooled.hpp"
#include "sim/time.hpp"

namespace sixslots::sim {

/// Counts of durations in buckets of 1/256 of an octave (after Tene's HdrHistogram): at most 0.4 %
/// wide, exact below 512 ns. Each bucket remembers its own extremes, so that few or equal
/// observations come back exactly. All that is kept are integers and extremes: merging is exact, in
/// any order.
class Histogram {
 public:
  class Buckets;
  struct Bucket {
    std::uint64_t count;
    Duration lowest;
    Duration highest;

    /// The rank-th smallest entry, 1 <= rank <= count: exact at both ends, evenly spread between.
    Duration at_rank(std::uint64_t rank) const;
    /// How many entries at_rank puts above t.
    std::uint64_t count_above(Duration t) const;

    /// Neither is empty.
    void merge(const Bucket& other) {
      lowest = other.lowest < lowest ? other.lowest : lowest;
      highest = other.highest > highest ? other.highest : highest;
      count += other.count;
    }
    friend bool operator==(const Bucket&, const Bucket&) = default;
  };

  /// All that a histogram holds, kept elsewhere.
  struct Packed {
    std::span<const Bucket> buckets;  ///< the occupied ones, ascending
    Int128 sum = 0;                   ///< nanoseconds
  };

  /// A histogram as it was saved. Nothing where the buckets are not of one: empty, reversed,
  /// negative or wider than a bucket may be.
  static std::optional<Histogram> of(const Packed& saved);

  /// value >= 0.
  void add(Duration value) {
    if (value == Duration::zero()) {
      ++zeros_;
      return;
    }
    enter({1, value, value});
    sum_ += value.count();
  }
  void merge(const Histogram& other);
  void merge(const Packed& other);

  std::uint64_t count() const { return zeros_ + others_; }
  /// Nanoseconds.
  Int128 sum() const { return sum_; }
  /// Seconds.
  std::optional<double> mean() const;
  std::optional<Duration> min() const;
  std::optional<Duration> max() const;
  /// The smallest value that at least a share p of the entries stays at or below, 0 <= p <= 1.
  std::optional<Duration> quantile(double p) const;
  std::uint64_t count_above(Duration t) const;
  /// The occupied buckets, ascending: a range of values.
  Buckets buckets() const;
  /// How many these are.
  std::size_t occupied() const;

  /// Which bucket holds a duration.
  static constexpr std::uint32_t index_of(Duration value) {
    const auto v = static_cast<std::uint64_t>(value.count());
    const auto shift = static_cast<std::uint32_t>(std::bit_width(v | 256U)) - 9U;
    return 256U * shift + static_cast<std::uint32_t>(v >> shift);
  }

  /// Equal content, in whatever order it came.
  friend bool operator==(const Histogram& a, const Histogram& b);

 private:
  static constexpr std::uint32_t page_size = 32;

  struct Page {
    Page() {}                    // of the buckets, only those that are occupied are ever looked at
    std::uint32_t occupied = 0;  // a bit for each: they are few
    std::array<Bucket, page_size> buckets;
  };

  /// Pages are made when first hit. There are places for those from the lowest to the highest.
  class Pages {
   public:
    Pages() = default;
    Pages(const Pages& other);
    Pages& operator=(const Pages& other);
    Pages(Pages&&) noexcept = default;
    Pages& operator=(Pages&&) noexcept = default;
    ~Pages() = default;

    Page& make(std::uint32_t number) {
      const std::uint32_t place = number - lowest_;  // beyond all of them where it is lower
      if (place < pages_.size() && pages_[place]) return *pages_[place];
      return add(number);
    }
    [[nodiscard]] std::size_t places() const { return pages_.size(); }
    /// Null where none has been hit.
    [[nodiscard]] const Page* at(std::size_t place) const { return pages_[place].get(); }
    /// The last one that has been hit; there is one.
    [[nodiscard]] const Page* last() const {
      auto place = pages_.end();
      while (!*--place) {
      }
      return place->get();
    }

   private:
    using Places = std::vector<Pooled<Page>, FrameAllocator<Pooled<Page>>>;

    Page& add(std::uint32_t number);
    void widen(std::uint32_t number);

    Places pages_;
    std::uint32_t lowest_ = 0;
  };

  /// Some entries of one bucket, none of which is 0.
  void enter(const Bucket& some) {
    const std::uint32_t index = index_of(some.lowest);
    Page& page = pages_.make(index / page_size);
    const std::uint32_t bit = 1U << index % page_size;
    Bucket& bucket = page.buckets[index % page_size];
    if ((page.occupied & bit) == 0) {
      page.occupied |= bit;
      bucket = some;
    } else {
      bucket.merge(some);
    }
    others_ += some.count;
  }
  void merge(const Bucket& bucket);

  Pages pages_;
  std::uint64_t zeros_ = 0;   // not in a bucket: most waits are nothing
  std::uint64_t others_ = 0;  // in all buckets
  Int128 sum_ = 0;
};

/// A range for range-based for loops; of the histogram it came from, as long as nothing is added.
class Histogram::Buckets {
 public:
  class Iterator {
   public:
    using value_type = Bucket;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;

    Bucket operator*() const {
      if (before_pages()) return {of_->zeros_, Duration::zero(), Duration::zero()};
      return page().buckets[static_cast<std::size_t>(std::countr_zero(left_))];
    }
    Iterator& operator++() {
      left_ &= left_ - 1;  // before the pages: nothing
      find_occupied();
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.next_page_ == b.next_page_ && a.left_ == b.left_;
    }
    friend bool operator==(const Iterator& it, std::default_sentinel_t /*end*/) {
      return it.at_end();
    }

   private:
    friend class Buckets;
    explicit Iterator(const Histogram& histogram) : of_(&histogram) {
      if (histogram.zeros_ == 0) find_occupied();
    }

    [[nodiscard]] bool at_end() const { return left_ == 0 && next_page_ > of_->pages_.places(); }
    [[nodiscard]] bool before_pages() const { return next_page_ == 0; }
    [[nodiscard]] const Page& page() const { return *of_->pages_.at(next_page_ - 1); }
    void find_occupied() {
      const std::size_t pages = of_->pages_.places();
      while (left_ == 0 && next_page_++ < pages) {
        if (const Page* page = of_->pages_.at(next_page_ - 1)) left_ = page->occupied;
      }
    }

    const Histogram* of_ = nullptr;
    std::size_t next_page_ = 0;  // 0: the zeros come before all pages
    std::uint32_t left_ = 0;     // of the page before that, the buckets from this one on
  };

  [[nodiscard]] Iterator begin() const { return Iterator(of_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  friend class Histogram;
  explicit Buckets(const Histogram& histogram) : of_(histogram) {}
  const Histogram& of_;
};

inline Histogram::Buckets Histogram::buckets() const { return Buckets(*this); }

/// The least integer at or above x, give or take a relative error of 2^-50 of scale: a share such
/// as 0.07 of 100 means 7, although the product of the doubles is a little more. At least 1.
std::uint64_t rank_at(double x, double scale);

}  // namespace sixslots::sim

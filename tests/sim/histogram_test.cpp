#include "sim/histogram.hpp"

#include <algorithm>
#include <vector>

#include "sim/distribution.hpp"
#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;

Histogram histogram_of(const std::vector<Duration>& values) {
  Histogram histogram;
  for (const Duration value : values) histogram.add(value);
  return histogram;
}

std::vector<Histogram::Bucket> buckets_of(const Histogram& histogram) {
  std::vector<Histogram::Bucket> buckets;
  for (const Histogram::Bucket bucket : histogram.buckets()) buckets.push_back(bucket);
  return buckets;
}

/// Service times as an app has them: median 35 ms, some take seconds.
std::vector<Duration> service_times(int n) {
  RandomStream stream(1, 0, entity_id("histogram"), Purpose::service);
  const Distribution law = Distribution::lognormal_median_p95(35ms, 400ms);
  std::vector<Duration> values;
  for (int i = 0; i < n; ++i) values.push_back(law.sample(stream));
  return values;
}

TEST_CASE("a bucket is at most 1/256 wide, and one nanosecond below 512") {
  std::uint32_t last = 0;
  for (std::int64_t v = 0; v < 512; ++v) CHECK(Histogram::index_of(Duration{v}) == v);
  for (Duration v = 512ns; v < 1h; v += v / 1000 + 1ns) {
    const std::uint32_t index = Histogram::index_of(v);
    CHECK((index == last || index > last));
    CHECK(Histogram::index_of(v + v / 255 + 1ns) > index);
    last = index;
  }
  CHECK(Histogram::index_of(Duration::max()) < 14336);
}

TEST_CASE("an empty histogram has no mean, no extremes and no quantiles") {
  const Histogram empty;
  CHECK(empty.count() == 0);
  CHECK_FALSE(empty.mean());
  CHECK_FALSE(empty.min());
  CHECK_FALSE(empty.max());
  CHECK_FALSE(empty.quantile(0.5));
  CHECK(empty.count_above(0ns) == 0);
}

TEST_CASE("count, mean and extremes are exact") {
  const Histogram histogram = histogram_of({1s, 3ns, 100ms, 0ns});
  CHECK(histogram.count() == 4);
  CHECK(histogram.sum() == 1'100'000'003);
  CHECK(*histogram.mean() == Approx(0.27500000075));
  CHECK(*histogram.min() == 0ns);
  CHECK(*histogram.max() == 1s);
}

TEST_CASE("sums go beyond 64 bits, and the longest duration has a bucket") {
  const Histogram histogram = histogram_of({Duration::max(), Duration::max(), Duration::max()});
  CHECK(*histogram.mean() == Approx(9223372036.854775807));
  CHECK(*histogram.quantile(0.5) == Duration::max());
}

TEST_CASE("a few observations come back exactly, and so do equal ones") {
  const Histogram few = histogram_of({280ms, 50ms, 5280ms, 50ms, 123456789ns});
  CHECK(*few.quantile(0) == 50ms);
  CHECK(*few.quantile(0.4) == 50ms);
  CHECK(*few.quantile(0.5) == 123456789ns);
  CHECK(*few.quantile(0.8) == 280ms);
  CHECK(*few.quantile(0.81) == 5280ms);
  CHECK(*few.quantile(1) == 5280ms);

  const Histogram equal = histogram_of(std::vector<Duration>(1000, 49999999ns));
  for (const double p : {0.0, 0.3, 0.999, 1.0}) CHECK(*equal.quantile(p) == 49999999ns);
}

TEST_CASE("a share that a double cannot hold still means the rank it says") {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.add(Duration{i});
  for (int i = 1; i <= 100; ++i) CHECK(*histogram.quantile(i / 100.0) == Duration{i});
  for (int i = 1; i <= 100; ++i)
    CHECK(*histogram.quantile(1 - i / 100.0) == Duration{std::max(1, 100 - i)});
}

TEST_CASE("quantiles are those of the sorted values, to 0.4 %") {
  std::vector<Duration> values = service_times(20000);
  const Histogram histogram = histogram_of(values);
  std::sort(values.begin(), values.end());
  for (int rank = 1; rank <= 20000; rank += 7) {
    const auto truth = static_cast<double>(values[static_cast<std::size_t>(rank - 1)].count());
    const auto value = static_cast<double>(histogram.quantile(rank / 20000.0)->count());
    if (value != Approx(truth).epsilon(0.004)) FAIL(value << " for " << truth);
  }
}

TEST_CASE("counting above a quantile gives its rank back") {
  const Histogram histogram = histogram_of(service_times(5000));
  for (std::uint64_t rank = 1; rank <= 5000; ++rank) {
    const Duration value = *histogram.quantile(static_cast<double>(rank) / 5000);
    if (histogram.count_above(value) != 5000 - rank) FAIL("rank " << rank);
  }
  CHECK(histogram.count_above(0ns) == 5000);
  CHECK(histogram.count_above(Duration::max()) == 0);
}

TEST_CASE("inside a bucket, counting and ranking agree for every threshold") {
  for (std::uint64_t count = 2; count <= 9; ++count) {
    for (Duration width = 1ns; width <= 12ns; ++width) {
      const Histogram::Bucket bucket{count, 100ns, 100ns + width};
      for (Duration t = 98ns; t <= 114ns; ++t) {
        std::uint64_t above = 0;
        for (std::uint64_t rank = 1; rank <= count; ++rank)
          if (bucket.at_rank(rank) > t) ++above;
        CHECK(bucket.count_above(t) == above);
      }
    }
  }
}

TEST_CASE("values come in any order, and a copy stands by itself") {
  const std::vector<Duration> falling = {1h, 3s, 40ms, 39ms, 2us, 7ns};
  Histogram histogram = histogram_of(falling);
  CHECK(histogram == histogram_of({falling.rbegin(), falling.rend()}));
  CHECK(histogram.occupied() == falling.size());
  CHECK(histogram.min() == 7ns);
  CHECK(histogram.max() == 1h);
  const Histogram copy = histogram;
  histogram.add(3s);
  histogram.add(3ns);
  CHECK(copy == histogram_of(falling));
  Histogram assigned = histogram_of({1ms});
  assigned = copy;
  CHECK(assigned == copy);
}

TEST_CASE("zeros are entries like others, wherever they come from") {
  Histogram zeros = histogram_of({0ns, 0ns, 0ns});
  CHECK(zeros.max() == 0ns);
  CHECK(buckets_of(zeros) == std::vector{Histogram::Bucket{3, 0ns, 0ns}});
  zeros.merge(histogram_of({2ns, 0ns}));
  CHECK(zeros.count() == 5);
  CHECK(zeros.min() == 0ns);
  CHECK(zeros.quantile(0.8) == 0ns);
  CHECK(zeros.quantile(0.81) == 2ns);
  CHECK(zeros.count_above(0ns) == 1);
  const std::vector<Histogram::Bucket> buckets = buckets_of(zeros);
  CHECK(Histogram::of({buckets, zeros.sum()}) == zeros);
}

TEST_CASE("merging gives the same histogram in any order and any parts") {
  const std::vector<Duration> values = service_times(3000);
  std::vector<Histogram> parts(7);
  for (std::size_t i = 0; i < values.size(); ++i) parts[i * i % 7].add(values[i]);
  Histogram forwards;
  Histogram backwards;
  for (const Histogram& part : parts) forwards.merge(part);
  std::reverse(parts.begin(), parts.end());
  for (const Histogram& part : parts) backwards.merge(part);
  CHECK(forwards == backwards);
  CHECK(forwards == histogram_of(values));
  CHECK_FALSE(forwards == parts[0]);
}

}  // namespace
}  // namespace sixslots::sim

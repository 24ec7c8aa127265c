#include "sim/tally.hpp"

#include <algorithm>
#include <vector>

#include "sim/distribution.hpp"
#include "tests/catch.hpp"
#include "tests/sim/tallies.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;
using testing::tally_of;

Quantile exactly(Duration value) { return {value, false}; }
Quantile more_than(Duration value) { return {value, true}; }

TEST_CASE("an empty tally has no quantiles") {
  const Tally empty;
  CHECK(empty.count() == 0);
  CHECK_FALSE(empty.quantile(0.5));
  CHECK_FALSE(empty.mean());
  CHECK(empty.share_above(0s) == 0);
}

TEST_CASE("one finished request is every quantile") {
  const Tally one = tally_of({123456789ns}, {});
  for (const double p : {0.0, 0.5, 1.0}) CHECK(*one.quantile(p) == exactly(123456789ns));
}

TEST_CASE("one unfinished request takes longer than its age, and that is all we know") {
  const Tally one = tally_of({}, {58s});
  for (const double p : {0.0, 0.5, 1.0}) CHECK(*one.quantile(p) == more_than(58s));
  CHECK(one.count() == 1);
  CHECK(one.censored() == 1);
  CHECK_FALSE(one.max());
  CHECK(one.share_above(10s) == 1);
}

TEST_CASE("an unfinished request longer than all others hides the upper percentiles") {
  const Tally tally = tally_of({1s, 2s, 3s}, {10s});
  CHECK(*tally.quantile(0.25) == exactly(1s));
  CHECK(*tally.quantile(0.5) == exactly(2s));
  CHECK(*tally.quantile(0.75) == exactly(3s));
  CHECK(*tally.quantile(0.76) == more_than(10s));
  CHECK(*tally.mean() == Approx(2));
  CHECK(*tally.max() == 3s);
}

TEST_CASE("the unfinished that matter take longer than all that finished") {
  // Half of the requests are given up after a second: those that stay end a little later.
  const Tally impatient = tally_of({100ms, 200ms, 1050ms, 1080ms}, {1s, 1s, 1s, 1s});
  CHECK(*impatient.quantile(0.95) == exactly(1080ms));
  REQUIRE(impatient.unfinished() == Unfinished::stay);
  CHECK(*impatient.quantile(0.25, Unfinished::stay) == exactly(200ms));
  CHECK(*impatient.quantile(0.5, Unfinished::stay) == exactly(1080ms));
  CHECK(*impatient.quantile(0.51, Unfinished::stay) == more_than(1080ms));
  CHECK(impatient.share_above(2s, Unfinished::stay) == 0.5);
  // What is always under way when a run ends does not.
  CHECK(tally_of(std::vector<Duration>(100, 1s), {500ms}).unfinished() == Unfinished::leave);
}

TEST_CASE("when the longest of all finished, no percentile is hidden") {
  const Tally tally = tally_of({1s, 4s}, {2s, 3s});
  // The two unfinished leave their weight to the fourth: 1/4 at 1 s, 3/4 at 4 s.
  CHECK(*tally.quantile(0.25) == exactly(1s));
  CHECK(*tally.quantile(0.26) == exactly(4s));
  CHECK(*tally.quantile(1) == exactly(4s));
  CHECK(tally.share_above(1s) == 0.75);
  CHECK(tally.share_above(3999ms) == 0.75);
  CHECK(tally.share_above(4s) == 0);
}

TEST_CASE("at equal values the finished come before the unfinished") {
  // At 2 s three are at risk: one of them ends, so that 3/4 * 2/3 = 1/2 take longer.
  const Tally tally = tally_of({1s, 2s, 5s}, {2s});
  CHECK(tally.share_above(2s) == Approx(0.5));
  CHECK(*tally.quantile(0.5) == exactly(2s));
  CHECK(*tally.quantile(0.51) == exactly(5s));
}

TEST_CASE("an unfinished request as old as the longest finished one takes longer") {
  const Tally tally = tally_of({1s, 2s}, {2s});
  CHECK(*tally.quantile(0.66) == exactly(2s));
  CHECK(*tally.quantile(0.67) == more_than(2s));
  CHECK(tally.share_above(2s) == Approx(1 / 3.0));
}

TEST_CASE("an unfinished request in the bucket of the longest finished one hides nothing") {
  const Tally tally = tally_of({1s, 10'000'002us}, {10'000'001us});
  CHECK(Histogram::index_of(10'000'001us) == Histogram::index_of(10'000'002us));
  CHECK(*tally.quantile(1) == exactly(10'000'002us));
  CHECK(*tally.quantile(0.9) == exactly(10'000'002us));
}

// Freireich et al., Blood 21, 1963; table 1.1 and the estimate in Cox and Oakes, Analysis of
// Survival Data, 1984: weeks of remission of 21 leukaemia patients under 6-MP, here in nanoseconds.
TEST_CASE("the product-limit estimate of a textbook comes out") {
  const Tally patients =
      tally_of({6ns, 6ns, 6ns, 7ns, 10ns, 13ns, 16ns, 22ns, 23ns},
               {6ns, 9ns, 10ns, 11ns, 17ns, 19ns, 20ns, 25ns, 32ns, 32ns, 34ns, 35ns});
  CHECK(patients.count() == 21);
  struct {
    Duration t;
    double share;
  } const table[] = {{5ns, 1},      {6ns, 0.857},  {7ns, 0.807},  {10ns, 0.753}, {13ns, 0.690},
                     {16ns, 0.627}, {22ns, 0.538}, {23ns, 0.448}, {34ns, 0.448}};
  for (const auto& [t, share] : table) CHECK(patients.share_above(t) == Approx(share).margin(5e-4));
  CHECK(*patients.quantile(0.1) == exactly(6ns));
  CHECK(*patients.quantile(0.25) == exactly(13ns));
  CHECK(*patients.quantile(0.5) == exactly(23ns));
  CHECK(*patients.quantile(0.55) == exactly(23ns));
  CHECK(*patients.quantile(0.56) == more_than(35ns));
}

TEST_CASE(
    "the mean is that of the estimate: the unfinished would have taken as long as longer ones") {
  // Three that end and one under way at 2 s, which ends as those do that take longer.
  CHECK(*tally_of({1s, 2s, 4s}, {2s}).estimated_mean() == Approx((1.0 + 2 + 4 + 4) / 4));
  // What all take is exactly the mean, however young the unfinished are.
  CHECK(*tally_of({500ms, 500ms, 500ms}, {3ms, 499ms}).estimated_mean() == 0.5);
  // Who is older than all that ended counts with its age.
  CHECK(*tally_of({1s, 3s}, {8s}).estimated_mean() == Approx(4));
  CHECK(tally_of({1s, 2s}, {}).estimated_mean() == tally_of({1s, 2s}, {}).mean());
  CHECK_FALSE(Tally().estimated_mean());
}

TEST_CASE("without unfinished requests a quantile is the order statistic") {
  std::vector<Duration> values;
  RandomStream stream(1, 0, entity_id("tally"), Purpose::service);
  for (int i = 0; i < 101; ++i) {
    values.push_back(Distribution::exponential(50ms).sample(stream));
  }
  const Tally tally = tally_of(values, {});
  std::sort(values.begin(), values.end());
  CHECK(tally.quantile(0)->value == values.front());
  CHECK(tally.quantile(1)->value == values.back());
  CHECK(tally.quantile(0.5)->value == values[50]);
  for (std::size_t rank = 1; rank <= 101; ++rank) {
    const Quantile quantile = *tally.quantile(static_cast<double>(rank) / 101);
    CHECK(quantile.value.count() == Approx(values[rank - 1].count()).epsilon(0.004));
    CHECK(tally.share_above(quantile.value) == Approx(1 - static_cast<double>(rank) / 101));
  }
}

TEST_CASE("random ends of observation leave the estimate where the whole truth is") {
  RandomStream stream(1, 0, entity_id("censoring"), Purpose::service);
  const Distribution service = Distribution::exponential(100ms);
  const Distribution patience = Distribution::exponential(200ms);
  Tally tally;
  for (int i = 0; i < 100000; ++i) {
    const Duration time = service.sample(stream);
    const Duration end = patience.sample(stream);
    time <= end ? tally.add(time) : tally.add_censored(end);
  }
  CHECK(tally.censored() == Approx(33333).epsilon(0.02));
  for (const double p : {0.1, 0.5, 0.9, 0.99}) {
    const auto truth = static_cast<double>(service.quantile(p).count());
    CHECK(static_cast<double>(tally.quantile(p)->value.count()) == Approx(truth).epsilon(0.03));
  }
}

TEST_CASE("tallies merge in any order") {
  const Tally a = tally_of({1s, 5s}, {2s});
  const Tally b = tally_of({3s}, {9s, 1s});
  Tally ab = a;
  ab.merge(b);
  Tally ba = b;
  ba.merge(a);
  CHECK(ab == ba);
  CHECK(ab == tally_of({1s, 3s, 5s}, {9s, 1s, 2s}));
}

}  // namespace
}  // namespace sixslots::sim

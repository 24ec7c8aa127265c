#include <cmath>

#include "scenarios/measures.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/parallel.hpp"
#include "scenarios/statistics/diagnosis.hpp"
#include "scenarios/statistics/fisher_test.hpp"
#include "scenarios/statistics/interval.hpp"
#include "scenarios/statistics/quantile_interval.hpp"
#include "scenarios/statistics/student_t.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"

namespace sixslots::scenarios {
namespace {

TEST_CASE("quantiles of Student's t are those of the tables") {
  CHECK(std::abs(student_t(0.95, 4) - 2.776445) < 1e-6);
  CHECK(std::abs(student_t(0.95, 9) - 2.262157) < 1e-6);
  CHECK(std::abs(student_t(0.95, 19) - 2.093024) < 1e-6);
  CHECK(std::abs(student_t(0.95, 29) - 2.045230) < 1e-6);
  CHECK(std::abs(student_t(0.9999, 19) - 4.8973) < 1e-3);
  CHECK(std::abs(student_t(0.95, 1) - 12.706205) < 1e-5);
}

TEST_CASE("the tail of Student's t is half at zero, and Cauchy's with one degree") {
  CHECK(std::abs(student_t_tail(0.0, 19) - 0.5) < 1e-12);
  CHECK(std::abs(student_t_tail(1.0, 1) - 0.25) < 1e-12);
}

TEST_CASE("an interval takes n - 1, and Student's t instead of the normal law") {
  const std::vector<double> values{1.0, 2.0, 3.0, 4.0, 5.0};
  const Estimate mean = estimate(values);
  CHECK(mean.value == 3.0);
  CHECK(std::abs(mean.error - std::sqrt(2.5 / 5.0)) < 1e-12);
  const Interval interval = mean.interval();
  CHECK(std::abs(interval.half_width() - 2.776445 * std::sqrt(0.5)) < 1e-5);
}

TEST_CASE("a replication with more requests weighs more, and one with none nothing") {
  const std::vector<Weighted> values{{1.0, 10.0}, {4.0, 20.0}, {99.0, 0.0}};
  CHECK(estimate(values).value == 3.0);
}

TEST_CASE("Fisher's exact test sums the tables that are no likelier") {
  // The first is the tea of Fisher, 1935; the others were summed with whole numbers.
  CHECK(fisher_test({3, 4}, {1, 4}) == Approx(34.0 / 70.0));
  CHECK(fisher_test({0, 20}, {5, 20}) == Approx(0.0471240471).epsilon(1e-6));
  CHECK(fisher_test({1, 10}, {11, 14}) == Approx(0.0027594561).epsilon(1e-6));
  CHECK(fisher_test({0, 540}, {1, 540}) == Approx(1.0));
  CHECK(fisher_test({0, 100'000}, {20, 100'000}) < 1e-5);
  CHECK(fisher_test({5, 100}, {5, 100}) == Approx(1.0));
  CHECK(fisher_test({0, 0}, {3, 10}) == Approx(1.0));
}

/// The mean of 1000 waits of 10 ms and of some that were unfinished at some age.
MetricValue mean_with_unfinished(int unfinished, sim::Duration age) {
  models::Observations seen;
  seen.flows.resize(1);
  for (int i = 0; i < 1000; ++i) seen.flows[0].stalled.add(std::chrono::milliseconds(10));
  for (int i = 0; i < unfinished; ++i) seen.flows[0].stalled.add_censored(age);
  const Pooled pooled(seen, 10.0);
  const Scenario scenario = polls("60/s", "duration = \"10s\"\n");
  return measure_of(*find_metric(metrics_of(scenario), "poll.stalled.mean"), scenario).of(pooled);
}

TEST_CASE("a few requests under way at the end do not make a mean a bound; more or old ones do") {
  using namespace std::chrono_literals;
  using Kind = MetricValue::Kind;
  CHECK(mean_with_unfinished(0, 10ms).kind == Kind::exact);
  CHECK(mean_with_unfinished(5, 10ms).kind == Kind::exact);
  CHECK(mean_with_unfinished(6, 10ms).kind == Kind::at_least);
  CHECK(mean_with_unfinished(1, 1s).kind == Kind::at_least);
}

Tail tail_of(const sim::Tally& tally, sim::Unfinished unfinished = sim::Unfinished::leave) {
  const sim::Tally* const one = &tally;
  return Tail(sim::PackedTallies({&one, 1})[0], unfinished);
}

TEST_CASE("a percentile that no time is too long for has no interval") {
  // One request in ten has no end, more or less by luck; which share of all, nobody can tell.
  std::vector<Tail> tails;
  for (int replication = 0; replication < 5; ++replication) {
    sim::Tally tally;
    for (int i = 0; i < 90; ++i) tally.add(std::chrono::milliseconds(10));
    for (int i = 0; i < 8 + replication; ++i) tally.add_censored(std::chrono::seconds(10));
    tails.push_back(tail_of(tally, sim::Unfinished::stay));
  }
  CHECK_FALSE(quantile_interval(tails, 0.90, 0.01, student_t(0.95, 4)));
}

TEST_CASE("the quantile interval closes around the quantile of an exponential law") {
  std::vector<sim::Tally> tallies(20);
  for (std::size_t r = 0; r < tallies.size(); ++r) {
    sim::RandomStream stream(7, static_cast<std::uint32_t>(r), 1, sim::Purpose::service);
    for (int i = 0; i < 5000; ++i) {
      const double seconds = -0.1 * sim::log(stream.uniform());
      tallies[r].add(sim::Duration(static_cast<std::int64_t>(seconds * 1e9)));
    }
  }
  sim::Tally all;
  std::vector<Tail> tails;
  for (const sim::Tally& one : tallies) {
    tails.push_back(tail_of(one));
    all.merge(one);
  }
  const double value = sim::seconds(all.quantile(0.99)->value);
  const Interval interval = quantile_interval(tails, 0.99, value, student_t(0.95, 19)).value();
  CHECK(interval.holds(0.1 * std::log(100.0)));
  CHECK(interval.holds(value));
  // 1000 exceedances of independent requests: 2.09 / sqrt(1000) of the mean, give or take.
  CHECK(interval.half_width() < 0.012);
  CHECK(interval.half_width() > 0.003);
}

TEST_CASE("a tail knows shares as the tally does") {
  sim::Tally tally;
  for (int i = 1; i <= 100; ++i) tally.add(std::chrono::milliseconds(10 * i));
  const Tail tail = tail_of(tally);
  CHECK(tail.share_above(0.005) == 1.0);
  CHECK(std::abs(tail.share_above(0.5) - 0.5) < 1e-9);
  CHECK(std::abs(tail.share_above(0.505) - 0.5) < 1e-9);
  CHECK(tail.share_above(1.0) == 0.0);
  CHECK(exceedances(tally, 1, 0.95) == Approx(5.0));
}

TEST_CASE("the autocorrelation time of a moving sum is its width's") {
  // Levels that keep the average of 20 independent numbers: sum of autocorrelations 20.
  std::vector<Segments> replications(10);
  for (std::size_t r = 0; r < replications.size(); ++r) {
    sim::RandomStream stream(3, static_cast<std::uint32_t>(r), 1, sim::Purpose::choice);
    std::vector<double> noise;
    for (int i = 0; i < 4096 + 20; ++i) noise.push_back(stream.uniform());
    Segments& one = replications[r];
    one.seconds = 0.5;
    for (std::size_t i = 0; i < 4096; ++i) {
      double level = 0.0;
      for (std::size_t k = 0; k < 20; ++k) level += noise[i + k];
      one.under_way.push_back(level);
      one.level += level / 4096.0;
    }
  }
  CHECK(autocorrelation_time(replications) == Approx(0.5 * 10.0).epsilon(0.25));
}

TEST_CASE("results of several threads come in order, and errors in their turn") {
  for (const int threads : {1, 2, 16}) {
    std::vector<std::size_t> seen;
    InOrder<std::size_t> all(100, [](std::size_t i, std::size_t& square) { square = i * i; });
    all.run(threads, [&](std::size_t i, std::size_t square) {
      CHECK(square == i * i);
      seen.push_back(i);
    });
    CHECK(seen.size() == 100);
    CHECK(std::ranges::is_sorted(seen));
    std::size_t taken = 0;
    InOrder<int> failing(100, [](std::size_t i, int&) {
      if (i == 30) throw std::runtime_error("thirty");
    });
    CHECK_THROWS_AS(failing.run(threads, [&](std::size_t, int) { ++taken; }), std::runtime_error);
    CHECK(taken == 30);
    // Ctrl-C: what the taker throws ends it.
    InOrder<int> stopped(100, [](std::size_t, int&) {});
    CHECK_THROWS_AS(stopped.run(threads,
                                [](std::size_t i, int) {
                                  if (i == 5) throw 5;
                                }),
                    int);
  }
}

}  // namespace
}  // namespace sixslots::scenarios

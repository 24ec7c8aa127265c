#include "scenarios/statistics/scaling.hpp"

#include <cmath>

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "tests/catch.hpp"

namespace sixslots::scenarios {
namespace {

using Levels = std::vector<std::vector<double>>;

TEST_CASE("the slope of an exact line comes back") {
  const std::vector<double> x{1, 2, 3, 5, 8, 13};
  Levels levels;
  for (const double at : x) levels.push_back(std::vector<double>(10, 0.5 + 0.25 * at));
  const Scaling found = scaling(x, levels);
  CHECK(std::abs(found.slope - 0.25) < 1e-9);
  CHECK_FALSE(found.breaks);
  CHECK(std::abs(found.interval->low - 0.25) < 1e-9);
}

TEST_CASE("the slope, the break and the plateau of a pool come back") {
  std::vector<double> x;
  Levels levels;
  for (int rows = 1; rows <= 64; ++rows) {
    x.push_back(rows);
    levels.push_back(std::vector<double>(5, std::min(rows, 6)));
  }
  const Scaling found = scaling(x, levels);
  CHECK(std::abs(found.slope - 1.0) < 1e-9);
  CHECK(found.levels_off());
  CHECK(found.break_at == 6.0);
  CHECK(std::abs(found.plateau - 6.0) < 1e-9);
}

/// At 1, 2, ... 20 rows, in five replications.
Scaling scaling_to_twenty(double (*level)(double)) {
  std::vector<double> x;
  Levels levels;
  for (int rows = 1; rows <= 20; ++rows) {
    x.push_back(rows);
    levels.push_back(std::vector<double>(5, level(rows)));
  }
  return scaling(x, levels);
}

TEST_CASE("a slope is that up to the break, where another one follows") {
  const Scaling found =
      scaling_to_twenty([](double x) { return std::min(x, 8.0) + 0.25 * std::max(x - 8.0, 0.0); });
  CHECK(found.breaks);
  CHECK_FALSE(found.levels_off());
  CHECK(found.break_at == 8.0);
  CHECK(std::abs(found.slope - 1.0) < 1e-9);
  CHECK(std::abs(found.beyond - 0.25) < 1e-9);
  CHECK(std::abs(found.interval->low - 1.0) < 1e-9);
}

TEST_CASE("a level that falls has its slope up to where it falls no more") {
  const Scaling found = scaling_to_twenty([](double x) { return 9.0 - 0.5 * std::min(x, 12.0); });
  CHECK(found.levels_off());
  CHECK(found.break_at == 12.0);
  CHECK(std::abs(found.slope + 0.5) < 1e-9);
  CHECK(std::abs(found.plateau - 3.0) < 1e-9);
}

TEST_CASE("a pool that is full between two numbers has the slope of those before") {
  const std::vector<double> x{1, 2, 4, 8, 16, 32};
  Levels levels;
  for (const double at : x) levels.push_back(std::vector<double>(5, std::min(0.4 + at, 6.0)));
  const Scaling found = scaling(x, levels);
  CHECK(found.levels_off());
  CHECK_FALSE(found.at_least);
  CHECK(found.slope == Approx(1.0));
  CHECK(found.break_at == Approx(5.6));
  CHECK(found.plateau == Approx(6.0));
  CHECK(found.interval->low == Approx(1.0));
}

TEST_CASE("a pool that is full at the second number has at least the slope up to it") {
  const std::vector<double> x{1, 2, 4, 8, 16, 32};
  Levels levels;
  for (const double at : x) levels.push_back(std::vector<double>(5, std::min(4.0 * at, 6.0)));
  const Scaling found = scaling(x, levels);
  CHECK(found.levels_off());
  CHECK(found.at_least);
  CHECK(found.slope == Approx(2.0));
}

TEST_CASE("noise about a line is no second slope") {
  constexpr int runs = 200;
  int broken = 0;
  for (int run = 0; run < runs; ++run) {
    sim::RandomStream stream(12, static_cast<std::uint32_t>(run), 1, sim::Purpose::choice);
    std::vector<double> x;
    Levels levels;
    for (int at = 1; at <= 10; ++at) {
      x.push_back(at);
      levels.push_back(std::vector<double>(5, at + sim::normal_quantile(stream.uniform())));
    }
    const Scaling found = scaling(x, levels);
    if (found.breaks && !found.levels_off()) ++broken;
  }
  CHECK(broken <= 0.05 * runs);
}

TEST_CASE("a level that does not grow has no break") {
  const std::vector<double> x{1, 2, 3, 4, 5, 6, 7, 8};
  const Levels levels(8, std::vector<double>(5, 1.0));
  const Scaling found = scaling(x, levels);
  CHECK(found.slope == 0.0);
  CHECK_FALSE(found.breaks);
}

TEST_CASE("the slope's interval holds the truth in 93 to 97 of 100 noisy lines") {
  const std::vector<double> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  constexpr int runs = 1000;
  int held = 0;
  for (int run = 0; run < runs; ++run) {
    sim::RandomStream stream(11, static_cast<std::uint32_t>(run), 1, sim::Purpose::choice);
    Levels levels;
    for (const double at : x) {
      std::vector<double> values;
      for (int r = 0; r < 10; ++r) {
        values.push_back(2.0 * at + sim::normal_quantile(stream.uniform()));
      }
      levels.push_back(values);
    }
    const Scaling found = scaling(x, levels);
    if (found.interval->holds(2.0)) ++held;
  }
  CHECK(held >= 930);
  CHECK(held <= 970);
}

}  // namespace
}  // namespace sixslots::scenarios

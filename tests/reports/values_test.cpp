#include "reports/values.hpp"

#include <limits>

#include "reports/comparison_words.hpp"
#include "tests/catch.hpp"

namespace sixslots::reports {

using scenarios::MetricInfo;
using scenarios::MetricValue;
using Unit = MetricInfo::Unit;
using Kind = MetricValue::Kind;

TEST_CASE("durations are as exact as a person reads") {
  CHECK(short_duration(0.0) == "0 ms");
  CHECK(short_duration(0.0031) == "3.1 ms");
  CHECK(short_duration(0.1652) == "165 ms");
  CHECK(short_duration(0.9996) == "1.0 s");
  CHECK(short_duration(2.94) == "2.9 s");
  CHECK(short_duration(58.0) == "58 s");
  CHECK(short_duration(3600.0) == "60 min");
}

TEST_CASE("a censored value is a bound or never, and nothing measured is a dash") {
  const MetricInfo latency{"click.latency.p95", Unit::duration, ""};
  CHECK(short_value({latency, Kind::exact, 0.165}) == "165 ms");
  CHECK(short_value({latency, Kind::never, 50.0}) == "never");
  CHECK(short_value({latency, Kind::none, 0.0}) == "–");
}

TEST_CASE("a bound is rounded down, so that it stays true") {
  const MetricInfo latency{"click.latency.p95", Unit::duration, ""};
  CHECK(short_value({latency, Kind::at_least, 58.9}) == "> 58 s");
  CHECK(short_value({latency, Kind::at_least, 0.9}) == "> 900 ms");
}

TEST_CASE("a share is nothing or everything only when it is") {
  CHECK(short_value(Unit::ratio, 0.0) == "0 %");
  CHECK(short_value(Unit::ratio, 0.001) == "<1 %");
  CHECK(short_value(Unit::ratio, 0.996) == "99 %");
  CHECK(short_value(Unit::ratio, 1.0) == "100 %");
}

TEST_CASE("a zero has no minus") {
  CHECK(short_value(Unit::connections_per_row, -0.001) == "0.00");
  CHECK(short_value(Unit::connections_per_row, -0.01) == "-0.01");
}

TEST_CASE("other units") {
  CHECK(short_value(Unit::count, 6.0) == "6");
  CHECK(short_value(Unit::count, 2.25) == "2.2");
  CHECK(short_value(Unit::rate, 3.44) == "3.4/s");
  CHECK(short_value(Unit::byte_rate, 2300.0) == "2.3 kB/s");
  CHECK(short_value(Unit::connections_per_row, 1.0) == "1.00");
  CHECK(short_value(Unit::count, std::numeric_limits<double>::infinity()) == "–");
}

TEST_CASE(
    "a difference has the figures of its interval, and a bound is not rounded beyond itself") {
  using scenarios::PairedDifference;
  using Bound = PairedDifference::Bound;
  PairedDifference fewer;
  fewer.value = -4.971;
  CHECK(difference_text(Unit::count, fewer) == "-5.0");
  fewer.interval = scenarios::Interval{-4.974, -4.968};
  CHECK(difference_text(Unit::count, fewer) == "-4.97");
  CHECK(difference_interval_text(Unit::count, fewer) == "[-4.97, -4.97]");

  const auto bound = [](double value, Bound which) {
    PairedDifference difference;
    difference.value = value;
    difference.bound = which;
    return difference_text(Unit::duration, difference);
  };
  CHECK(bound(-30.8, Bound::at_most) == "< -30 s");
  CHECK(bound(30.8, Bound::at_least) == "> +30 s");
  CHECK(bound(-30.8, Bound::at_least) == "> -31 s");
}

}  // namespace sixslots::reports

#include "sim/math.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/random.hpp"
#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int trials = 100000;

/// How far a result is off, in units of the last place of the truth.
double ulps(double result, long double truth) {
  int exponent = 0;
  std::frexp(static_cast<double>(truth), &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::abs((static_cast<long double>(result) - truth) / ulp));
}

/// The worst error of a function against the C library's in long double, over drawn arguments.
template <class Draw, class Function, class Truth>
double worst(Draw draw, Function function, Truth truth) {
  RandomStream stream(1, 0, entity_id("math"), Purpose::choice);
  double most = 0;
  for (int i = 0; i < trials; ++i) {
    const double x = draw(stream);
    most = std::max(most, ulps(function(x), truth(static_cast<long double>(x))));
  }
  return most;
}

auto between(double low, double high) {
  return [=](RandomStream& stream) { return low + (high - low) * stream.uniform(); };
}

/// Around a point, at every distance.
auto close_to(double point) {
  return [=](RandomStream& stream) {
    const double distance = std::ldexp(stream.uniform(), -static_cast<int>(stream.below(60)));
    return stream.below(2) == 0 ? point + distance / 2 : point - distance / 2;
  };
}

/// Any positive finite double.
double any_double(RandomStream& stream) {
  for (;;) {
    const auto x = std::bit_cast<double>(stream.bits() >> 1);
    if (x > 0 && x < infinity) return x;
  }
}

double subnormal(RandomStream& stream) {
  return std::bit_cast<double>((stream.bits() >> (12 + stream.below(50))) + 1);
}

const auto our_log = [](double x) { return log(x); };
const auto our_exp = [](double x) { return exp(x); };
const auto true_log = [](long double x) { return std::log(x); };
const auto true_exp = [](long double x) { return std::exp(x); };

TEST_CASE("log is right to the last place") {
  CHECK(worst(any_double, our_log, true_log) < 0.8);
  CHECK(worst(subnormal, our_log, true_log) < 0.8);
  CHECK(worst(between(0, 1), our_log, true_log) < 0.8);
  CHECK(worst(close_to(1), our_log, true_log) < 0.8);
}

TEST_CASE("exp is right to the last place") {
  CHECK(worst(between(-708, 709.7), our_exp, true_exp) < 0.8);
  CHECK(worst(between(-745, -708), our_exp, true_exp) < 0.8);
  CHECK(worst(close_to(0), our_exp, true_exp) < 0.8);
}

TEST_CASE("expm1 and log1p keep their places around zero") {
  const auto our_expm1 = [](double x) { return expm1(x); };
  const auto true_expm1 = [](long double x) { return std::expm1(x); };
  const auto true_log1p = [](long double x) { return std::log1p(x); };
  CHECK(worst(close_to(0), our_expm1, true_expm1) < 1.2);
  CHECK(worst(between(-50, 700), our_expm1, true_expm1) < 1.2);
  CHECK(worst(close_to(0), log1p, true_log1p) < 0.7);
  CHECK(worst(between(-0.999, 100), log1p, true_log1p) < 0.7);
}

TEST_CASE("pow is right to the last place, however large its logarithm") {
  for (const double y : {-20.0, -1 / 2.5, 1 / 0.7, 2.0, 100.0}) {
    const auto power = [=](double x) { return pow(x, y); };
    const auto truth = [=](long double x) { return std::pow(x, static_cast<long double>(y)); };
    CHECK(worst(between(1e-3, 1000), power, truth) < 0.72);
  }
}

TEST_CASE("log, exp and pow know the ends of their range") {
  CHECK(log(0.0) == -infinity);
  CHECK(log(infinity) == infinity);
  CHECK(log(1.0) == 0);
  CHECK(exp(0.0) == 1);
  CHECK(exp(-infinity) == 0);
  CHECK(exp(710.0) == infinity);
  CHECK(std::isnan(exp(std::numeric_limits<double>::quiet_NaN())));
  CHECK(pow(2, 10) == 1024);
  CHECK(pow(0.5, 2000) == 0);
  CHECK(pow(10, 400) == infinity);
  CHECK(pow(7, 0) == 1);
}

TEST_CASE("precise_log carries ten bits more than a double") {
  RandomStream stream(1, 0, entity_id("precise"), Purpose::choice);
  for (int i = 0; i < trials; ++i) {
    const double x = i % 2 == 0 ? any_double(stream) : close_to(1)(stream);
    const DoubleDouble result = precise_log({x, 0});
    const long double truth = std::log(static_cast<long double>(x));
    const long double error = (static_cast<long double>(result.high) - truth) + result.low;
    if (std::abs(error) > std::abs(truth) * 0x1p-62L) FAIL("x = " << x);
  }
}

TEST_CASE("normal_quantile agrees with fifty-digit values") {
  struct {
    double p;
    double z;
  } const table[] = {
      {0x1p-54, -8.2923610758135955},      {1e-10, -6.3613409024040562},
      {0.001, -3.0902323061678135},        {0.05, -1.6448536269514727},
      {0.075, -1.4395314709384559},        {0.0750000001, -1.4395314702320188},
      {0.3, -0.52440051270804082},         {0.5, 0},
      {0.5000001, 2.5066282733116483e-07}, {0.95, 1.6448536269514723},
      {0.975, 1.9599639845400539},         {0.99, 2.3263478740408408},
  };
  for (const auto& [p, z] : table) CHECK(ulps(normal_quantile(p), z) < 2.5);
}

TEST_CASE("the normal distribution function takes normal_quantile back") {
  RandomStream stream(1, 0, entity_id("quantile"), Purpose::choice);
  long double worst_error = 0;
  long double sum = 0;
  for (int i = 0; i < trials; ++i) {
    const double p = stream.uniform_at(static_cast<std::uint64_t>(i)) / (i % 2 == 0 ? 2 : 0x1p30);
    if (p < 0x1p-54) continue;
    const DoubleDouble quantile = precise_normal_quantile({p, 0});
    const long double z = static_cast<long double>(quantile.high) + quantile.low;
    const long double back = std::erfc(-z / std::sqrt(2.0L)) / 2;
    const long double density = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0L));
    const long double error = std::abs((back - p) / density);
    worst_error = std::max(worst_error, error);
    sum += error;
  }
  CHECK(static_cast<double>(worst_error) < 2.5e-16);
  CHECK(static_cast<double>(sum / trials) < 4e-17);
}

TEST_CASE("gamma is factorial between and at the integers") {
  CHECK(gamma(1) == Approx(1).epsilon(3e-15));
  CHECK(gamma(5) == Approx(24).epsilon(3e-15));
  CHECK(gamma(1.5) == Approx(0.88622692545275801365).epsilon(3e-15));
  const auto true_gamma = [](long double x) { return std::tgamma(x); };
  CHECK(worst(between(1, 170), gamma, true_gamma) < 16);
}

}  // namespace
}  // namespace sixslots::sim

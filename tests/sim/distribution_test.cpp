#include "sim/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;

const Distribution laws[] = {
    Distribution::constant(50ms),
    Distribution::exponential(50ms),
    Distribution::uniform(20ms, 5s),
    Distribution::lognormal_mean_scv(50ms, 2),
    Distribution::lognormal_median_p95(35ms, 120ms),
    Distribution::pareto(2.5, 30ms),
    Distribution::lomax(2.5, 75ms),
    Distribution::weibull(0.7, 50ms),
    Distribution::erlang(1, 50ms),
    Distribution::erlang(3, 50ms),
    Distribution::erlang(100, 50ms),
    Distribution::hyperexponential(0.9, 20ms, 320ms),
    Distribution::hyperexponential(0.001, 30s, 50ms),
};

TEST_CASE("each law has the mean and the variation it claims") {
  // The integral of x(u) over (0, 1), with u = t^6 so that heavy tails at u = 0 come out.
  const int n = 4000;
  for (const Distribution& law : laws) {
    double mean = 0;
    double square = 0;
    for (int i = 0; i < n; ++i) {
      const double t = (i + 0.5) / n;
      if (std::pow(t, 6) < 0x1p-54) continue;
      const double weight = 6 * std::pow(t, 5) / n;
      const double x = law.nanoseconds_at({std::pow(t, 6), 0}) / 1e9;
      mean += weight * x;
      square += weight * x * x;
    }
    INFO("law " << static_cast<int>(law.kind()));
    CHECK(mean == Approx(law.mean()).epsilon(1e-3));
    CHECK(square / (mean * mean) - 1 == Approx(law.scv()).epsilon(1e-2).margin(1e-5));
  }
}

TEST_CASE("the tails are as heavy as their parameters say") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(Distribution::pareto(1, 1s).mean() == infinity);
  CHECK(Distribution::pareto(1.5, 1s).mean() == Approx(3));
  CHECK(Distribution::pareto(2, 1s).scv() == infinity);
  CHECK(Distribution::lomax(1, 1s).mean() == infinity);
  CHECK(Distribution::lomax(2, 1s).scv() == infinity);
}

TEST_CASE("variates move one way with u, also across the seams of the approximations") {
  for (const Distribution& law : laws) {
    const bool grows = law.kind() == Distribution::Kind::uniform;
    Duration last = law.sample_at(0x1p-54);
    for (double u = 0x1p-50; u < 1; u += std::max(u / 100, 1e-4)) {
      const Duration next = law.sample_at(u);
      if (grows ? next < last : next > last) FAIL(static_cast<int>(law.kind()) << " at " << u);
      last = next;
    }
  }
}

TEST_CASE("an Erlang variate is exceeded with the probability it stands for") {
  for (const double u : {1e-15, 1e-6, 0.1, 0.499999, 0.5, 0.500001, 0.9, 0.999}) {
    const double x = Distribution::erlang(3, 3s).nanoseconds_at({u, 0}) / 1e9;
    CHECK(std::exp(-x) * (1 + x + x * x / 2) == Approx(u).epsilon(1e-12));
    const double alone = Distribution::erlang(1, 3s).nanoseconds_at({u, 0});
    CHECK(alone == Approx(Distribution::exponential(3s).nanoseconds_at({u, 0})).epsilon(1e-14));
  }
}

TEST_CASE("a hyperexponential variate is exceeded with the probability it stands for") {
  const Distribution law = Distribution::hyperexponential(0.9, 20ms, 320ms);
  for (const double u : {1e-15, 1e-6, 0.05, 0.1, 0.5, 0.9, 0.999}) {
    const double x = law.nanoseconds_at({u, 0}) / 1e9;
    CHECK(0.9 * std::exp(-x / 0.02) + 0.1 * std::exp(-x / 0.32) == Approx(u).epsilon(1e-12));
  }
}

TEST_CASE("every compiler and C library draws the same nanoseconds") {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const Distribution& law : laws) {
    RandomStream stream(42, 0, 7, Purpose::service);
    for (int i = 0; i < 10000; ++i) {
      hash = (hash ^ static_cast<std::uint64_t>(law.sample(stream).count())) * 0x100000001b3;
    }
  }
  CHECK(hash == 0x28d6e2e6705b7df2);
}

TEST_CASE("durations round half up and stop at half of what they hold") {
  CHECK(Distribution::uniform(0ns, 1ns).sample_at(0.5) == 1ns);
  CHECK(Distribution::uniform(0ns, 1ns).sample_at(0.49999999999999994) == 0ns);
  CHECK(Distribution::uniform(2ns, 3ns).sample_at(0.5) == 3ns);
  CHECK(Distribution::pareto(0.01, 1s).sample_at(1e-10) == Duration::max() / 2);
}

TEST_CASE("laws without spread give their only value") {
  CHECK(Distribution{} == Distribution::constant(0ns));
  for (const double u : {0x1p-54, 0.3, 1 - 0x1p-53}) {
    CHECK(Distribution::constant(7ms).sample_at(u) == 7ms);
    CHECK(Distribution::exponential(0ns).sample_at(u) == 0ns);
    CHECK(Distribution::uniform(7ms, 7ms).sample_at(u) == 7ms);
    CHECK(Distribution::lognormal_mean_scv(7ms, 0).sample_at(u) == 7ms);
    CHECK(Distribution::lognormal_mean_scv(0ms, 2).sample_at(u) == 0ms);
    CHECK(Distribution::lognormal_median_p95(7ms, 7ms).sample_at(u) == 7ms);
    CHECK(Distribution::erlang(2, 0ns).sample_at(u) == 0ns);
  }
}

TEST_CASE("a lognormal law has the median and the 95th percentile it is made of") {
  const Distribution law = Distribution::lognormal_median_p95(35ms, 120ms);
  CHECK(law.quantile(0.5) == 35ms);
  CHECK(law.quantile(0.95) == 120ms);
  CHECK(law.parameters()[0] == Approx(0.035));
  CHECK(law.parameters()[1] == Approx(std::log(120.0 / 35) / 1.6448536269514722));
}

TEST_CASE("a sample takes one number from the stream, whatever the law") {
  for (const Distribution& law : laws) {
    RandomStream stream(1, 0, 0, Purpose::service);
    const RandomStream from_start = stream;
    CHECK(law.sample(stream) == law.sample_at(from_start.exact_uniform_at(0)));
    CHECK(stream.bits() == from_start.bits_at(1));
  }
}

}  // namespace
}  // namespace sixslots::sim

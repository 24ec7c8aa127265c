#include "sim/variates.hpp"

#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "sim/distribution.hpp"
#include "tests/catch.hpp"
#include "tests/sim/allocations.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;

/// One line of variates.csv, computed with fifty digits by another program.
struct KnownVariate {
  RandomStream stream;
  std::uint64_t draw;
  std::uint64_t bits;
  double u;
  std::string law;
  long double seconds;
  Duration rounded;
};

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> result(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  return result;
}

KnownVariate parse(const std::string& line) {
  const std::vector<std::string> f = fields(line);
  const auto word = [&](std::size_t i) { return static_cast<std::uint32_t>(std::stoul(f[i])); };
  return {RandomStream(std::stoull(f[0]), word(1), word(2), Purpose{word(3)}),
          word(4),
          std::stoull(f[5], nullptr, 16),
          std::stod(f[6]),
          f[7].substr(0, f[7].find(" =")),
          std::stold(f[8]),
          Duration{std::stoll(f[9])}};
}

std::vector<KnownVariate> known_variates() {
  std::ifstream file(SIXSLOTS_TEST_DATA "/variates.csv");
  std::vector<KnownVariate> variates;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) variates.push_back(parse(line));
  return variates;
}

Distribution named(const std::string& law) {
  if (law == "Exp(mean=0.05)") return Distribution::exponential(50ms);
  if (law == "Uniform(0,5)") return Distribution::uniform(0s, 5s);
  if (law == "Pareto(alpha=2.5,xmin=0.03)") return Distribution::pareto(2.5, 30ms);
  if (law == "Weibull(k=0.7,scale=0.05)") return Distribution::weibull(0.7, 50ms);
  if (law == "Lognormal(mean=0.05,scv=2)") return Distribution::lognormal_mean_scv(50ms, 2);
  FAIL("no such law: " << law);
  return {};
}

/// Whether the law gives the table's variate for a number: to two last places and the nanosecond.
bool agrees(const KnownVariate& known, const DoubleDouble& u) {
  const Distribution law = named(known.law);
  const double seconds = law.nanoseconds_at(u) / 1e9;
  const long double ulp = std::ldexp(1.0L, std::ilogb(seconds) - 52);
  const bool close = std::abs(static_cast<double>((seconds - known.seconds) / ulp)) <= 2;
  return close && law.sample_at(u) == known.rounded;
}

TEST_CASE("variates equal those of an independent program, to two last places and the nanosecond") {
  const std::vector<KnownVariate> variates = known_variates();
  REQUIRE(variates.size() == 80);
  for (const KnownVariate& known : variates) {
    INFO(known.law << " at u = " << known.u);
    CHECK(known.stream.bits_at(known.draw) == known.bits);
    CHECK(std::abs(known.stream.uniform_at(known.draw) - known.u) <= 0x1p-53);
    CHECK(agrees(known, known.stream.exact_uniform_at(known.draw)));
  }
}

/// What a generator of 31 bits, such as rand(), makes of a number.
DoubleDouble of_31_bits(std::uint64_t bits) {
  return {(static_cast<double>(bits >> 33) + 0.5) * 0x1p-31, 0.0};
}

TEST_CASE("laws of 31 random bits: the table of variates notices") {
  for (const KnownVariate& known : known_variates()) {
    INFO(known.law << " at u = " << known.u);
    CHECK_FALSE(agrees(known, of_31_bits(known.bits)));
  }
  // And the longest that they can draw is too short: 21.5 + log 2 means instead of 37.
  const Distribution law = Distribution::exponential(50ms);
  CHECK(law.sample_at(of_31_bits(0)) < 22.5 * 50ms);
  CHECK(law.sample_at(RandomStream::exact(0)) > 37 * 50ms);
}

const Distribution laws[] = {
    Distribution::constant(50ms),    Distribution::exponential(50ms),
    Distribution::exponential(1ns),  Distribution::exponential(Duration::max()),
    Distribution::uniform(20ms, 5s), Distribution::lognormal_mean_scv(50ms, 2),
    Distribution::pareto(2.5, 30ms), Distribution::weibull(0.7, 50ms),
    Distribution::erlang(3, 50ms),   Distribution::hyperexponential(0.9, 20ms, 320ms),
};

TEST_CASE("variates taken in order are those of the law, one by one") {
  for (const Distribution& law : laws) {
    INFO("law " << static_cast<int>(law.kind()));
    RandomStream one_by_one(7, 3, entity_id("tab/1"), Purpose::think);
    Variates variates(law, one_by_one);
    int different = 0;
    for (int i = 0; i < 1000; ++i) different += variates.next() == law.sample(one_by_one) ? 0 : 1;
    CHECK(different == 0);
  }
}

TEST_CASE("variates may begin anywhere in a stream") {
  const Distribution law = Distribution::exponential(50ms);
  for (const std::uint32_t begin : {1U, 2U, 17U, 0xfffffff5U}) {
    RandomStream one_by_one(7, 3, entity_id("tab/1"), Purpose::think);
    one_by_one.skip(begin);
    Variates variates(law, one_by_one);
    for (int i = 0; i < 100; ++i) CHECK(variates.next() == law.sample(one_by_one));
  }
}

TEST_CASE("a batch of variates is that of its numbers, also at the ends of their range") {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  const NumberBatch numbers = {0,
                               all,
                               1U << 11,
                               all - (1U << 11),
                               all >> 1,
                               (all >> 1) + 1,
                               all >> 32,
                               all << 32,
                               0xb504f333f9de6000,
                               0xb504f333f9de7000};  // the last around the root of a half
  for (const Distribution& law : laws) {
    VariateBatch batch;
    law.sample(numbers, batch);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      CHECK(batch[i] == law.sample_at(RandomStream::exact(numbers[i])));
    }
  }
}

TEST_CASE("two lanes and more give the same numbers and variates") {
  NumberBatch narrow;
  NumberBatch wide;
  for (const std::uint32_t block : {0U, 8U, 0xfffffffdU}) {
    const BlockName name{0x299f31d0a4093822, {block, 0x85a308d3, 0x13198a2e, 0x03707344}};
    narrow_arithmetic().encrypt(name, narrow);
    widest_arithmetic().encrypt(name, wide);
    CHECK(narrow == wide);
    for (const double mean : {0.0, 1.0, 3.5, 1e6, 1e13}) {
      VariateBatch narrow_variates;
      VariateBatch wide_variates;
      narrow_arithmetic().exponential(mean, narrow, narrow_variates);
      widest_arithmetic().exponential(mean, wide, wide_variates);
      CHECK(narrow_variates == wide_variates);
    }
  }
}

TEST_CASE("who takes a few variates takes no memory") {
  Variates variates(Distribution::exponential(50ms), {1, 0, 0, Purpose::arrival});
  const std::size_t before = sim::testing::allocations().count;
  for (int i = 0; i < 4; ++i) variates.next();
  CHECK(sim::testing::allocations().count == before);
  CHECK(sizeof(Variates) <= 128);
}

}  // namespace
}  // namespace sixslots::sim

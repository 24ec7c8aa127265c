#include "sim/random.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

std::vector<std::uint64_t> first_draws(RandomStream stream, int n) {
  std::vector<std::uint64_t> draws;
  for (int i = 0; i < n; ++i) draws.push_back(stream.bits());
  return draws;
}

// Random123, tests/kat_vectors, philox4x32-10.
TEST_CASE("streams give the known answers of Philox4x32-10") {
  const RandomStream zeros(0, 0, 0, Purpose::arrival);
  CHECK(zeros.bits_at(0) == 0xe169c58d6627e8d5);
  CHECK(zeros.bits_at(1) == 0x9b00dbd8bc57ac4c);

  const std::uint32_t ones = 0xffffffff;
  const RandomStream full(0xffffffffffffffff, ones, ones, Purpose{ones});
  CHECK(full.bits_at(2 * std::uint64_t{ones}) == 0x41c83b0e408f276d);
  CHECK(full.bits_at(2 * std::uint64_t{ones} + 1) == 0x6d5451fda20bc7c6);

  const RandomStream pi(0x299f31d0a4093822, 0x85a308d3, 0x13198a2e, Purpose{0x03707344});
  CHECK(pi.bits_at(2 * std::uint64_t{0x243f6a88}) == 0x94fdccebd16cfe09);
  CHECK(pi.bits_at(2 * std::uint64_t{0x243f6a88} + 1) == 0x24126ea15001e420);
}

TEST_CASE("drawing in order and asking for a draw by number agree") {
  RandomStream stream(7, 3, entity_id("tab/1"), Purpose::think);
  const RandomStream by_number = stream;
  for (std::uint64_t draw = 0; draw < 9; ++draw) {
    CHECK(by_number.uniform_at(draw) == by_number.exact_uniform_at(draw).high);
    CHECK(stream.bits() == by_number.bits_at(draw));
  }
}

TEST_CASE("a copied stream goes on from where the original stood") {
  RandomStream stream(7, 0, 1, Purpose::size);
  stream.bits();
  RandomStream copy = stream;
  CHECK(first_draws(stream, 5) == first_draws(copy, 5));
}

TEST_CASE("every name in the key makes another stream") {
  const std::vector<RandomStream> streams = {
      {1, 0, 0, Purpose::arrival},          {2, 0, 0, Purpose::arrival},
      {1ULL << 32, 0, 0, Purpose::arrival}, {1, 1, 0, Purpose::arrival},
      {1, 0, 1, Purpose::arrival},          {1, 0, 0, Purpose::service},
  };
  std::set<std::uint64_t> draws;
  for (const RandomStream& stream : streams) {
    for (const std::uint64_t draw : first_draws(stream, 100)) draws.insert(draw);
  }
  CHECK(draws.size() == 600);
}

TEST_CASE("adding a row leaves the numbers of the others as they were") {
  const auto draws_of_rows = [](int rows) {
    const RandomSource source{42, 5};
    std::vector<std::vector<std::uint64_t>> draws;
    for (int row = 0; row < rows; ++row) {
      const std::string path = "tab/0/row/" + std::to_string(row);
      draws.push_back(first_draws(source.stream(path, Purpose::update), 10));
    }
    return draws;
  };
  auto more = draws_of_rows(8);
  more.pop_back();
  CHECK(more == draws_of_rows(7));
}

TEST_CASE("two streams of one source are not correlated") {
  const RandomSource source{1, 0};
  RandomStream a = source.stream("tab/0", Purpose::arrival);
  RandomStream b = source.stream("tab/1", Purpose::arrival);
  const int n = 100000;
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
  // Each product has standard deviation 1/12; five of the mean's.
  CHECK(std::abs(sum / n) < 5 / 12.0 / std::sqrt(n));
}

TEST_CASE("the ids of paths are fixed: results hang on them") {
  STATIC_REQUIRE(entity_id("") == 0x4fd0bfc1);
  STATIC_REQUIRE(entity_id("a") == (0xaf63dc4c ^ 0x8601ec8c));  // FNV-1a, 64 bits: af63dc4c8601ec8c
  STATIC_REQUIRE(entity_id("tab/3/row/17/poll") == 0x01e8fede);
  STATIC_REQUIRE(entity_id(0U, 0U) == 0xaa3e5b61);
  STATIC_REQUIRE(entity_id(entity_id("client"), 7) == 0x9f57252b);
}

TEST_CASE("the children of one parent never share an id") {
  const EntityId parent = entity_id("client");
  std::set<EntityId> ids;
  for (std::uint32_t i = 0; i < 100000; ++i) ids.insert(entity_id(parent, i));
  CHECK(ids.size() == 100000);
}

TEST_CASE("below stays below, and hits every value alike") {
  RandomStream stream(1, 0, 0, Purpose::choice);
  CHECK(stream.below(1) == 0);
  std::array<int, 6> hits{};
  for (int i = 0; i < 60000; ++i) ++hits.at(stream.below(6));
  for (const int count : hits) CHECK(std::abs(count - 10000) < 5 * 92);  // sqrt(npq) = 91.3

  // Without rejection, every second result would be a multiple of three.
  const std::uint64_t large = 3ULL << 62;
  int multiples = 0;
  for (int i = 0; i < 9000; ++i) multiples += stream.below(large) % 3 == 0 ? 1 : 0;
  CHECK(std::abs(multiples - 3000) < 5 * 45);
}

TEST_CASE("uniform numbers lie strictly between 0 and 1 and have the right moments") {
  RandomStream stream(1, 0, 0, Purpose::phase);
  const int n = 100000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    const double u = stream.uniform();
    if (!(u > 0 && u < 1)) FAIL("u = " << u);
    sum += u;
    squares += u * u;
  }
  CHECK(sum / n == Approx(0.5).margin(5 * std::sqrt(1.0 / 12 / n)));
  CHECK(squares / n == Approx(1.0 / 3).margin(5 * std::sqrt(4.0 / 45 / n)));
}

}  // namespace
}  // namespace sixslots::sim

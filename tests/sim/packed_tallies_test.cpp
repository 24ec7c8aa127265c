#include "sim/packed_tallies.hpp"

#include <vector>

#include "tests/catch.hpp"
#include "tests/sim/tallies.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;
using testing::tally_of;

TEST_CASE("packed tallies hold what the tallies held, each by itself") {
  const std::vector<Tally> tallies = {tally_of({0ns, 3ms, 3ms, 40ms}, {1s, 2s}), Tally(),
                                      tally_of({}, {7s}), tally_of({5us}, {})};
  std::vector<const Tally*> pointers;
  for (const Tally& tally : tallies) pointers.push_back(&tally);
  const PackedTallies packed(pointers);
  REQUIRE(packed.size() == tallies.size());
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    CHECK(packed[i].count() == tallies[i].count());
    Tally again;
    again.merge(packed[i]);
    CHECK(again == tallies[i]);
  }
}

TEST_CASE("packed tallies join as the tallies would have joined") {
  const Tally one = tally_of({1ms, 2ms, 1h}, {5s});
  const Tally other = tally_of({500us, 2ms}, {6s, 1ms});
  Tally both = one;
  both.merge(other);
  const Tally* const pointer = &other;
  Tally unpacked = one;
  unpacked.merge(PackedTallies({&pointer, 1})[0]);
  CHECK(unpacked == both);
}

}  // namespace
}  // namespace sixslots::sim

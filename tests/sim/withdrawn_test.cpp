#include "sim/withdrawn.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/random.hpp"
#include "tests/catch.hpp"

using namespace sixslots::sim;

namespace {

Event event(std::int64_t time, std::uint64_t payload) {
  return {Time(Duration(time)), Turn::in_order, payload};
}

}  // namespace

TEST_CASE("what is withdrawn is told once, and nothing else of its time") {
  Withdrawn withdrawn;
  withdrawn.add(event(5, 16));
  withdrawn.add(event(3, 8));
  withdrawn.add(event(5, 32));
  CHECK_FALSE(withdrawn.take(event(2, 8)));
  CHECK(withdrawn.take(event(3, 8)));
  CHECK_FALSE(withdrawn.take(event(3, 8)));
  CHECK_FALSE(withdrawn.take(event(5, 8)));
  CHECK(withdrawn.take(event(5, 32)));
  CHECK_FALSE(withdrawn.take(event(5, 32)));
  CHECK_FALSE(withdrawn.take(event(5, 24)));
  CHECK(withdrawn.take(event(5, 16)));
  CHECK_FALSE(withdrawn.take(event(7, 16)));
}

TEST_CASE("an event can be withdrawn among the others of its time") {
  Withdrawn withdrawn;
  withdrawn.add(event(5, 32));
  CHECK_FALSE(withdrawn.take(event(5, 8)));
  withdrawn.add(event(5, 16));
  CHECK(withdrawn.take(event(5, 32)));
  CHECK_FALSE(withdrawn.take(event(5, 24)));
  withdrawn.add(event(5, 24));
  CHECK(withdrawn.take(event(5, 24)));
  CHECK(withdrawn.take(event(5, 16)));
}

TEST_CASE("of equal events as many are taken as were withdrawn, the first ones") {
  Withdrawn withdrawn;
  withdrawn.add(event(5, 8));
  withdrawn.add(event(5, 8));
  CHECK(withdrawn.take(event(5, 8)));
  CHECK(withdrawn.take(event(5, 8)));
  CHECK_FALSE(withdrawn.take(event(5, 8)));
}

TEST_CASE("an agenda without its withdrawn events is what a search in a list says") {
  struct Listed {
    std::int64_t time;
    std::uint64_t payload;
    bool withdrawn = false;
  };
  RandomStream random = RandomSource{}.stream("withdrawals", Purpose::choice);
  std::vector<Listed> list;
  EventQueue agenda;
  Withdrawn withdrawn;
  std::int64_t now = 0;
  for (std::uint64_t made = 1; made <= 20'000; ++made) {
    const std::int64_t time = now + static_cast<std::int64_t>(random.below(50));
    agenda.push(Time(Duration(time)), 8 * made);
    list.push_back({time, 8 * made});
    if (random.below(2) == 0) {
      Listed& chosen = list[random.below(list.size())];
      if (!chosen.withdrawn) withdrawn.add(event(chosen.time, chosen.payload));
      chosen.withdrawn = true;
    }
    if (list.size() < 100) continue;
    const Event next = agenda.pop();
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const Listed& one) { return one.payload == next.payload; });
    REQUIRE(found != list.end());
    REQUIRE(withdrawn.take(next) == found->withdrawn);
    now = found->time;
    list.erase(found);
  }
}

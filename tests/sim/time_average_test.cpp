#include "sim/time_average.hpp"

#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

using namespace std::chrono_literals;

constexpr Time at(Duration since_start) { return start_of_time + since_start; }

TEST_CASE("a level counts for as long as it holds") {
  TimeAverage open;
  open.set(at(2s), 6);  // 0 for 2 s
  open.set(at(5s), 1);  // 6 for 3 s
  CHECK(open.mean(at(10s)) == Approx((6 * 3 + 1 * 5) / 10.0));
  CHECK(open.level() == 1);
  CHECK(open.peak() == 6);
}

TEST_CASE("add moves the level up and down") {
  TimeAverage queue;
  queue.add(at(0s), 2);
  queue.add(at(1s), -1);
  queue.add(at(3s), -1);
  CHECK(queue.level() == 0);
  CHECK(queue.mean(at(4s)) == Approx((2 + 2 * 1) / 4.0));
}

TEST_CASE("while no time has passed, the average is the level") {
  TimeAverage level(at(7s), 3);
  CHECK(level.mean(at(7s)) == 3);
  level.set(at(7s), 4);
  CHECK(level.mean(at(7s)) == 4);
  CHECK(level.mean(at(8s)) == 4);
}

TEST_CASE("a level of an instant makes a peak but no average") {
  TimeAverage level;
  level.set(at(1s), 100);
  level.set(at(1s), 0);
  CHECK(level.peak() == 100);
  CHECK(level.mean(at(2s)) == 0);
}

TEST_CASE("reset forgets the warm-up and keeps the level") {
  TimeAverage open;
  open.set(at(1s), 50);
  open.set(at(9s), 2);
  open.reset(at(10s));
  CHECK(open.level() == 2);
  CHECK(open.peak() == 2);
  open.set(at(15s), 4);
  CHECK(open.mean(at(20s)) == Approx(3));
  CHECK(open.peak() == 4);
}

TEST_CASE("a million connections for a century do not overflow") {
  TimeAverage open(start_of_time, 1'000'000'000'000);
  open.add(at(24h * 365 * 100), 1);
  CHECK(open.mean(at(24h * 365 * 200)) == Approx(1e12));
}

}  // namespace
}  // namespace sixslots::sim

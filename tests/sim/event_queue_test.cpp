#include "sim/event_queue.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/random.hpp"
#include "tests/catch.hpp"

using namespace sixslots::sim;

namespace {

constexpr Time at(std::int64_t ticks) { return Time(Duration(ticks)); }

/// The queue, and beside it a multimap that must agree: it also keeps equal times in order.
class Checked {
 public:
  void push(Time time) {
    expected_.emplace(time, next_);
    queue_.push(time, next_++);
  }
  Time pop() {
    const auto first = expected_.begin();
    const Event event = queue_.pop();
    agrees_ = agrees_ && event.time() == first->first && event.payload == first->second;
    expected_.erase(first);
    return event.time();
  }
  bool has_event_until(Time end) {
    const bool has = queue_.has_event_until(end, [](std::uint64_t /*payload*/) {});
    agrees_ = agrees_ && has == (!expected_.empty() && expected_.begin()->first <= end);
    return has;
  }
  void drain() {
    while (!queue_.empty()) pop();
    agrees_ = agrees_ && expected_.empty();
  }
  [[nodiscard]] bool agrees() const { return agrees_ && queue_.size() == expected_.size(); }
  [[nodiscard]] EventQueue& queue() { return queue_; }
  [[nodiscard]] bool empty() const { return expected_.empty(); }

 private:
  EventQueue queue_;
  std::multimap<Time, std::uint64_t> expected_;
  std::uint64_t next_ = 0;
  bool agrees_ = true;
};

RandomStream numbers(const char* what) { return RandomSource{}.stream(what, Purpose::choice); }

/// A number of up to `bits` bits, every order of magnitude as likely.
std::int64_t magnitude(RandomStream& random, std::uint64_t bits) {
  return static_cast<std::int64_t>(random.bits() >> (64 - 1 - random.below(bits)));
}

std::vector<Time> random_schedule(std::size_t count, std::uint64_t bits, RandomStream& random) {
  std::vector<Time> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(at(magnitude(random, bits)));
  return times;
}

}  // namespace

TEST_CASE("events come out as a stable sort by time would have them") {
  RandomStream random = numbers("schedules");
  for (const std::size_t count : {1U, 2U, 32U, 33U, 1000U, 30000U}) {
    for (const std::uint64_t bits : {1U, 4U, 12U, 40U, 63U}) {
      const std::vector<Time> times = random_schedule(count, bits, random);
      std::vector<std::size_t> order(count);
      for (std::size_t i = 0; i < count; ++i) order[i] = i;
      std::ranges::stable_sort(order, {}, [&times](std::size_t i) { return times[i]; });

      EventQueue queue;
      for (std::size_t i = 0; i < count; ++i) queue.push(times[i], i);
      std::vector<std::size_t> popped;
      while (!queue.empty()) popped.push_back(queue.pop().payload);
      CHECK(popped == order);
    }
  }
}

TEST_CASE("events of one instant come out in the order scheduled, however many they are") {
  Checked queue;
  for (int i = 0; i < 5000; ++i) {
    queue.push(at(1'000'000));
    queue.push(at(1'000'000 + i % 3));
    queue.push(at(999'999));
  }
  while (!queue.empty()) {
    const Time now = queue.pop();
    if (now == at(999'999) && queue.queue().size() % 2 == 0) queue.push(at(1'000'000));
  }
  CHECK(queue.agrees());
}

TEST_CASE("pushing while popping, at now and later, keeps the order") {
  RandomStream random = numbers("interleaving");
  for (const std::uint64_t bits : {2U, 8U, 20U, 45U, 58U}) {
    Checked queue;
    Time now = start_of_time;
    for (int step = 0; step < 20000; ++step) {
      const bool grows = step < 8000;
      if (queue.empty() || random.below(10) < (grows ? 6U : 4U)) {
        const std::int64_t room = (end_of_time - now).count();
        queue.push(now + Duration(std::min(room, magnitude(random, bits))));
      } else {
        now = queue.pop();
      }
    }
    queue.drain();
    CHECK(queue.agrees());
  }
}

TEST_CASE("looking ahead changes nothing, whatever is pushed after it") {
  RandomStream random = numbers("look-ahead");
  for (const std::uint64_t bits : {3U, 10U, 30U, 50U}) {
    Checked queue;
    Time now = start_of_time;
    for (int step = 0; step < 20000; ++step) {
      const std::uint64_t choice = random.below(4);
      if (choice == 0) queue.has_event_until(now + Duration(magnitude(random, bits + 4)));
      if (choice == 1 && !queue.empty()) now = queue.pop();
      if (choice > 1) queue.push(now + Duration(magnitude(random, bits)));
    }
    queue.drain();
    CHECK(queue.agrees());
  }
}

TEST_CASE("an event that is looked for in vain is found later") {
  Checked queue;
  queue.push(at(1'000'000));
  CHECK_FALSE(queue.has_event_until(at(999'999)));
  CHECK(queue.has_event_until(at(1'000'000)));
  queue.push(at(3));  // earlier than what was looked at
  queue.push(at(2'000'000));
  queue.push(at(2));
  queue.drain();
  CHECK(queue.agrees());
  CHECK_FALSE(queue.has_event_until(end_of_time));
}

TEST_CASE("a storm of insertions before a far event is sorted too") {
  Checked falling;
  Checked rising;
  Checked shuffled;
  for (Checked* queue : {&falling, &rising, &shuffled}) {
    queue->push(at(1'000'000'000));
    queue->has_event_until(at(1'000'000'000));
  }
  RandomStream random = numbers("storm");
  for (std::int64_t i = 0; i < 2000; ++i) {
    falling.push(at(2000 - i));
    rising.push(at(i));
    shuffled.push(at(magnitude(random, 30)));
  }
  for (Checked* queue : {&falling, &rising, &shuffled}) {
    queue->drain();
    CHECK(queue->agrees());
  }
}

TEST_CASE("storms between events that stand sorted already are sorted too") {
  RandomStream random = numbers("storms");
  Checked queue;
  Time now = start_of_time;
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 10; ++i) queue.push(now + Duration(1'000'000 + magnitude(random, 20)));
    now = queue.pop();
    for (int i = 0; i < 1500; ++i) queue.push(now + Duration(magnitude(random, 14)));
    for (int i = 0; i < 1000; ++i) now = queue.pop();
  }
  queue.drain();
  CHECK(queue.agrees());
}

TEST_CASE("a queue that never runs dry before a far event does not grow") {
  EventQueue queue;
  queue.push(at(std::int64_t{1} << 60), 0);
  queue.push(at(1), 1);
  bool ordered = true;
  for (std::int64_t i = 1; i < 300'000; ++i) {
    ordered = ordered && queue.pop().time() == at(i);
    queue.push(at(i + 1), 1);
  }
  CHECK(ordered);
  CHECK(queue.size() == 2);
}

TEST_CASE("the queue jumps over centuries and stops at the last nanosecond") {
  Checked queue;
  const std::int64_t last = end_of_time.time_since_epoch().count();
  for (int bit = 0; bit < 63; ++bit) {
    queue.push(at(std::int64_t{1} << bit));
    queue.push(at((std::int64_t{1} << bit) - 1));
    queue.push(at(last - (std::int64_t{1} << bit)));
    queue.push(at(last - (std::int64_t{1} << bit) + 1));
  }
  for (int i = 0; i < 200; ++i) queue.push(end_of_time);
  for (int i = 0; i < 100; ++i) queue.push(at(last - i));
  queue.drain();
  CHECK(queue.agrees());
  queue.push(end_of_time);
  CHECK(queue.has_event_until(end_of_time));
  CHECK(queue.pop() == end_of_time);
  queue.push(end_of_time);
  queue.push(end_of_time);
  queue.drain();
  CHECK(queue.agrees());
}

TEST_CASE("what comes last at an instant comes after all others, also those pushed later") {
  EventQueue queue;
  queue.push(at(5), 0, Turn::last);
  queue.push(at(5), 1);
  queue.push(at(6), 2);
  queue.push(at(5), 3);
  queue.push(at(5), 4, Turn::last);
  std::vector<std::uint64_t> order;
  while (!queue.empty()) order.push_back(queue.pop().payload);
  CHECK(order == std::vector<std::uint64_t>{1, 3, 0, 4, 2});
}

TEST_CASE("whether the instant has more events is known without looking ahead") {
  EventQueue queue;
  for (const int ticks : {5, 5, 5, 6}) queue.push(at(ticks), 0);
  CHECK(queue.pop().time() == at(5));
  CHECK(queue.has_event_at(at(5)));
  queue.pop();
  queue.pop();
  CHECK_FALSE(queue.has_event_at(at(5)));
  CHECK(queue.pop().time() == at(6));
  CHECK_FALSE(queue.has_event_at(at(6)));
}

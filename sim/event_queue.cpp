#include "sim/event_queue.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "sim/frame_pool.hpp"

namespace sixslots::sim {

namespace {

// A bucket of more events is dealt one level down before it is sorted; insertion sort is fastest at
// such sizes.
constexpr std::size_t sortable = 32;

// Neighbouring buckets are taken into the front together until it has this many events.
constexpr std::ptrdiff_t front_target = 40;

constexpr std::size_t front_room = 64;

}  // namespace

struct EventQueue::Chunk {
  static constexpr std::size_t capacity = 31;  // with the link: just under 512 bytes
  Chunk() {}  // of the events, only those that were pushed are ever looked at
  Chunk* next = nullptr;
  std::array<Event, capacity> events;

  static void* operator new(std::size_t size) { return allocate_frame(size); }
  static void operator delete(void* chunk, std::size_t size) { release_frame(chunk, size); }

  void prefetch() const {
    constexpr std::size_t events_per_line = 64 / sizeof(Event);
    for (std::size_t i = 0; i < capacity; i += events_per_line) __builtin_prefetch(&events[i]);
  }
};

EventQueue::EventQueue()
    : front_(front_room),
      front_next_(front_.data()),
      front_end_(front_.data()),
      front_room_end_(front_.data() + front_.size()) {}

EventQueue::~EventQueue() {
  for (unsigned level = 0; level < levels; ++level) {
    for (; occupied_[level] != 0; occupied_[level] &= occupied_[level] - 1) {
      const auto digit = static_cast<std::size_t>(std::countr_zero(occupied_[level]));
      take_chunks(buckets_[level][digit], [](const Chunk& /*chunk*/, std::size_t /*count*/) {});
    }
  }
}

// At the beginning of the array, where events have left, or in a longer one.
void EventQueue::make_room() {
  const auto left = static_cast<std::size_t>(front_end_ - front_next_);
  if (2 * left > front_.size()) {
    Events longer(2 * front_.size());
    std::copy(front_next_, front_end_, longer.begin());
    front_.swap(longer);
    front_room_end_ = front_.data() + front_.size();
  } else {
    std::copy(front_next_, front_end_, front_.begin());
  }
  front_next_ = front_.data();
  front_end_ = front_next_ + left;
}

void EventQueue::insert_with_more_room(Event event) {
  make_room();
  insert_into_front(event);
}

void EventQueue::give_back_after(Event* kept) {
  // The buckets hold nothing earlier than the reference, which looking ahead may have moved past
  // us.
  if (kept->place() < reference_) return;
  const Event* end = front_end_;
  front_end_ = kept + 1;
  front_limit_ = front_end_->place();
  for (const Event* event = front_end_; event < end; ++event) push_far(*event);
}

void EventQueue::push_far(Event event) {
  const std::uint64_t place = event.place();
  const auto highest_bit = 63U - static_cast<unsigned>(std::countl_zero((place ^ reference_) | 1));
  const unsigned level = highest_bit / digit_bits;
  const std::uint64_t digit = (place >> (level * digit_bits)) & (digits - 1);
  const std::uint64_t bit = std::uint64_t{1} << digit;
  Bucket& bucket = buckets_[level][digit];
  if ((occupied_[level] & bit) == 0) {
    occupied_[level] |= bit;
    auto* chunk = new Chunk();
    bucket = {chunk, chunk, 0, 0};
  } else if (bucket.count_in_last == Chunk::capacity) {
    bucket.last = bucket.last->next = new Chunk();
    bucket.count_in_last = 0;
  }
  bucket.last->events[bucket.count_in_last++] = event;
  ++bucket.count;
  ++far_;
}

bool EventQueue::refill(Time end) {
  front_next_ = front_.data();
  front_end_ = front_next_;
  for (;;) {
    unsigned level = 0;
    while (level < levels && occupied_[level] == 0) ++level;
    if (level == levels) return false;
    const auto digit = static_cast<std::uint64_t>(std::countr_zero(occupied_[level]));
    const unsigned shift = level * digit_bits;
    const std::uint64_t upper_digits = ~std::uint64_t{0} << shift << digit_bits;
    const std::uint64_t start = (reference_ & upper_digits) | (digit << shift);
    if (start > Event::first_place(end) + 1) return false;
    reference_ = start;
    const Bucket bucket = buckets_[level][digit];
    if (level == 0 || bucket.count <= sortable || at_one_moment(bucket)) {
      gather_front(level);
      return true;
    }
    occupied_[level] &= occupied_[level] - 1;
    consume(bucket, [this](const Event& event) { push_far(event); });
  }
}

// As those are that were scheduled together: they need no sorting, and would move down together
// from level to level.
bool EventQueue::at_one_moment(const Bucket& bucket) {
  const std::uint64_t place = bucket.first->events.front().place();
  std::size_t left = bucket.count;
  for (const Chunk* chunk = bucket.first; left > 0; chunk = chunk->next) {
    const std::size_t count = std::min(left, Chunk::capacity);
    for (std::size_t i = 0; i < count; ++i) {
      if (chunk->events[i].place() != place) return false;
    }
    left -= count;
  }
  return true;
}

void EventQueue::gather_front(unsigned level) {
  std::uint64_t& occupied = occupied_[level];
  const unsigned shift = level * digit_bits;
  do {
    const auto digit = static_cast<std::uint64_t>(std::countr_zero(occupied));
    const Bucket& bucket = buckets_[level][digit];
    if (front_end_ > front_next_ && bucket.count > sortable) return;
    occupied &= occupied - 1;
    const std::uint64_t upper_digits = ~std::uint64_t{0} << shift << digit_bits;
    const std::uint64_t start = (reference_ & upper_digits) | (digit << shift);
    const std::uint64_t last = start + ((std::uint64_t{1} << shift) - 1);
    front_limit_ = std::max(last, last + 1);  // behind the last place of all there is none
    sort_into_front(bucket);
  } while (occupied != 0 && front_end_ - front_next_ < front_target);
}

void EventQueue::sort_into_front(const Bucket& bucket) {
  const std::ptrdiff_t first = front_end_ - front_next_;
  consume(bucket, [this, first](const Event& event) {
    if (front_end_ == front_room_end_) make_room();
    Event* at = front_end_++;
    for (; at > front_next_ + first && at[-1].place() > event.place(); --at) *at = at[-1];
    *at = event;
  });
}

template <class Visit>
void EventQueue::consume(const Bucket& bucket, Visit visit) {
  far_ -= bucket.count;
  take_chunks(bucket, [&](const Chunk& chunk, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) visit(chunk.events[i]);
  });
}

/// Visits a bucket's chunks, with the number of events in each, and gives them back.
template <class Visit>
void EventQueue::take_chunks(const Bucket& bucket, Visit visit) {
  Chunk* chunk = bucket.first;
  for (std::size_t left = bucket.count; left > 0;) {
    const std::size_t count = std::min(left, Chunk::capacity);
    Chunk* next = chunk->next;
    if (left > count) next->prefetch();
    visit(*chunk, count);
    delete chunk;
    chunk = next;
    left -= count;
  }
}

}  // namespace sixslots::sim

#include "sim/event_queue.hpp"

#include <bit>
#include <cassert>
#include <limits>

namespace sixslots::sim {

namespace {

// A bucket of at most this many events is sorted into the front, a larger one is dealt one level
// down first; insertion sort is fastest at such sizes.
constexpr std::size_t sortable = 48;

// A front longer than this gives its later half back to the buckets, so that a storm of insertions
// does not shift a long array again and again.
constexpr std::size_t longest_front = 1024;

constexpr std::size_t chunks_per_slab = 64;

// Times are never negative, so their order as unsigned numbers is the same.
std::uint64_t ticks(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

}  // namespace

struct EventQueue::Chunk {
  static constexpr std::size_t capacity = 15;  // with the links: 256 bytes
  std::array<Event, capacity> events;
  Chunk* next = nullptr;
  std::size_t count = 0;
};

EventQueue::EventQueue() { front_.reserve(2 * sortable); }

EventQueue::~EventQueue() = default;

void EventQueue::push(Time time, std::uint64_t payload) {
  ++size_;
  const Event event{time, payload};
  if (ticks(time) < front_limit_) {
    insert_into_front(event);
  } else {
    push_far(event);
  }
}

void EventQueue::insert_into_front(Event event) {
  if (front_next_ == front_.size()) {
    front_.clear();
    front_next_ = 0;
  }
  std::size_t at = front_.size();
  front_.push_back(event);
  while (at > front_next_ && front_[at - 1].time > event.time) {
    front_[at] = front_[at - 1];
    --at;
  }
  front_[at] = event;
  if (front_.size() - front_next_ > longest_front) shorten_front();
}

void EventQueue::shorten_front() {
  std::size_t keep = front_next_ + longest_front / 2;
  while (keep < front_.size() &&
         (front_[keep].time == front_[keep - 1].time || ticks(front_[keep].time) < reference_)) {
    ++keep;  // an instant stays together; the buckets hold nothing earlier than the reference
  }
  if (keep == front_.size()) return;
  front_limit_ = ticks(front_[keep].time);
  for (std::size_t i = keep; i < front_.size(); ++i) push_far(front_[i]);
  front_.resize(keep);
}

void EventQueue::push_far(Event event) {
  const std::uint64_t time = ticks(event.time);
  const std::uint64_t difference = time ^ reference_;
  const unsigned level =
      difference == 0 ? 0 : (63U - static_cast<unsigned>(std::countl_zero(difference))) / digit_bits;
  const std::uint64_t digit = (time >> (level * digit_bits)) & (digits - 1);
  Bucket& bucket = buckets_[level][digit];
  if (bucket.last == nullptr || bucket.last->count == Chunk::capacity) {
    Chunk* chunk = new_chunk();
    (bucket.last == nullptr ? bucket.first : bucket.last->next) = chunk;
    bucket.last = chunk;
  }
  bucket.last->events[bucket.last->count++] = event;
  ++bucket.count;
  occupied_[level] |= std::uint64_t{1} << digit;
}

void EventQueue::refill() {
  assert(size_ > 0);
  front_.clear();
  front_next_ = 0;
  while (front_.empty()) {
    unsigned level = 0;
    while (occupied_[level] == 0) ++level;
    const auto digit = static_cast<std::uint64_t>(std::countr_zero(occupied_[level]));
    occupied_[level] &= occupied_[level] - 1;
    Bucket& slot = buckets_[level][digit];
    const Bucket bucket = slot;
    slot = Bucket{};
    const unsigned shift = level * digit_bits;
    const std::uint64_t low_digits = (std::uint64_t{1} << shift) - 1;
    const std::uint64_t this_digit = (digits - 1) << shift;
    reference_ = (reference_ & ~(this_digit | low_digits)) | (digit << shift);
    if (level == 0 || bucket.count <= sortable) {
      front_limit_ = reference_ + low_digits + 1;
      sort_into_front(bucket);
    } else {
      deal_down(bucket);
    }
  }
}

void EventQueue::sort_into_front(Bucket bucket) {
  for (Chunk* chunk = bucket.first; chunk != nullptr;) {
    for (std::size_t i = 0; i < chunk->count; ++i) {
      const Event event = chunk->events[i];
      std::size_t at = front_.size();
      front_.push_back(event);
      while (at > 0 && front_[at - 1].time > event.time) {
        front_[at] = front_[at - 1];
        --at;
      }
      front_[at] = event;
    }
    Chunk* next = chunk->next;
    recycle(chunk);
    chunk = next;
  }
}

void EventQueue::deal_down(Bucket bucket) {
  for (Chunk* chunk = bucket.first; chunk != nullptr;) {
    for (std::size_t i = 0; i < chunk->count; ++i) push_far(chunk->events[i]);
    Chunk* next = chunk->next;
    recycle(chunk);
    chunk = next;
  }
}

EventQueue::Chunk* EventQueue::new_chunk() {
  if (free_chunks_ == nullptr) {
    slabs_.push_back(std::make_unique<Chunk[]>(chunks_per_slab));
    for (std::size_t i = 0; i < chunks_per_slab; ++i) recycle(&slabs_.back()[i]);
  }
  Chunk* chunk = free_chunks_;
  free_chunks_ = chunk->next;
  chunk->next = nullptr;
  chunk->count = 0;
  return chunk;
}

void EventQueue::recycle(Chunk* chunk) {
  chunk->next = free_chunks_;
  free_chunks_ = chunk;
}

}  // namespace sixslots::sim

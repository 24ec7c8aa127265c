#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/frame_pool.hpp"
#include "sim/time.hpp"

namespace sixslots::sim {

/// Of the events of one instant, those that come last do so after all others.
enum class Turn : std::uint8_t { in_order, last };

/// What happens at a moment: the queue knows when and carries the payload.
class Event {
 public:
  Event() = default;  // holds anything: room for events is not cleared before they come
  Event(Time time, Turn turn, std::uint64_t what)
      : payload(what), place_(2 * ticks(time) + static_cast<std::uint64_t>(turn)) {}

  [[nodiscard]] Time time() const { return Time(Duration(static_cast<std::int64_t>(place_ / 2))); }
  /// Its turn in the order of events.
  [[nodiscard]] std::uint64_t place() const { return place_; }

  /// The place of what is in order at a time, which is never negative; the one behind it is of what
  /// comes last.
  static std::uint64_t first_place(Time time) { return 2 * ticks(time); }

  std::uint64_t payload;

 private:
  static std::uint64_t ticks(Time time) {
    return static_cast<std::uint64_t>(time.time_since_epoch().count());
  }
  std::uint64_t place_;
};

/// The agenda: a monotone priority queue. Events come out by time, equal times in the order pushed,
/// and the last ones of an instant after the others.
///
/// Simulated time never goes back, so a radix queue (Ahuja, Mehlhorn, Orlin, Tarjan, "Faster
/// algorithms for the shortest path problem", JACM 1990) serves: a short sorted front holds what
/// comes next, and base-64 buckets hold the rest unsorted, by the highest digit in which an event's
/// place differs from the reference. Every event moves down at most once a digit. Equal ones
/// keep their order by construction: they share a bucket, buckets are append-only, sorting is
/// stable and an insertion into the front goes behind its equals.
class EventQueue {
 public:
  EventQueue();
  ~EventQueue();
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  /// `time` must not be earlier than the last popped event's, nor in order if that was a last one.
  void push(Time time, std::uint64_t payload, Turn turn = Turn::in_order) {
    const Event event(time, turn, payload);
    if (event.place() < front_limit_) {
      insert_into_front(event);
    } else {
      push_far(event);
    }
  }

  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const {
    return far_ + static_cast<std::size_t>(front_end_ - front_next_);
  }

  /// Whether an event in order at `now`, the time of the last popped event, is left.
  [[nodiscard]] bool has_event_at(Time now) const {
    return front_next_ < front_end_ && front_next_->place() == Event::first_place(now);
  }

  /// Whether an event is left at or before `end`. It looks no further, so that pushing from `end`
  /// on stays cheap. Where events have been fetched from far for that, `nears` is told the payloads
  /// of the first of them, so that what they refer to can come nearer too.
  template <class Nears>
  [[nodiscard]] bool has_event_until(Time end, Nears nears) {
    if (front_next_ == front_end_) {
      if (!refill(end)) return false;
      const std::ptrdiff_t told = std::min<std::ptrdiff_t>(front_end_ - front_next_, most_told);
      for (std::ptrdiff_t i = 0; i < told; ++i) nears(front_next_[i].payload);
    }
    return front_next_->time() <= end;
  }

  /// The time of the next event; there must be one.
  [[nodiscard]] Time next_time() {
    if (front_next_ == front_end_) refill(end_of_time);
    return front_next_->time();
  }

  /// Takes the next event out; there must be one.
  Event pop() {
    if (front_next_ == front_end_) refill(end_of_time);
    return pop_found();
  }

  /// The same, when one of the above has just found it.
  Event pop_found() { return *front_next_++; }

 private:
  using Events = std::vector<Event, FrameAllocator<Event>>;
  static constexpr unsigned digit_bits = 6;
  static constexpr std::size_t digits = 64;
  static constexpr std::size_t levels = 11;
  struct Chunk;
  struct Bucket {
    Chunk* first;
    Chunk* last;
    std::uint32_t count;
    std::uint32_t count_in_last;  // all other chunks are full
  };
  using Buckets = std::array<std::array<Bucket, digits>, levels>;

  // An event that comes before all others takes the place of the last one that left.
  void insert_into_front(Event event) {
    if (front_next_ < front_end_ && event.place() < front_next_->place() &&
        front_next_ > front_.data()) {
      *--front_next_ = event;
      return;
    }
    if (front_end_ == front_room_end_) return insert_with_more_room(event);
    Event* at = front_end_++;
    for (; at > front_next_ && at[-1].place() > event.place(); --at) *at = at[-1];
    *at = event;
    if (front_end_ - at > longest_shift) give_back_after(at);
  }

  bool refill(Time end);
  void insert_with_more_room(Event event);
  void make_room();
  void give_back_after(Event* kept);
  void push_far(Event event);
  static bool at_one_moment(const Bucket& bucket);
  void gather_front(unsigned level);
  void sort_into_front(const Bucket& bucket);
  template <class Visit>
  void consume(const Bucket& bucket, Visit visit);
  template <class Visit>
  static void take_chunks(const Bucket& bucket, Visit visit);

  // More of them would drive each other away again.
  static constexpr std::ptrdiff_t most_told = 64;

  // An insertion before more events than this gives those back to the buckets, so that a storm of
  // insertions does not shift a long array again and again.
  static constexpr std::ptrdiff_t longest_shift = 128;

  std::size_t far_ = 0;          // events in buckets
  Events front_;                 // room for the front
  Event* front_next_ = nullptr;  // sorted; everything earlier than front_limit_ is here
  Event* front_end_ = nullptr;
  Event* front_room_end_ = nullptr;
  std::uint64_t front_limit_ = 0;
  std::uint64_t reference_ = 0;                   // levels and digits are relative to this place
  std::array<std::uint64_t, levels> occupied_{};  // one bit a bucket
  Buckets buckets_;                               // of which the others are never looked at
};

}  // namespace sixslots::sim

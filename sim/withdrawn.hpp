#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/event_queue.hpp"
#include "sim/frame_pool.hpp"

namespace sixslots::sim {

/// The events that have been taken back while they stay in the agenda: to be asked about each event
/// that comes out of it, which costs a comparison where none is due. Payloads are even.
class Withdrawn {
 public:
  /// The event is in the agenda. Of equal ones, those that came first are withdrawn.
  void add(const Event& event);

  /// Whether the next event of the agenda is withdrawn; it is forgotten then.
  bool take(const Event& event) { return event.place() >= first_place_ && take_due(event); }

 private:
  static constexpr std::uint64_t none = UINT64_MAX;

  bool take_due(const Event& event);
  void gather(std::uint64_t place);

  std::uint64_t first_place_ = none;
  std::vector<Event, FrameAllocator<Event>> later_;  // a heap, the first place on top
  std::vector<std::uint64_t, FrameAllocator<std::uint64_t>>
      due_;  // payloads at the first place, sorted; those taken are odd
  std::size_t taken_ = 0;
};

}  // namespace sixslots::sim

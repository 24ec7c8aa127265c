#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace sixslots::sim {

#if defined(__has_feature)
#define SIXSLOTS_HAS_FEATURE(feature) __has_feature(feature)
#else
#define SIXSLOTS_HAS_FEATURE(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || SIXSLOTS_HAS_FEATURE(address_sanitizer)
#define SIXSLOTS_POOLS_FRAMES 0
#else
#define SIXSLOTS_POOLS_FRAMES 1
#endif

/// Free frames of the thread, by size. For allocate_frame() alone, which is inline because the size
/// of a coroutine's frame is known where it is made.
namespace frames {

inline constexpr std::size_t granule = 16;
inline constexpr std::size_t classes = 128;  // frames of up to 2 KiB; larger ones are rare

struct Free {
  Free* next;
};

// Apart from the slabs, because what needs no destructor needs no check at every use either.
extern constinit thread_local std::array<Free*, classes + 1> free;

/// Puts some more frames into the list of a size.
void refill(std::size_t size_class);

constexpr std::size_t class_of(std::size_t size) { return (size + granule - 1) / granule; }

}  // namespace frames

/// Memory for coroutine frames from free lists of the thread, in classes of 16 bytes: a simulation
/// starts and ends many small processes, and none of them should reach the general allocator. What
/// a thread had goes to the next one that begins, so a frame may outlive its thread and end in any
/// other, whose own it is then. Under AddressSanitizer every frame is an
/// allocation of its own, so that uses after the end show.
inline void* allocate_frame(std::size_t size) {
  const std::size_t size_class = frames::class_of(size);
  if (SIXSLOTS_POOLS_FRAMES == 0 || size_class > frames::classes) return ::operator new(size);
  if (frames::free[size_class] == nullptr) frames::refill(size_class);
  frames::Free* frame = frames::free[size_class];
  frames::free[size_class] = frame->next;
  return frame;
}

inline void release_frame(void* frame, std::size_t size) noexcept {
  const std::size_t size_class = frames::class_of(size);
  if (SIXSLOTS_POOLS_FRAMES == 0 || size_class > frames::classes) return ::operator delete(frame);
  frames::free[size_class] = new (frame) frames::Free{frames::free[size_class]};
}

/// The same for containers: lists, trees and arrays of what is under way come and go as often as
/// frames.
template <class T>
class FrameAllocator {
 public:
  using value_type = T;
  FrameAllocator() = default;
  template <class U>
  explicit FrameAllocator(const FrameAllocator<U>& /*of other elements*/) noexcept {}

  T* allocate(std::size_t n) {
    static_assert(alignof(T) <= frames::granule);
    return static_cast<T*>(allocate_frame(n * sizeof(T)));
  }
  void deallocate(T* elements, std::size_t n) noexcept { release_frame(elements, n * sizeof(T)); }

  friend bool operator==(const FrameAllocator& /*a*/, const FrameAllocator& /*b*/) { return true; }
};

}  // namespace sixslots::sim

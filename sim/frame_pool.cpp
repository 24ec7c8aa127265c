#include "sim/frame_pool.hpp"

#include <array>
#include <memory>
#include <new>
#include <vector>

namespace sixslots::sim {

#if defined(__has_feature)
#define SIXSLOTS_HAS_FEATURE(feature) __has_feature(feature)
#else
#define SIXSLOTS_HAS_FEATURE(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || SIXSLOTS_HAS_FEATURE(address_sanitizer)

void* allocate_frame(std::size_t size) { return ::operator new(size); }
void release_frame(void* frame, std::size_t) noexcept { ::operator delete(frame); }

#else

namespace {

constexpr std::size_t granule = 16;
constexpr std::size_t classes = 128;  // frames of up to 2 KiB; larger ones are rare
constexpr std::size_t slab_size = std::size_t{64} * 1024;

struct FreeFrame {
  FreeFrame* next;
};

// Apart from the slabs, because what needs no destructor needs no check at every use either.
constinit thread_local std::array<FreeFrame*, classes + 1> free_frames{};
thread_local std::vector<std::unique_ptr<std::byte[]>> slabs;

void add_slab(std::size_t size_class) {
  const std::size_t size = size_class * granule;
  slabs.push_back(std::make_unique<std::byte[]>(slab_size));
  std::byte* slab = slabs.back().get();
  for (std::size_t at = 0; at + size <= slab_size; at += size) {
    free_frames[size_class] = new (slab + at) FreeFrame{free_frames[size_class]};
  }
}

}  // namespace

void* allocate_frame(std::size_t size) {
  const std::size_t size_class = (size + granule - 1) / granule;
  if (size_class > classes) return ::operator new(size);
  if (free_frames[size_class] == nullptr) add_slab(size_class);
  FreeFrame* frame = free_frames[size_class];
  free_frames[size_class] = frame->next;
  return frame;
}

void release_frame(void* frame, std::size_t size) noexcept {
  const std::size_t size_class = (size + granule - 1) / granule;
  if (size_class > classes) return ::operator delete(frame);
  free_frames[size_class] = new (frame) FreeFrame{free_frames[size_class]};
}

#endif

}  // namespace sixslots::sim

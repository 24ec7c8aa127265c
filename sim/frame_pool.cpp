#include "sim/frame_pool.hpp"

#include <array>
#include <memory>
#include <new>
#include <vector>

namespace sixslots::sim {

#if defined(__SANITIZE_ADDRESS__)

void* allocate_frame(std::size_t size) { return ::operator new(size); }
void release_frame(void* frame, std::size_t) noexcept { ::operator delete(frame); }

#else

namespace {

constexpr std::size_t granule = 64;
constexpr std::size_t classes = 32;  // frames of up to 2 KiB; larger ones are rare
constexpr std::size_t slab_size = std::size_t{64} * 1024;

struct FreeFrame {
  FreeFrame* next;
};

struct FramePool {
  std::array<FreeFrame*, classes + 1> free{};
  std::vector<std::unique_ptr<std::byte[]>> slabs;

  void add_slab(std::size_t size_class) {
    const std::size_t size = size_class * granule;
    slabs.push_back(std::make_unique<std::byte[]>(slab_size));
    std::byte* slab = slabs.back().get();
    for (std::size_t at = 0; at + size <= slab_size; at += size) {
      free[size_class] = new (slab + at) FreeFrame{free[size_class]};
    }
  }
};

thread_local FramePool pool;

}  // namespace

void* allocate_frame(std::size_t size) {
  const std::size_t size_class = (size + granule - 1) / granule;
  if (size_class > classes) return ::operator new(size);
  if (pool.free[size_class] == nullptr) pool.add_slab(size_class);
  FreeFrame* frame = pool.free[size_class];
  pool.free[size_class] = frame->next;
  return frame;
}

void release_frame(void* frame, std::size_t size) noexcept {
  const std::size_t size_class = (size + granule - 1) / granule;
  if (size_class > classes) return ::operator delete(frame);
  pool.free[size_class] = new (frame) FreeFrame{pool.free[size_class]};
}

#endif

}  // namespace sixslots::sim

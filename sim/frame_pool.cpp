#include "sim/frame_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace sixslots::sim::frames {
namespace {

// A size starts with a small slab and doubles: short runs touch little memory, and those with a
// million processes get pages of two megabytes where the system has them (Linux, madvise), of which
// it hands out a thousand instead of half a million of the usual ones.
constexpr std::size_t smallest_slab = std::size_t{16} * 1024;
constexpr std::size_t largest_slab = std::size_t{2} * 1024 * 1024;

// Frames are taken from a slab as they are needed, so that each is in the cache when it is used.
constexpr std::size_t batch = std::size_t{4} * 1024;

struct Slab {
  std::byte* memory;
  std::size_t size;

  // Aligned to its size, a power of two.
  explicit Slab(std::size_t bytes)
      : memory(static_cast<std::byte*>(::operator new (bytes, std::align_val_t{bytes}))),
        size(bytes) {
#ifdef MADV_HUGEPAGE
    if (size == largest_slab) madvise(memory, size, MADV_HUGEPAGE);
#endif
  }
  Slab(Slab&& other) noexcept : memory(std::exchange(other.memory, nullptr)), size(other.size) {}
  Slab& operator=(Slab&&) = delete;
  ~Slab() {
    if (memory != nullptr) ::operator delete (memory, std::align_val_t{size});
  }
};

/// The part of a size's newest slab that is not in use yet.
struct Rest {
  std::byte* next = nullptr;
  std::size_t left = 0;
  std::size_t slab_size = 0;
};

thread_local std::vector<Slab> slabs;
thread_local std::array<Rest, classes + 1> rests{};

}  // namespace

constinit thread_local std::array<Free*, classes + 1> free{};

void refill(std::size_t size_class) {
  const std::size_t size = size_class * granule;
  Rest& rest = rests[size_class];
  if (rest.left < size) {
    rest.slab_size = std::clamp(2 * rest.slab_size, smallest_slab, largest_slab);
    rest.left = rest.slab_size;
    rest.next = slabs.emplace_back(rest.slab_size).memory;
  }
  const std::size_t count = std::min(rest.left / size, std::max<std::size_t>(batch / size, 1));
  // The lowest address comes first, so that what is made together lies together.
  for (std::size_t i = count; i > 0; --i) {
    free[size_class] = new (rest.next + (i - 1) * size) Free{free[size_class]};
  }
  rest.next += count * size;
  rest.left -= count * size;
}

}  // namespace sixslots::sim::frames

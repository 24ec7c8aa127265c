#include "sim/frame_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <mutex>
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

// Aligned to its size, a power of two. It is never given back: frames may outlive their thread.
std::byte* new_slab(std::size_t size) {
  void* memory = ::operator new (size, std::align_val_t{size});
#ifdef MADV_HUGEPAGE
  if (size == largest_slab) madvise(memory, size, MADV_HUGEPAGE);
#endif
  return static_cast<std::byte*>(memory);
}

/// The part of a size's newest slab that is not in use yet.
struct Rest {
  std::byte* next = nullptr;
  std::size_t left = 0;
  std::size_t slab_size = 0;
};

using FreeLists = std::array<Free*, classes + 1>;
using Rests = std::array<Rest, classes + 1>;

thread_local Rests rests{};

struct Stock {
  FreeLists free;
  Rests rests;
};

/// What threads left that have ended.
struct Depot {
  std::mutex mutex;
  std::vector<Stock> stocks;
};

// There for longer than any thread.
Depot& depot() {
  static auto* depot = new Depot;
  return *depot;
}

void append(Free*& list, Free* more) {
  Free** end = &list;
  while (*end != nullptr) end = &(*end)->next;
  *end = more;
}

/// A thread goes on with the stock of one that has ended, and leaves its own when it ends.
struct Succession {
  Succession() {
    const std::lock_guard lock(depot().mutex);
    std::vector<Stock>& stocks = depot().stocks;
    if (stocks.empty()) return;
    // What others began and ended here is in the lists already.
    for (std::size_t i = 0; i < free.size(); ++i) append(free[i], stocks.back().free[i]);
    rests = stocks.back().rests;
    stocks.pop_back();
  }
  ~Succession() {
    const std::lock_guard lock(depot().mutex);
    depot().stocks.push_back({std::exchange(free, {}), std::exchange(rests, {})});
  }
  Succession(const Succession&) = delete;
  Succession& operator=(const Succession&) = delete;
};

}  // namespace

constinit thread_local std::array<Free*, classes + 1> free{};

void refill(std::size_t size_class) {
  thread_local const Succession succession;
  if (free[size_class] != nullptr) return;
  const std::size_t size = size_class * granule;
  Rest& rest = rests[size_class];
  if (rest.left < size) {
    rest.slab_size = std::clamp(2 * rest.slab_size, smallest_slab, largest_slab);
    rest.left = rest.slab_size;
    rest.next = new_slab(rest.slab_size);
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

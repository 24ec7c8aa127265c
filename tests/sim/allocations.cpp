#include "tests/sim/allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> total_count{0};
std::atomic<std::size_t> bytes_in_use{0};
std::atomic<std::size_t> most_in_use{0};

}  // namespace

#if SIXSLOTS_COUNTS_ALLOCATIONS

namespace {

constexpr std::size_t header = alignof(std::max_align_t);  // holds the size

void count(std::size_t size) {
  total_count.fetch_add(1, std::memory_order_relaxed);
  const std::size_t in_use = bytes_in_use.fetch_add(size, std::memory_order_relaxed) + size;
  if (in_use > most_in_use.load(std::memory_order_relaxed)) most_in_use.store(in_use);
}

}  // namespace

void* operator new(std::size_t size) {
  void* memory = std::malloc(size + header);
  if (memory == nullptr) throw std::bad_alloc();
  count(size);
  *static_cast<std::size_t*>(memory) = size;
  return static_cast<char*>(memory) + header;
}

void operator delete(void* object) noexcept {
  if (object == nullptr) return;
  void* memory = static_cast<char*>(object) - header;
  bytes_in_use.fetch_sub(*static_cast<std::size_t*>(memory), std::memory_order_relaxed);
  std::free(memory);
}

void operator delete(void* object, std::size_t) noexcept { operator delete(object); }

// For the slabs of the frame pool, whose sizes are multiples of their alignment; what comes before
// them keeps the alignment too, and ends with the size.
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto before = static_cast<std::size_t>(alignment);
  auto* memory = static_cast<char*>(std::aligned_alloc(before, before + size));
  if (memory == nullptr) throw std::bad_alloc();
  count(size);
  void* object = memory + before;
  *(static_cast<std::size_t*>(object) - 1) = size;
  return object;
}

void operator delete(void* object, std::align_val_t alignment) noexcept {
  bytes_in_use.fetch_sub(*(static_cast<std::size_t*>(object) - 1), std::memory_order_relaxed);
  std::free(static_cast<char*>(object) - static_cast<std::size_t>(alignment));
}

#endif

namespace sixslots::sim::testing {

Allocations allocations() { return {total_count.load(), bytes_in_use.load(), most_in_use.load()}; }

void forget_most_in_use() { most_in_use = bytes_in_use.load(); }

}  // namespace sixslots::sim::testing

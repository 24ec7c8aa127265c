#include "sim/frame_pool.hpp"

#include <thread>

#include "tests/catch.hpp"

namespace sixslots::sim {
namespace {

#if SIXSLOTS_POOLS_FRAMES  // else each frame is an allocation of its own

constexpr std::size_t size = 1904;  // a class that nothing else uses

TEST_CASE("a frame may outlive its thread and end in another, whose own it is then") {
  void* frame = nullptr;
  std::jthread([&] { frame = allocate_frame(size); }).join();
  *static_cast<int*>(frame) = 7;  // still there
  release_frame(frame, size);
  CHECK(allocate_frame(size) == frame);
  release_frame(frame, size);
}

TEST_CASE("a thread goes on with what one that has ended left") {
  void* first = nullptr;
  void* second = nullptr;
  const auto use_one = [](void*& frame) {
    frame = allocate_frame(size);
    release_frame(frame, size);
  };
  std::jthread([&] { use_one(first); }).join();
  std::jthread([&] { use_one(second); }).join();
  CHECK(second == first);
}

#endif

}  // namespace
}  // namespace sixslots::sim

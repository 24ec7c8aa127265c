#pragma once

#include <cstddef>

namespace sixslots::sim {

/// Memory for coroutine frames from free lists of the thread, in classes of 16 bytes: a simulation
/// starts and ends many small processes, and none of them should reach the general allocator.
/// So a frame must end in the thread it began in. Under AddressSanitizer every frame is an
/// allocation of its own, so that uses after the end show.
void* allocate_frame(std::size_t size);
void release_frame(void* frame, std::size_t size) noexcept;

}  // namespace sixslots::sim

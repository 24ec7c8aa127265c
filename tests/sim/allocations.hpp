#pragma once

#include <cstddef>

namespace sixslots::sim::testing {

#if defined(__SANITIZE_ADDRESS__)
#define SIXSLOTS_COUNTS_ALLOCATIONS 0
#elif defined(__has_feature)
#define SIXSLOTS_COUNTS_ALLOCATIONS !__has_feature(address_sanitizer)
#else
#define SIXSLOTS_COUNTS_ALLOCATIONS 1
#endif

/// Whether `operator new` is counted here: under AddressSanitizer it is left alone.
inline constexpr bool counts_allocations = SIXSLOTS_COUNTS_ALLOCATIONS;

/// What the program took from `operator new` so far, and what of it is in use.
struct Allocations {
  std::size_t count = 0;
  std::size_t bytes_in_use = 0;
  std::size_t most_in_use = 0;  ///< since forget_most_in_use()
};
Allocations allocations();
void forget_most_in_use();

}  // namespace sixslots::sim::testing

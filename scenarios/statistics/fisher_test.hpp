#pragma once

#include <cstdint>

namespace sixslots::scenarios {

/// So many of so many.
struct Part {
  std::uint64_t some = 0;
  std::uint64_t all = 0;
};

/// Fisher's exact test of a two by two table (R. A. Fisher, The Design of Experiments, 1935): how
/// likely tables with the same margins are that are no likelier than this one. Both parts may be of
/// one share where that is not small.
double fisher_test(const Part& one, const Part& other);

}  // namespace sixslots::scenarios

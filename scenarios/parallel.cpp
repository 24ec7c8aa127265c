#include "scenarios/parallel.hpp"

#include <algorithm>

namespace sixslots::scenarios {

int number_of_threads(int wished) {
  if (wished > 0) return wished;
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace sixslots::scenarios

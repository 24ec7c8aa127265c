#include <chrono>

#include "sim/time.hpp"

int main() {
  using namespace std::chrono_literals;
  const sixslots::sim::Time clicked = sixslots::sim::start_of_time + 250ms;
  return sixslots::sim::seconds(clicked - sixslots::sim::start_of_time) == 0.25 ? 0 : 1;
}

#include <iostream>
#include <string>
#include <vector>

#include "cli/interrupt.hpp"
#include "cli/program.hpp"

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  sixslots::cli::watch_signals();
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  return static_cast<int>(sixslots::cli::run_program(
      arguments, {std::cin, std::cout, std::cerr, sixslots::cli::surroundings()}));
}

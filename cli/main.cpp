#include <unistd.h>

#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/program.hpp"

namespace {

/// Wherever it happens: a simulation's processes let no exception through.
[[noreturn]] void out_of_memory() {
  constexpr std::string_view text =
      "sixslots: this takes more memory than there is; simulate a shorter time, or fewer requests, "
      "rows or users\n";
  const auto written = write(STDERR_FILENO, text.data(), text.size());
  static_cast<void>(written);
  _exit(static_cast<int>(sixslots::cli::ExitStatus::internal_error));
}

}  // namespace

int main(int count, char** words) {
  std::set_new_handler(out_of_memory);
  std::ios::sync_with_stdio(false);
  sixslots::cli::watch_signals();
  const std::vector<std::string> arguments(words + (count > 0 ? 1 : 0), words + count);
  return static_cast<int>(sixslots::cli::run_program(
      arguments, {std::cin, std::cout, std::cerr, sixslots::cli::surroundings()}));
}

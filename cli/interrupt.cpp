#include "cli/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace sixslots::cli {
namespace {

std::atomic<int> caught = 0;                           // read by every thread that simulates
static_assert(std::atomic<int>::is_always_lock_free);  // so that a signal's handler may write it

extern "C" void note_signal(int signal) { caught = signal; }

}  // namespace

void watch_signals() {
  struct sigaction noted {};
  noted.sa_handler = note_signal;
  noted.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &noted, nullptr);
  sigaction(SIGTERM, &noted, nullptr);
  std::signal(SIGPIPE, SIG_DFL);  // whoever started us may have had it ignored
}

bool is_interrupted() { return caught != 0; }

void throw_if_interrupted() {
  if (caught == SIGINT) throw Interrupted{ExitStatus::interrupted};
  if (caught != 0) throw Interrupted{ExitStatus::terminated};
}

}  // namespace sixslots::cli

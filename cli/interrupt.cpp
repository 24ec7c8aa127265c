#include "cli/interrupt.hpp"

#include <csignal>

namespace sixslots::cli {
namespace {

volatile std::sig_atomic_t caught = 0;

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

void throw_if_interrupted() {
  if (caught == SIGINT) throw Interrupted{ExitStatus::interrupted};
  if (caught != 0) throw Interrupted{ExitStatus::terminated};
}

}  // namespace sixslots::cli

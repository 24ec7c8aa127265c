#pragma once

#include "cli/exit_status.hpp"

namespace sixslots::cli {

/// The user has had enough. Not an error, and so no std::exception.
struct Interrupted {
  ExitStatus status;
};

/// From now on, Ctrl-C and `kill` are noted, for throw_if_interrupted(); a second one ends the
/// process at once. Writing to a closed pipe ends it quietly.
void watch_signals();

/// There was a signal.
bool is_interrupted();

/// Throws Interrupted when there was a signal, so that unfinished files are removed.
void throw_if_interrupted();

}  // namespace sixslots::cli

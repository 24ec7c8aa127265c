#pragma once

namespace sixslots::cli {

/// What the program tells its caller.
enum class ExitStatus : int {
  fine = 0,
  not_met = 1,  ///< an expectation failed
  bad_input = 2,
  internal_error = 3,
  interrupted = 130,  ///< 128 and the signal's number, as shells have it
  terminated = 143,
};

}  // namespace sixslots::cli

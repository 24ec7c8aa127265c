#pragma once

#include <string>

namespace sixslots::scenarios {

/// A place in a file, for messages. Line and column count from 1; 0 means "not from a file".
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
};

}  // namespace sixslots::scenarios

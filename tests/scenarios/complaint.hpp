#pragma once

#include <string>
#include <string_view>

#include "scenarios/error.hpp"
#include "scenarios/reader.hpp"

namespace sixslots::scenarios {

/// What an action complains of, or "nothing".
template <class Action>
std::string complaint_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

/// What the reader says about a file page.toml of this text.
inline std::string complaint(std::string_view toml) {
  return complaint_of([&] { read_scenario(toml, "page.toml"); });
}

}  // namespace sixslots::scenarios

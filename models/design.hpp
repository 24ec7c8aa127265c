#pragma once

#include <span>
#include <string_view>

#include "sim/process.hpp"

namespace sixslots::models {

class Page;

/// A way to keep the rows of a page current. `run` is started once for each tab when it has loaded.
struct Design {
  std::string_view name;
  std::string_view summary;
  sim::Process (*run)(Page& page);
};

/// All known designs, in the order of the course.
std::span<const Design> designs();

/// The design of that name, or nullptr.
const Design* find_design(std::string_view name);

}  // namespace sixslots::models

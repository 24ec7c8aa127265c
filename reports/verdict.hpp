#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// The answer in one, two or three sentences: what hangs, and which variants cure it.
std::string verdict(const Study& study);

}  // namespace sixslots::reports

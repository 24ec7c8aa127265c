#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// The parts of the HTML report between its head and its end.
std::string overview_section(const Study& study);
std::string findings_section(const Study& study);
std::string variants_section(const Study& study);
std::string methods_section(const Study& study);

}  // namespace sixslots::reports

#pragma once

#include <string>

#include "reports/study.hpp"
#include "reports/table.hpp"

namespace sixslots::reports {

/// There are several users, so there is something to tell of what they share.
bool tells_of_fleet(const Study& study);

/// "Each hop, with polling over HTTP/2": of the worst variant.
std::string hops_caption(const Study& study);

/// Its hops, one a row.
Table hops_table(const Study& study);

/// What the columns are.
extern const std::string_view hops_legend;

/// How the users of that variant fared, one by one; empty without requests.
std::string users_text(const Study& study);

void print_fleet(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports

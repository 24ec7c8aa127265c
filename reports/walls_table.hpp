#pragma once

#include <string>

#include "reports/sheet.hpp"
#include "reports/study.hpp"
#include "reports/table.hpp"

namespace sixslots::reports {

/// Is there more to tell than that the browser's slots are used up? Where there are several hops,
/// or a hop's limit binds.
bool tells_of_walls(const Study& study);

/// What is held on the way: a row for each variant, a column for the browser and for each hop.
Table walls_table(const Study& study, std::size_t most);

/// What the columns count, and what sets the limits: "An event stream holds: browser, a slot
/// (browser.connections_per_origin); php-fpm, a worker (hop.1.workers)".
std::string walls_legend(const Study& study);

extern const std::string_view walls_caption;

void print_walls(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports

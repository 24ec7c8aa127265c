#pragma once

#include <nlohmann/json_fwd.hpp>

#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// What queueing theory says of the variants that are a queue it has solved, beside what was
/// simulated; nothing where none is.
void print_closed_forms(Sheet& sheet, const Study& study);

/// The same of one variant: queue, flow, and the stalled times in seconds; null where it is none.
nlohmann::ordered_json closed_form_json(const scenarios::VariantResult& result);

}  // namespace sixslots::reports

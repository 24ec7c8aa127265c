#pragma once

#include "scenarios/planning/plan.hpp"

namespace sixslots::scenarios {

/// Seeks the answer to a question for one variant:
/// 1. doubles or halves, until there is a number at which the conditions hold and one at which they
///    fail, and then goes to their middle, until they are near each other; few replications each
///    (bracket_search.hpp);
/// 2. where what fails is a mean or a quantile and its numbers lie close, fits a curve through five
///    of them (curve.hpp), further apart where luck hides its slope; where none tells, goes on
///    to neighbours, or to within 1 %, which all replications must bear out, and as far around as
///    their verdicts may be luck (luck.hpp);
/// 3. simulates the answer and what lies beside it with all replications.
/// Without a range it looks at no number whose replications have far more events than those at the
/// scenario's own number; with one, the user has said where to look.
PlanAnswer search(const Variant& variant, const PlanQuestion& question, const Progress& progress,
                  const Effort& effort);

/// About how many replications a search takes, for its progress.
int expected_replications(const RunSettings& run);

}  // namespace sixslots::scenarios

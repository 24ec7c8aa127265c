#pragma once

#include "reports/saved/fields.hpp"
#include "scenarios/results.hpp"

namespace sixslots::reports {

/// What reports draw from besides metrics: the distributions of each flow's times over all
/// replications, and of the first replication the counts, levels over time, requests and arrivals.
SavedJson detail_of(const scenarios::VariantResult& result);

/// Puts it back into the result of a variant, whose scenario is known.
void restore_detail(const SavedJson& detail, scenarios::VariantResult& result);

}  // namespace sixslots::reports

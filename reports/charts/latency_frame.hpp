#pragma once

#include "reports/charts/axis.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// A logarithmic axis for the felt flow's latencies in all variants, up to the run's duration.
Axis latency_axis_of(const Study& study, double begin, double end);

}  // namespace sixslots::reports

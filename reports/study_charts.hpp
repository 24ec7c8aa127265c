#pragma once

#include <vector>

#include "reports/charts/line_chart.hpp"
#include "reports/charts/matrix.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// The curves of a study that compares values of a number: what the felt flow takes, open
/// connections, staleness and requests at the app against it, and staleness against those requests;
/// a line for each combination of the other settings. Nothing without such a key.
std::vector<LineChart> curves(const Study& study);

/// Where two numbers are compared: the largest value of the first that holds, against the second.
/// A variant holds when the felt flow gets through and its expectations are met.
std::vector<LineChart> frontiers(const Study& study);

/// Where two keys are compared: a grid of what becomes of the felt flow, one for each combination
/// of the others.
std::vector<Matrix> matrices(const Study& study);

}  // namespace sixslots::reports

#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// How many of the felt flow's requests are answered within a time, over all replications, as SVG.
/// What the run did not see the end of is hatched: the curve never counts it as answered. Axes are
/// the same for all variants of a study. Nothing where no request was made.
std::string distribution_chart(const Study& study, const VariantView& view);

/// One line a variant: the felt flow's median, 95th percentile and maximum on one logarithmic axis,
/// and the share that was not answered. At most `most` variants.
std::string spread_chart(const Study& study, std::size_t most);

}  // namespace sixslots::reports

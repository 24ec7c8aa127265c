#include "reports/charts/latency_frame.hpp"

#include <algorithm>

namespace sixslots::reports {

Axis latency_axis_of(const Study& study, double begin, double end) {
  double low = 0.1;
  double high = 1.0;
  for (const VariantView& view : study.variants) {
    const sim::Tally& latency = study.felt(view).statistics->latency;
    if (latency.min()) low = std::min(low, sim::seconds(*latency.min()));
    if (latency.max()) high = std::max(high, sim::seconds(*latency.max()));
    if (latency.largest_age()) high = std::max(high, sim::seconds(*latency.largest_age()));
  }
  return latency_axis(low, high, begin, end);
}

}  // namespace sixslots::reports

#include "scenarios/planning/loads.hpp"

namespace sixslots::scenarios {
namespace {

std::optional<Crossing> crossing_of(const Loads& loads, std::size_t condition) {
  std::vector<LoadPoint> points;
  double limit = 0.0;
  for (const PlanPoint& load : loads) {
    const Evidence& evidence = *load.result.verdicts[condition].evidence;
    limit = evidence.limit;
    points.push_back({static_cast<double>(load.number), evidence.replications});
  }
  return crossing(points, limit, plan_confidence);
}

}  // namespace

bool is_a_step(const Loads& loads) {
  const PlanPoint& low = loads.front();
  const PlanPoint& high = loads.back();
  return low.sure && high.sure && low.holds != high.holds;
}

std::optional<Crossing> first_crossing(const Loads& loads, const std::vector<Verdict>& failed,
                                       bool largest) {
  std::optional<Crossing> first;
  for (std::size_t i = 0; i < failed.size() && loads.size() > 1; ++i) {
    if (failed[i].holds) continue;
    const std::optional<Crossing> found = crossing_of(loads, i);
    if (!found) return std::nullopt;
    if (!first || (found->x < first->x) == largest) first = found;
  }
  return first;
}

}  // namespace sixslots::scenarios

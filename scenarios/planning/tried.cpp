#include "scenarios/planning/tried.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace sixslots::scenarios {

bool fails_as_measured(const PlanPoint& point) {
  return std::ranges::any_of(point.result.verdicts, [](const Verdict& verdict) {
    return !verdict.holds && verdict.measured.kind != MetricValue::Kind::none;
  });
}

bool Tried::few_hold(std::int64_t number) {
  const auto known = few_.find(number);
  if (known != few_.end()) return known->second;
  const int count = std::min(few_replications, replications_);
  return few_.emplace(number, probe(number, count, false).holds).first->second;
}

PlanPoint& Tried::point(std::int64_t number) {
  const auto known = points_.find(number);
  if (known != points_.end()) return known->second;
  return points_.emplace(number, probe(number, replications_, true)).first->second;
}

PlanPoint Tried::on_curve(std::int64_t number) { return simulated(number, replications_, false); }

bool Tried::surely(std::int64_t number, bool holding) {
  const PlanPoint& seen = point(number);
  return seen.sure && seen.holds == holding;
}

std::int64_t Tried::last_before(std::int64_t too_dear, std::int64_t start) {
  few_.erase(too_dear);  // cheap enough for few replications, but not for all
  const auto after = few_.upper_bound(too_dear);
  return too_dear > start ? std::prev(after)->first : after->first;
}

std::vector<PlanPoint> Tried::take_points() {
  std::vector<PlanPoint> taken;
  for (auto& [number, seen] : points_) taken.push_back(std::move(seen));
  points_.clear();
  return taken;
}

PlanPoint Tried::probe(std::int64_t number, int count, bool keep_samples) {
  PlanPoint seen = simulated(number, count, keep_samples);
  if (!seen.holds) failed_ = seen.result.verdicts;
  return seen;
}

PlanPoint Tried::simulated(std::int64_t number, int count, bool keep_samples) {
  std::optional<PlanPoint> seen = prober_.at(number, count, keep_samples);
  if (!seen) throw TooDear{number};
  return *std::move(seen);
}

}  // namespace sixslots::scenarios

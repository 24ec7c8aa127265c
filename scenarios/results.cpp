#include "scenarios/results.hpp"

#include <algorithm>

namespace sixslots::scenarios {

const MetricValue& VariantResult::metric(std::string_view name) const {
  const auto found = std::ranges::find_if(
      metrics, [name](const MetricValue& value) { return value.info.name == name; });
  static const MetricValue none{.info = {}, .kind = MetricValue::Kind::none};
  return found == metrics.end() ? none : *found;
}

bool Results::no_expectation_fails() const {
  return std::ranges::all_of(variants, [](const VariantResult& result) {
    return std::ranges::find(result.verdicts, Judgement::fail, &Verdict::judgement) ==
           result.verdicts.end();
  });
}

}  // namespace sixslots::scenarios

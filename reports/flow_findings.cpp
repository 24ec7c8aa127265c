#include <fmt/format.h>

#include "reports/at_the_end.hpp"
#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

/// What they wait for.
std::string line_of(const VariantView& view, std::size_t index) {
  const FlowView& flow = view.flows[index];
  if (flow.fate != Fate::unanswered) {
    return line_in_browser(view, index) + line_behind(view);
  }
  const std::optional<Wall> wall = longest_line(view, *flow.statistics);
  return wall ? too_little(*wall) : "They wait at the server.";
}

/// The flow that loses the largest share, of those that the user does not feel; those that the
/// access link keeps are told of there.
const FlowView* worst_besides(const Study& study, const VariantView& view) {
  const FlowView* worst = nullptr;
  const auto share = [](const FlowView& flow) {
    return static_cast<double>(flow.statistics->censored + flow.statistics->given_up) /
           static_cast<double>(flow.statistics->count);
  };
  for (std::size_t i = 0; i < view.flows.size(); ++i) {
    const FlowView& flow = view.flows[i];
    if (i == study.flow || !leaves_undone(flow) || flow.link.is_mostly_shared()) continue;
    if (worst == nullptr || share(flow) > share(*worst)) worst = &flow;
  }
  return worst;
}

}  // namespace

std::optional<Finding> others_hang(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow() || hangs(study.fate(view))) return std::nullopt;  // told of the felt one
  const FlowView* worst = worst_besides(study, view);
  if (worst == nullptr) return std::nullopt;
  Finding finding;
  const std::string key =
      worst->fate == Fate::unanswered ? key_of_line(view, *worst) : key_behind(view);
  finding.cause = fmt::format("{} {}", worst->flow->name, key);
  finding.weight = 65.0;
  finding.what = sentence(going_nowhere(*worst)) + ".";
  const std::size_t index = view.index_of(*worst);
  finding.evidence =
      fmt::format("{}{}.", devtools_shows(view, at_the_end(view, index)), server_saw(view));
  finding.why = line_of(view, index);
  const auto ends = [index](const VariantView& other) {
    return !leaves_undone(other.flows[index]);
  };
  finding.remedy = by_median_of(study, variant, index, ends, key);
  return finding;
}

}  // namespace sixslots::reports

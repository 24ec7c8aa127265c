#include <fmt/format.h>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

/// What becomes of a flow that gets nowhere.
std::string going_nowhere(const FlowView& view) {
  if (view.fate != Fate::unanswered) return starving(view);
  const models::FlowStatistics& flow = *view.statistics;
  return part_of(flow.censored, flow.count, noun_of(*view.flow).plural,
                 {"gets no answer", "get no answer"});
}

/// "Firefox has 6 slots (browser.connections_per_origin), and at most 5 requests wait for one."
std::string line_in_browser(const VariantView& view) {
  const Wall slots = wall_of_slots(view);
  std::string text =
      fmt::format("{} has {} ({}), and at most {} for one", browser_name(view.world()),
                  counted(static_cast<std::uint64_t>(slots.limit), slots.unit), slots.key,
                  requests_wait(whole_count(slots.queue)));
  const std::string by = holders(at_the_end(view));
  return by.empty() ? text + "."
                    : fmt::format("{}; when the first replication ends, {}.", text, by);
}

/// What they wait for.
std::string line_of(const VariantView& view, const FlowView& flow) {
  if (flow.fate != Fate::unanswered) return line_in_browser(view);
  const std::optional<Wall> wall = longest_line(view, *flow.statistics);
  return wall ? too_little(*wall) : "They wait at the server.";
}

/// The flow that loses the largest share, of those that the user does not feel.
const FlowView* worst_besides(const Study& study, const VariantView& view) {
  const FlowView* worst = nullptr;
  const auto share = [](const FlowView& flow) {
    return static_cast<double>(flow.statistics->censored + flow.statistics->given_up) /
           static_cast<double>(flow.statistics->count);
  };
  for (std::size_t i = 0; i < view.flows.size(); ++i) {
    const FlowView& flow = view.flows[i];
    if (i == study.flow || !leaves_undone(flow)) continue;
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
  finding.cause = worst->flow->name;
  finding.weight = 65.0;
  finding.what = sentence(going_nowhere(*worst)) + ".";
  finding.evidence =
      fmt::format("{}. {}.", devtools_shows(view, at_the_end(view)), server_saw(view));
  finding.why = line_of(view, *worst);
  finding.remedy = by_median(study, variant, gets_through(study));
  return finding;
}

}  // namespace sixslots::reports

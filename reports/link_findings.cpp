#include <fmt/format.h>

#include <algorithm>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;

/// From here on sharing is worth a finding: a share of the latency.
constexpr double telling_share = 0.2;

/// "90 % of the time that the click takes, its answer waits for others on the access link"
std::string waiting(const FlowView& flow, Direction direction) {
  return fmt::format("{} of the time that {} takes, {} waits for others on the access link",
                     short_value(MetricInfo::Unit::ratio, flow.link.share(direction)),
                     noun_of(*flow.flow).one, direction == Direction::down ? "its answer" : "it");
}

/// The felt flow, if it shares that direction for long; else the one that does so most.
const FlowView* flow_that_shares(const Study& study, const VariantView& view, Direction direction) {
  const auto shares = [direction](const FlowView& flow) {
    return flow.waits && flow.link.share(direction) >= telling_share;
  };
  if (shares(study.felt(view))) return &study.felt(view);
  const auto most = std::ranges::max_element(
      view.flows, {}, [direction](const FlowView& flow) { return flow.link.share(direction); });
  return shares(*most) ? &*most : nullptr;
}

/// Flows of which it keeps requests, so that some have no end.
std::vector<const FlowView*> kept_by_link(const VariantView& view, Direction direction) {
  std::vector<const FlowView*> kept;
  for (const FlowView& flow : view.flows) {
    if (leaves_undone(flow) && 2.0 * flow.link.share(direction) > 1.0) kept.push_back(&flow);
  }
  return kept;
}

double weight_of(const FlowView& flow, const std::vector<const FlowView*>& kept,
                 Direction direction) {
  double weight = 20.0 + 40.0 * flow.link.share(direction);
  for (const FlowView* one : kept) {
    const double lost = static_cast<double>(one->statistics->censored) /
                        static_cast<double>(one->statistics->count);
    weight = std::max(weight, 65.0 + 30.0 * lost);
  }
  return weight;
}

/// "1.6 Mbit/s"
std::string bit_rate(double bits_per_second) {
  const bool is_mega = bits_per_second >= 1e6;
  return fmt::format("{} {}",
                     short_value(MetricInfo::Unit::count, bits_per_second / (is_mega ? 1e6 : 1e3)),
                     is_mega ? "Mbit/s" : "kbit/s");
}

/// "The link carries 1 Mbit/s up (network.up), which all that is under way shares. ..."
std::string why_shared(const VariantView& view, Direction direction) {
  const auto rate = static_cast<double>(rate_of(view.world(), direction).bits_per_second);
  const double asked = bits_asked_for(*view.result, direction);
  return fmt::format(
      "The link carries {} {} ({}), and all that is under way shares it. A browser asks for {} "
      "on average{}",
      bit_rate(rate), direction == Direction::down ? "down" : "up", key_of(direction),
      bit_rate(asked), asked < rate ? ", much of it at once." : ": more and more is under way.");
}

std::optional<Finding> shared(const Study& study, std::size_t variant, Direction direction) {
  const VariantView& view = study.variants[variant];
  if (!study.has_flow()) return std::nullopt;
  const FlowView* flow = flow_that_shares(study, view, direction);
  if (flow == nullptr) return std::nullopt;
  Finding finding;
  finding.cause = key_of(direction);
  const std::vector<const FlowView*> kept = kept_by_link(view, direction);
  finding.weight = weight_of(*flow, kept, direction);
  finding.what = waiting(*flow, direction);
  for (const FlowView* one : kept) finding.what += ", and " + going_nowhere(*one);
  finding.what += ".";
  finding.evidence = direction == Direction::down
                         ? "DevTools, Timing: a long “Content Download”."
                         : "DevTools, Timing: a long “Request sent”. The server's log shows "
                           "nothing of it before all of a request is there.";
  finding.why = why_shared(view, direction);
  const std::size_t index = view.index_of(*flow);
  finding.remedy = by_median_of(study, variant, index,
                                faster_than(view, index, &FlowView::p95, 0.8), key_of(direction));
  return finding;
}

}  // namespace

std::optional<Finding> way_down_shared(const Study& study, std::size_t variant) {
  return shared(study, variant, Direction::down);
}

std::optional<Finding> way_up_shared(const Study& study, std::size_t variant) {
  return shared(study, variant, Direction::up);
}

}  // namespace sixslots::reports

#include <fmt/format.h>

#include <algorithm>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;

/// Below this a page of a hundred rows wants only a handful of connections more.
constexpr double scales_from = 0.05;

bool scales(const VariantView& view) {
  const MetricValue per_row = metric(*view.result, "connections.per_row");
  return per_row.kind == MetricValue::Kind::exact && per_row.value >= scales_from;
}

std::string_view unit_of(const VariantView& view) {
  return view.multiplexed() ? "streams" : "connections";
}

/// The question of this project, and its answer.
std::string question_and_answer(const VariantView& view, const MetricValue& per_row) {
  return fmt::format("Do open {} scale with the visible rows? {}: {} {} per row.", unit_of(view),
                     scales(view) ? "Yes" : "No", short_value(per_row), unit_of(view));
}

}  // namespace

std::optional<Finding> connections_scale(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const models::WorldSpec& world = view.world();
  const bool yes = scales(view);
  if (world.page.rows == 0 || (!yes && std::ranges::any_of(study.variants, scales))) {
    return std::nullopt;
  }
  const MetricValue per_row = metric(*view.result, "connections.per_row");
  const bool unseen = !yes && !never_loads(view).empty();  // no row of it has asked for anything
  if (per_row.kind != MetricValue::Kind::exact || unseen) return std::nullopt;
  const std::string peak = short_value(metric(*view.result, "connections.peak"));
  const std::string rows = counted(static_cast<std::uint64_t>(world.page.rows), "row");
  Finding finding;
  finding.cause = unit_of(view);
  finding.what = question_and_answer(view, per_row);
  if (!yes) {
    finding.weight = 1.0;
    finding.evidence =
        fmt::format("{}, at most {} open connection{}.", rows, peak, peak == "1" ? "" : "s");
    return finding;
  }
  finding.weight =
      10.0 + 20.0 * std::min(per_row.value, 1.0) + (hangs(study.fate(view)) ? 35.0 : 0.0);
  const double wanted = per_row.value * world.page.rows * world.mean_tabs();
  finding.evidence = fmt::format(
      "{} want{} {} {}; at most {} connection{} open.", rows, world.page.rows == 1 ? "s" : "",
      wanted < 10.0 ? fmt::format("{:.2g}", wanted) : fmt::format("{:.0f}", wanted), unit_of(view),
      peak, peak == "1" ? " is" : "s are");
  finding.why =
      "The design gives each row traffic of its own, and the limit holds for all tabs "
      "of the browser together.";
  const auto flat = [](const VariantView& other) { return !scales(other); };
  finding.remedy = {flat, "one more row wants", [&study](const Group& group) {
                      return range_of(study, group, "connections.per_row");
                    }};
  return finding;
}

}  // namespace sixslots::reports

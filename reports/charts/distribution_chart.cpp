#include "reports/charts/distribution_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/latency_frame.hpp"
#include "reports/charts/svg.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::FlowStatistics;

constexpr double width = 430.0;
constexpr double height = 230.0;
constexpr double left = 52.0;
constexpr double right = width - 26.0;
constexpr double top = 14.0;
constexpr double bottom = height - 44.0;

void draw_axes(Svg& svg, const Axis& x, const Axis& y, std::string_view what) {
  for (const Tick& tick : y.ticks) {
    svg.line({left, y.at(tick.value)}, {right, y.at(tick.value)}, "grid");
    svg.text({left - 6.0, y.at(tick.value) + 4.0}, tick.label, "t end");
  }
  for (const Tick& tick : x.thinned(58.0).ticks) {
    svg.line({x.at(tick.value), top}, {x.at(tick.value), bottom}, "grid");
    svg.text({x.at(tick.value), bottom + 16.0}, tick.label, "t mid");
  }
  svg.line({left, bottom}, {right, bottom}, "rule");
  svg.text({(left + right) / 2.0, height - 8.0}, fitted(what, width - 16.0), "d mid");
}

/// The share answered against time, a point for each occupied bucket and unit of the axis.
std::vector<Point> curve(const sim::Tally& latency, const Axis& x, const Axis& y) {
  std::vector<Point> points = {{left, y.at(0.0)}};
  for (const sim::Histogram::Bucket bucket : latency.finished_histogram().buckets()) {
    const double at = x.at(sim::seconds(bucket.highest));
    const double share = y.at(1.0 - latency.share_above(bucket.highest));
    const bool same = at < points.back().x + 1.0;
    if (!same) points.push_back({at, points.back().y});
    if (same && points.size() > 1) {
      points.back().y = share;
    } else {
      points.push_back({at, share});
    }
  }
  return points;
}

double share_answered(const sim::Tally& latency) {
  if (latency.finished() == 0) return 0.0;
  return 1.0 - latency.share_above(latency.max().value_or(sim::Duration::zero()));
}

std::string unanswered_text(const FlowStatistics& flow) {
  if (flow.starved == flow.censored) return fmt::format("{} never sent", flow.censored);
  if (flow.starved == 0) return fmt::format("{} without an end", flow.censored);
  return fmt::format("{} without an end, {} of them never sent", flow.censored, flow.starved);
}

/// Where the run ended before the requests did.
void draw_unanswered(Svg& svg, const FlowStatistics& flow, const Axis& x, const Axis& y) {
  if (flow.latency.censored() == 0) return;
  const double share = share_answered(flow.latency);
  const double from = flow.latency.max() ? x.at(sim::seconds(*flow.latency.max())) : left;
  svg.rect({from, y.at(1.0), right - from, y.at(share) - y.at(1.0)}, "x");
  const std::string text = unanswered_text(flow);
  const bool fits = y.at(share) - y.at(1.0) > 60.0;
  const double at = fits ? (y.at(1.0) + y.at(share)) / 2.0 + 4.0 : bottom - 10.0;
  svg.plate({right - 10.0, at}, fits ? text : "hatched: " + text, "end");
}

void draw_marks(Svg& svg, const FlowView& felt, const Axis& x, const Axis& y) {
  using Kind = scenarios::MetricValue::Kind;
  for (const auto& [name, value, share] :
       {std::tuple("median", felt.p50, 0.5), std::tuple("95th percentile", felt.p95, 0.95)}) {
    if (value.kind != Kind::exact) continue;
    const Point at{x.at(value.value), y.at(share)};
    const std::string text = fmt::format("{} {}", name, short_value(value));
    svg.dot(at, 3.5, "mark", text);
    const bool to_the_left = at.x + 10.0 + text_width(text) > right;
    svg.text({at.x + (to_the_left ? -9.0 : 9.0), at.y + (share > 0.9 ? 16.0 : 4.0)}, text,
             to_the_left ? "on end" : "on");
  }
}

}  // namespace

std::string distribution_chart(const Study& study, const VariantView& view) {
  if (!study.has_flow() || study.felt(view).statistics->count == 0) return {};
  const FlowView& felt = study.felt(view);
  const Noun noun = noun_of(*felt.flow);
  const Axis x = latency_axis_of(study, left, right);
  const Axis y = share_axis(bottom, top);
  Svg svg(width, height, fmt::format("Latency of {}, {}", noun.one, name_of(view)),
          fmt::format("Share of the {} that are answered within a time, all replications: median "
                      "{}, 95th percentile {}, {}",
                      noun.plural, short_value(felt.p50), short_value(felt.p95),
                      unanswered_text(*felt.statistics)));
  draw_axes(svg, x, y, fmt::format("answered within this time: share of {}", noun.plural));
  draw_unanswered(svg, *felt.statistics, x, y);
  std::vector<Point> points = curve(felt.statistics->latency, x, y);
  const bool all_ended = felt.statistics->latency.censored() == 0;
  points.push_back({all_ended ? right : points.back().x, points.back().y});
  svg.path(points, "line s0");
  draw_marks(svg, felt, x, y);
  return svg.markup();
}

}  // namespace sixslots::reports

#include <fmt/format.h>

#include <algorithm>

#include "reports/charts/distribution_chart.hpp"
#include "reports/charts/latency_frame.hpp"
#include "reports/charts/svg.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using Kind = scenarios::MetricValue::Kind;

constexpr double width = 920.0;
constexpr double name_left = 4.0;
constexpr double begin = 280.0;
constexpr double end = 740.0;
constexpr double note_left = 756.0;
constexpr double row = 22.0;
constexpr double head = 26.0;

/// "1 of 111 answered", "all 111 answered", "none made".
std::string note(const FlowView& felt) {
  const models::FlowStatistics& flow = *felt.statistics;
  if (flow.count == 0) return "none made";
  const std::uint64_t answered = flow.count - flow.censored - flow.failed;
  if (answered == flow.count) return fmt::format("all {} answered", flow.count);
  return fmt::format("{} of {} answered", answered, flow.count);
}

void draw_variant(Svg& svg, const Axis& x, const FlowView& felt, double y) {
  if (felt.statistics->count == 0) return;
  const std::string tip =
      fmt::format("median {}, 95th percentile {}, longest {}", short_value(felt.p50),
                  short_value(felt.p95), short_value(felt.max));
  const double first = felt.p50.kind == Kind::exact ? x.at(felt.p50.value) : begin;
  const bool ends = felt.max.kind == Kind::exact;
  const double last = ends ? x.at(felt.max.value) : end;
  if (!ends) {
    const double from = felt.p95.kind == Kind::exact ? x.at(felt.p95.value) : first;
    svg.rect({from, y - 6.0, end - from, 12.0}, "x", tip);
    if (felt.p50.kind != Kind::exact) {
      svg.plate({(begin + end) / 2.0, y + 4.0}, "median: " + short_value(felt.p50), "mid");
    }
  } else {
    svg.line({first, y}, {last, y}, "whisker");
    svg.line({last, y - 5.0}, {last, y + 5.0}, "whisker");
  }
  if (felt.p50.kind != Kind::exact) return;
  if (felt.p95.kind == Kind::exact) {
    svg.rect({first, y - 4.0, std::max(1.0, x.at(felt.p95.value) - first), 8.0}, "spread");
  }
  svg.dot({first, y}, 4.5, "mark", tip);
}

}  // namespace

std::string spread_chart(const Study& study, std::size_t most) {
  if (!study.has_flow()) return {};
  const std::size_t count = std::min(most, study.variants.size());
  const double bottom = head + row * static_cast<double>(count);
  const Noun noun = noun_of(*study.felt(study.variants.front()).flow);
  Svg svg(width, bottom + 8.0, fmt::format("Latency of {} in each variant", noun.one),
          "Dot: median; box: to the 95th percentile; line: to the longest; hatched: the run ended "
          "first. The table below has the numbers");
  const Axis x = latency_axis_of(study, begin, end);
  for (const Tick& tick : x.thinned(50.0).ticks) {
    svg.line({x.at(tick.value), head}, {x.at(tick.value), bottom}, "grid");
    svg.text({x.at(tick.value), head - 7.0}, tick.label, "t mid");
  }
  for (std::size_t i = 0; i < count; ++i) {
    const VariantView& view = study.variants[i];
    const FlowView& felt = study.felt(view);
    const double y = head + row * (static_cast<double>(i) + 0.5);
    const bool bad = hangs(felt.fate) || felt.fate == Fate::refused;
    svg.text({name_left, y + 4.0}, fitted(name_of(view), begin - 16.0), bad ? "b" : "");
    draw_variant(svg, x, felt, y);
    svg.text({note_left, y + 4.0}, note(felt), bad ? "b" : "d");
  }
  return svg.markup();
}

}  // namespace sixslots::reports

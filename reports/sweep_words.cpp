#include "reports/sweep_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "reports/study_axes.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "scenarios/key_paths.hpp"
#include "scenarios/quantity.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Axis;
using scenarios::Knee;
using scenarios::Knees;
using scenarios::MetricValue;
using scenarios::Scaling;
using scenarios::Sweep;
using scenarios::SweepPoint;
using scenarios::SweepSeries;

/// A slope below this is none: one connection more for twenty rows.
constexpr double least_slope = 0.05;

/// What the numbers of an axis are followed by: "/s", "ms"; empty where they count something.
std::string unit_of(const Axis& axis) { return clean(scenarios::numbers_on(axis)->unit); }

/// For one more of what an axis counts or measures: "per row", "per 1/s of rate", "for each of the
/// connections per origin".
std::string per_one_of(const Axis& axis) {
  std::string name = short_key(axis.key);
  const std::string unit = unit_of(axis);
  if (!unit.empty()) return fmt::format("per 1{} of {}", unit, plural_of(axis));
  if (name.find(" per ") != std::string::npos) return "for each of the " + plural_of(axis);
  if (name.ends_with('s') && !name.ends_with("ss")) name.pop_back();
  return fmt::format("per {}{}", name, scenarios::of_which_hop(axis.key));
}

/// "90/s"
std::string number_on(const Axis& axis, double x) {
  const std::string number = fmt::format("{:g}", x);
  const bool long_one = number.find('e') != std::string::npos;
  return (long_one ? fmt::format("{:.10g}", x) : number) + unit_of(axis);
}

/// "6 rows", "90/s"
std::string amount_on(const Axis& axis, double x) {
  const std::string number = number_on(axis, x);
  return unit_of(axis).empty() ? fmt::format("{} {}", number, plural_of(axis)) : number;
}

Scaling scaling_of(const SweepSeries& series) {
  std::vector<std::vector<double>> levels;
  for (const SweepPoint* point : series.points) levels.push_back(point->connections);
  return scenarios::scaling(series.x, levels);
}

bool grows(const Scaling& scaling) {
  return scaling.interval ? scaling.interval->low > least_slope : scaling.slope > least_slope;
}

bool falls(const Scaling& scaling) {
  return scaling.interval ? scaling.interval->high < -least_slope : scaling.slope < -least_slope;
}

/// On either side of a break.
bool scales(const Scaling& scaling) {
  return grows(scaling) || (scaling.breaks && scaling.beyond > least_slope);
}

/// The same, downwards.
bool shrinks(const Scaling& scaling) {
  return falls(scaling) || (scaling.breaks && scaling.beyond < -least_slope);
}

/// Two decimals, and no minus before a zero.
std::string hundredths(double value) {
  return fmt::format("{:.2f}", std::abs(value) < 0.005 ? 0.0 : value);
}

/// "1.00 [0.98, 1.02]", and of a level that falls "falls by 0.35 [0.30, 0.40]".
std::string slope_text(const Scaling& scaling) {
  const bool down = falls(scaling);
  const std::string size = hundredths(down ? -scaling.slope : scaling.slope);
  const std::string_view verb = down ? "falls by " : "";
  if (!scaling.interval) return fmt::format("{}{}", verb, size);
  const auto [low, high] = *scaling.interval;
  return fmt::format("{}{} [{}, {}]", verb, size, hundredths(down ? -high : low),
                     hundredths(down ? -low : high));
}

/// "; beyond that it falls by 0.12 per row"
std::string beyond_text(const Scaling& scaling, const Axis& axis) {
  const bool down = scaling.beyond < -0.005;
  return fmt::format("; beyond that {}{} {}", down ? "it falls by " : "",
                     hundredths(down ? -scaling.beyond : scaling.beyond), per_one_of(axis));
}

/// "6 rows"; between two numbers of a sweep "about 5.6 rows", with as many digits as it takes to be
/// between them.
std::string break_text(const SweepSeries& series, const Axis& axis, const Scaling& scaling) {
  if (!scaling.between) return amount_on(axis, scaling.break_at);
  const auto above = std::ranges::upper_bound(series.x, scaling.break_at);
  double about = scaling.break_at;
  for (int digits = 2; digits < 15; ++digits) {
    about = scenarios::written_number(fmt::format("{:.{}g}", scaling.break_at, digits))->value;
    if (above[-1] < about && about < *above) break;
  }
  return "about " + amount_on(axis, about);
}

/// What was measured past the break: "from 7 rows on 6 in all", "from 7 rows on 5.8 to 6 in all".
std::string plateau_of(const SweepSeries& series, const Axis& axis, const Scaling& scaling) {
  std::vector<MetricValue> levels;
  std::optional<double> from;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const MetricValue* level = series.points[i]->metric("connections.mean");
    if (level == nullptr || series.x[i] <= scaling.break_at) continue;
    if (!from) from = series.x[i];
    levels.push_back(*level);
  }
  if (!from) return {};
  return fmt::format("; from {} on {} in all", amount_on(axis, *from), short_range(levels));
}

/// What a limit hides: streams share a connection, requests wait for one.
std::string wanted(const SweepSeries& series, const Scaling& scaling) {
  const SweepPoint& last = *series.points.back();
  const MetricValue* wants = last.metric("connections.per_row");
  if (wants == nullptr || wants->value < least_slope || scales(scaling)) return {};
  return fmt::format("; one more row wants {} {}", short_value(*wants),
                     last.multiplexed ? "streams" : "connections");
}

/// "between 5 and 6 rows (p95 latency 113 ms, then never)": from the good side on.
std::string knee_between(const SweepSeries& series, const Axis& axis, const std::string& metric,
                         const Knee& knee) {
  const auto value = [&](std::size_t i) { return short_value(*series.points[i]->metric(metric)); };
  return fmt::format("between {} and {} (p95 latency {}, then {})",
                     number_on(axis, series.x[knee.good]), amount_on(axis, series.x[knee.past]),
                     value(knee.good), value(knee.past));
}

}  // namespace

std::string plural_of(const Axis& axis) {
  return short_key(axis.key) + scenarios::of_which_hop(axis.key);
}

std::string x_label(const Axis& axis) {
  const std::string unit = unit_of(axis);
  return unit.empty() ? plural_of(axis) : fmt::format("{} ({})", plural_of(axis), unit);
}

std::string point_label(const Axis& axis, double x) {
  return fmt::format("{} {}", plural_of(axis), number_on(axis, x));
}

std::string name_of(const SweepSeries& series) {
  if (series.label.empty()) return "this page";
  std::string name = clean(series.label);
  for (std::size_t at = name.find(", "); at != std::string::npos; at = name.find(", ")) {
    name.erase(at, 1);  // names stand in lists, which have commas of their own
  }
  return name;
}

std::string growth_text(const SweepSeries& series, const Axis& axis) {
  const Scaling scaling = scaling_of(series);
  const bool breaks = scaling.breaks && (scales(scaling) || shrinks(scaling));
  std::string text = fmt::format("{}{} open connections {}", slope_text(scaling),
                                 breaks && scaling.at_least ? " or more" : "", per_one_of(axis));
  if (breaks) {
    text += fmt::format(
        ", up to {}{}", break_text(series, axis, scaling),
        scaling.levels_off() ? plateau_of(series, axis, scaling) : beyond_text(scaling, axis));
  }
  return text + wanted(series, scaling);
}

std::string knee_text(const Sweep& sweep, const SweepSeries& series, const Axis& axis) {
  if (sweep.header.flow.empty()) return {};
  const std::string metric = sweep.header.flow + ".latency.p95";
  const Knees knees = scenarios::knees(series, metric);
  if (!knees.any()) return fmt::format("no knee up to {}", amount_on(axis, series.x.back()));
  if (knees.everywhere) return "past the knee at every number: requests are no longer answered";
  std::vector<std::string> all;
  for (const std::optional<Knee>& knee : {knees.below, knees.above}) {
    if (knee) all.push_back(knee_between(series, axis, metric, *knee));
  }
  return fmt::format("{} {}", all.size() == 1 ? "knee" : "knees", joined(all));
}

std::string answer_text(const Axis& axis, const std::vector<SweepSeries>& all) {
  std::vector<std::string> yes;
  std::vector<std::string> no;
  for (const SweepSeries& series : all) {
    (scales(scaling_of(series)) ? yes : no).push_back(name_of(series));
  }
  std::string answer =
      fmt::format("Does the number of open connections scale with {}? ", plural_of(axis));
  if (no.empty()) {
    answer += all.size() == 1 ? "Yes." : "Yes, in every series.";
  } else if (yes.empty()) {
    const bool down = std::ranges::all_of(
        all, [](const SweepSeries& series) { return shrinks(scaling_of(series)); });
    answer += all.size() == 1 ? "No" : "No, in no series";
    answer += down ? "; it falls." : ".";
  } else {
    answer += fmt::format("Yes with {}. No with {}.", joined(yes), joined(no));
  }
  return answer;
}

}  // namespace sixslots::reports

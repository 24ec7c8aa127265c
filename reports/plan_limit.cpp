#include "reports/plan_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "reports/evidence.hpp"
#include "reports/findings.hpp"
#include "reports/plan_words.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"
#include "scenarios/statistics/paired.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;
using scenarios::PlanAnswer;
using scenarios::PlanPoint;

/// The metric that fails, in its parts: "click", "latency.p95".
struct Kept {
  std::string name;
  std::string flow;  ///< empty: it is of no flow
  std::string of_flow;

  [[nodiscard]] bool is_latency() const { return of_flow.starts_with("latency."); }
  [[nodiscard]] std::string statistic() const { return of_flow.substr(of_flow.rfind('.') + 1); }
  /// As the reference writes it: "FLOW.latency.p95", "hop.N.queue.peak".
  [[nodiscard]] std::string pattern() const {
    if (!flow.empty()) return "FLOW." + of_flow;
    if (!name.starts_with("hop.")) return name;
    return "hop.N" + name.substr(std::min(name.find('.', 4), name.size()));
  }
};

Kept kept_metric(const PlanAnswer& answer, const PlanPoint& failing) {
  Kept kept{.name = first_failure(failing).expectation.metric, .flow = {}, .of_flow = {}};
  const std::string first = kept.name.substr(0, kept.name.find('.'));
  const auto& flows = answer.variant.scenario.world.requests;
  if (std::ranges::find(flows, first, &models::RequestFlow::name) == flows.end()) return kept;
  kept.flow = first;
  kept.of_flow = kept.name.substr(first.size() + 1);
  return kept;
}

struct Part {
  std::string_view metric;
  std::string_view words;
};
constexpr std::array parts = {
    Part{"stalled", "the wait in the browser for a slot or a stream"},
    Part{"connecting", "the wait for connections to be set up"},
    Part{"proxy_queue", "the wait at the hops before the app"},
    Part{"worker_queue", "the wait at the app for a worker"},
    Part{"service", "the time at a worker of the app"},
    Part{"transfer", "the time from the answer's first byte to its end"},
};
constexpr std::size_t in_browser = 0;
constexpr std::string_view rest = "the rest, which is the way of the request to the app";
using Parts = std::array<MetricValue, parts.size() + 1>;

/// The same statistic of each part of a latency; the last is what they leave of it.
Parts parts_of(const PlanPoint& point, const Kept& kept) {
  const auto measured = [&](std::string_view part) {
    return metric(point.result, fmt::format("{}.{}.{}", kept.flow, part, kept.statistic()));
  };
  Parts values;
  MetricValue left = measured("latency");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    values[i] = measured(parts[i].metric);
    left.value -= values[i].value;
  }
  left.kind = MetricValue::Kind::exact;
  left.value = std::max(left.value, 0.0);
  values.back() = left;
  return values;
}

/// A run as the findings see it.
scenarios::Results alone(const PlanPoint& point) {
  scenarios::Results results;
  results.scenario = point.result.variant.scenario;
  results.variants.push_back(point.result);
  return results;
}

/// ", behind requests that wait for a worker of gunicorn (hop.1.workers)": where a line at the
/// server keeps slots from coming free.
std::string ahead_in_line(const PlanPoint& point) {
  const scenarios::Results results = alone(point);
  const Study seen = study(results);
  const VariantView& view = seen.variants.front();
  const std::string ahead = who_is_ahead(view);
  return ahead.empty() ? ahead : fmt::format("{} ({})", ahead, key_behind(view));
}

std::string words_of(std::size_t part, const PlanPoint& failing) {
  if (part >= parts.size()) return std::string(rest);
  return std::string(parts[part].words) + (part == in_browser ? ahead_in_line(failing) : "");
}

/// Whether replications that met the same users leave open that the part grows at all.
bool may_be_luck(std::size_t part, const PlanPoint& answer, const PlanPoint& failing,
                 const Kept& kept) {
  if (part >= parts.size()) return false;
  const std::string name = fmt::format("{}.{}.{}", kept.flow, parts[part].metric, kept.statistic());
  const scenarios::PairedDifference growth = scenarios::paired_difference(
      failing.result, answer.result, name, scenarios::shared_confidence(parts.size()));
  return growth.interval && growth.interval->low <= 0.0;
}

/// Which part of a latency grows most between two runs; nothing where that cannot be seen, or is
/// not why the latency does. Of percentiles the rest is too rough to compare: they do not add up.
std::string growth_text(const PlanPoint& answer, const PlanPoint& failing, const Kept& kept) {
  const Parts before = parts_of(answer, kept);
  const Parts after = parts_of(failing, kept);
  const auto growth = [&](std::size_t i) { return after[i].value - before[i].value; };
  const std::size_t compared = kept.statistic() == "mean" ? before.size() : parts.size();
  std::size_t most = 0;
  for (std::size_t i = 1; i < compared; ++i) {
    if (growth(i) > growth(most)) most = i;
  }
  const double all =
      metric(failing.result, kept.name).value - metric(answer.result, kept.name).value;
  if (growth(most) <= 0.0 || 2.0 * growth(most) < all) return {};
  if (may_be_luck(most, answer, failing, kept)) return {};
  const std::string low = short_value(before[most]);
  const std::string high = short_value(after[most]);
  if (low == high) return {};
  return fmt::format("What grows most of {} is {}: {} at {}, {} at {}.", kept.name,
                     words_of(most, failing), low, answer.value, high, failing.value);
}

std::string largest_text(const PlanPoint& failing, const Kept& kept) {
  const Parts all = parts_of(failing, kept);
  const auto largest = std::ranges::max_element(all, {}, &MetricValue::value);
  if (largest->value <= 0.0) return {};
  return fmt::format("The largest part of {} is {}: {} at {}.", kept.name,
                     words_of(static_cast<std::size_t>(largest - all.begin()), failing),
                     short_value(*largest), failing.value);
}

/// What a kind of finding explains.
struct Concern {
  std::string_view finding;
  bool of_felt_flow;  ///< and of no other flow
  bool of_waits;      ///< how long requests take, and whether they end
  std::array<std::string_view, 4> others;
};
constexpr std::array waits = {"FLOW.latency.", "FLOW.stalled",  "FLOW.starved",
                              "FLOW.censored", "FLOW.given_up", "FLOW.user"};
constexpr std::array concerns = {
    Concern{"slots-held", false, true, {"slots.", "streams.never_opened", "staleness."}},
    Concern{"stream-limit-reached", false, true, {"slots.", "streams.never_opened", "staleness."}},
    Concern{"workers-held", false, true, {"FLOW.worker_queue.", "FLOW.failed", "workers.", "hop."}},
    Concern{"connections-held", false, true, {"FLOW.proxy_queue.", "FLOW.failed", "hop."}},
    Concern{"refused", true, false, {"FLOW.failed", "FLOW.users_hit", "hop.N.refused"}},
    Concern{"pages-fail", false, false, {"pages.", "hop.N.refused"}},
    Concern{"rows-stay-blank", false, false, {"streams.never_opened", "staleness."}},
    Concern{"often-stalled", true, true, {"slots.queue_peak"}},
    Concern{"workers-busy",
            true,
            true,
            {"FLOW.worker_queue.", "FLOW.proxy_queue.", "workers.", "hop."}},
    Concern{"way-down-shared",
            false,
            false,
            {"FLOW.latency.", "FLOW.censored", "FLOW.user", "FLOW.transfer."}},
    Concern{"way-up-shared", false, false, {"FLOW.latency.", "FLOW.censored", "FLOW.user"}},
    Concern{"connections-scale", false, false, {"connections.", "slots.", "hop.N.connections."}},
    Concern{"rows-stale", false, false, {"staleness."}},
    Concern{"connects-again", true, false, {"FLOW.latency.", "FLOW.connecting.", "FLOW.user"}},
    Concern{"pages-deaf", false, false, {"pages.", "streams.given_up", "staleness."}},
    Concern{"storm", false, false, {"reconnects.", "streams.", "connections.", "requests.rate"}},
    Concern{"clicks-in-the-storm",
            true,
            false,
            {"FLOW.storm", "FLOW.latency.", "FLOW.failed", "FLOW.user"}},
    Concern{"streams-cut", false, false, {"streams.", "pages.deaf", "staleness.", "hop.N.cut"}},
};

bool concerns_metric(const Finding& finding, const Kept& kept, const Study& study) {
  const auto* known = std::ranges::find(concerns, finding.name, &Concern::finding);
  if (known == concerns.end()) return false;
  const VariantView& view = study.variants.front();
  const bool felt = study.has_flow() && study.felt(view).flow->name == kept.flow;
  if (known->of_felt_flow && !kept.flow.empty() && !felt) return false;
  const std::string pattern = kept.pattern();
  const auto begins = [&](std::string_view prefix) {
    return !prefix.empty() && pattern.starts_with(prefix);
  };
  return (known->of_waits && std::ranges::any_of(waits, begins)) ||
         std::ranges::any_of(known->others, begins);
}

/// The heaviest finding of those that concern the metric.
std::string finding_text(const PlanPoint& failing, const Kept& kept) {
  const scenarios::Results results = alone(failing);
  const Study seen = study(results);
  for (const Finding& finding : findings(seen)) {
    if (!concerns_metric(finding, kept, seen)) continue;
    return fmt::format("At {}: {} {}", failing.value, finding.what, finding.why);
  }
  return {};
}

/// Where the run's end, and nothing else, kept the metric from holding.
std::string bound_text(const PlanPoint& failing) {
  const scenarios::Verdict& failure = first_failure(failing);
  const bool is_below = failure.measured.value < failure.expectation.limit;
  if (failure.measured.kind != MetricValue::Kind::at_least || !is_below) return {};
  return fmt::format(
      "At {} unfinished requests make {} a bound; a percentile or a longer run would tell.",
      failing.value, failure.expectation.metric);
}

}  // namespace

std::string limit_text(const PlanAnswer& answer) {
  const PlanPoint* failing = answer.failing();
  if (failing == nullptr) return {};
  if (std::string bound = bound_text(*failing); !bound.empty()) return bound;
  const Kept kept = kept_metric(answer, *failing);
  const std::string finding = finding_text(*failing, kept);
  const PlanPoint* at_answer = answer.at_answer();
  std::string part;
  if (kept.is_latency() && at_answer != nullptr && at_answer != failing) {
    part = growth_text(*at_answer, *failing, kept);
  }
  if (kept.is_latency() && part.empty() && finding.empty()) part = largest_text(*failing, kept);
  return fmt::format("{}{}{}", part, part.empty() || finding.empty() ? "" : " ", finding);
}

}  // namespace sixslots::reports

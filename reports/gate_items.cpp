#include "reports/gate_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/expectations.hpp"
#include "reports/precision.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "scenarios/measures.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Drift;
using scenarios::Gated;
using scenarios::Judged;
using scenarios::Judgement;
using scenarios::Moved;

GateItem item_of(const Judged& judged) {
  return {GateItem::Kind::expectation,
          judged.judgement,
          clean(fmt::format("{} {}", judged.expectation.metric, judged.expectation.text)),
          clean(judged.variant),
          found_text(judged),
          judged.expectation.position};
}

/// "+3.67 % from 2.2 kB/s", "5 from 0"
std::string movement(const Moved& moved) {
  const scenarios::MetricInfo::Unit unit = moved.metric.unit;
  const double relative = moved.relative_change();
  const std::string before = short_value(unit, moved.before);
  std::string text = fmt::format("{} from {}", short_value(unit, moved.after), before);
  if (std::isfinite(relative)) {
    const double percent = 100.0 * relative;
    text = fmt::format("{:+.{}f} % from {}", percent, std::abs(percent) < 9.95 ? 2 : 0, before);
  }
  if (statistic_of(moved.metric).kind == scenarios::Statistic::Kind::other) {
    text += ", in a replication on average";
  }
  if (moved.interval) {
    text += fmt::format("; the difference is in {}", short_interval(unit, *moved.interval));
  }
  return text;
}

GateItem drift_item(Judgement judgement, std::string name, const std::string& variant,
                    std::string message, scenarios::Position position) {
  return {GateItem::Kind::drift, judgement,          std::move(name),
          clean(variant),        std::move(message), std::move(position)};
}

std::string agreement(const Gated& gated) {
  const Drift& drift = *gated.drift;
  if (drift.identical) return "every metric of every replication is what it was";
  std::string text = fmt::format("no measure moved by more than chance in {} pairs of replications",
                                 drift.compared);
  if (!drift.tolerated.empty()) {
    text = fmt::format("{} moved, by no more than is tolerated",
                       counted(drift.tolerated.size(), "measure"));
  }
  return text;
}

void add_drift(std::vector<GateItem>& items, const Gated& gated) {
  const Drift& drift = *gated.drift;
  const scenarios::Position file{gated.baseline, 1, 1};
  // What was updated is told, but fails no longer.
  const Judgement bad = gated.updated ? Judgement::pass : Judgement::fail;
  if (drift.seed_changed) {
    items.push_back(drift_item(bad, "drift", "", "the seed is not the baseline's", file));
  }
  for (const Moved& moved : drift.moved) {
    items.push_back(drift_item(bad, "drift of " + moved.metric.name, moved.variant, movement(moved),
                               moved.position));
  }
  for (const std::string& gone : drift.gone) {
    items.push_back(drift_item(bad, "drift", gone, "is in the baseline alone", file));
  }
  for (const std::string& label : drift.without_baseline) {
    items.push_back(drift_item(bad, "drift", label, "is not in the baseline", file));
  }
  if (drift.passes()) {
    items.push_back(drift_item(Judgement::pass, "drift", "", agreement(gated), file));
  }
}

int place(const GateItem& item) {
  switch (item.judgement) {
    case Judgement::fail:
      return 0;
    case Judgement::undecided:
      return 1;
    case Judgement::pass:
      break;
  }
  return 2;
}

std::string drift_summary(const Gated& gated) {
  if (!gated.drift) return gated.updated ? "a new baseline" : "";
  const Drift& drift = *gated.drift;
  if (drift.identical && drift.passes()) return "identical to the baseline";
  if (drift.passes()) return "no drift";
  if (drift.seed_changed) return "another seed than the baseline's";
  std::vector<std::string> parts;
  if (!drift.moved.empty()) {
    parts.push_back(counted(drift.moved.size(), "measure") + " drifted");
  }
  if (!drift.gone.empty()) parts.push_back(fmt::format("{} gone", drift.gone.size()));
  if (!drift.without_baseline.empty()) {
    parts.push_back(counted(drift.without_baseline.size(), "variant") + " without baseline");
  }
  return joined(parts);
}

std::string expectation_summary(const Gated& gated) {
  const std::size_t all = gated.expectations.size();
  if (all == 0) return "no expectations";
  const std::size_t failed = gated.count(Judgement::fail);
  const std::size_t open = gated.count(Judgement::undecided);
  if (failed + open == 0) {
    return fmt::format("{} hold{}", counted(all, "expectation"), all == 1 ? "s" : "");
  }
  std::vector<std::string> parts;
  if (failed > 0) parts.push_back(fmt::format("{} fail{}", failed, failed == 1 ? "s" : ""));
  if (open > 0) parts.push_back(fmt::format("{} {} undecided", open, open == 1 ? "is" : "are"));
  return fmt::format("of {} {}", counted(all, "expectation"), joined(parts));
}

}  // namespace

std::vector<GateItem> gate_items(const Gated& gated) {
  std::vector<GateItem> items;
  for (const Judged& judged : gated.expectations) items.push_back(item_of(judged));
  if (gated.drift) add_drift(items, gated);
  std::ranges::stable_sort(items, {}, place);
  return items;
}

std::string reason_of(const Gated& gated) {
  const Drift& drift = *gated.drift;
  if (drift.seed_changed) {
    return "Another seed means other users: nothing can be paired with the baseline.";
  }
  const std::string model =
      fmt::format("the model ({} to {})", drift.model_before, drift.model_after);
  if (drift.scenario_changed && drift.model_changed()) {
    return fmt::format("Both the scenario and {} changed since the baseline.", model);
  }
  if (drift.scenario_changed) {
    return "The scenario changed, the model did not: the design makes the difference.";
  }
  if (drift.model_changed()) {
    return fmt::format(
        "The scenario did not change; {} did: sixslots {} simulates other rules "
        "than {} did.",
        model, gated.version, drift.version_before);
  }
  return fmt::format(
      "Neither the scenario nor the model's version ({}) changed: sixslots {} "
      "computes otherwise than {} did, which is a fault of sixslots.",
      drift.model_after, gated.version, drift.version_before);
}

std::string summary_of(const Gated& gated) {
  const std::string drift = drift_summary(gated);
  return expectation_summary(gated) + (drift.empty() ? "" : "; " + drift);
}

std::string summary_of(const scenarios::GateOutcome& outcome) {
  const std::size_t all = outcome.scenarios.size();
  const auto failed = static_cast<std::size_t>(std::ranges::count_if(
      outcome.scenarios, [&](const Gated& one) { return !one.passes(outcome.strictness); }));
  const bool open = std::ranges::any_of(
      outcome.scenarios, [](const Gated& one) { return one.count(Judgement::undecided) > 0; });
  std::string text = failed == 0
                         ? fmt::format("{} pass{}", counted(all, "scenario"), all == 1 ? "es" : "")
                         : fmt::format("{} of {} fail{}", failed, counted(all, "scenario"),
                                       failed == 1 ? "s" : "");
  if (open && outcome.strictness == scenarios::Strictness::lenient) {
    text += "; what is undecided fails with --strict only";
  }
  return text;
}

std::string title_of(const Gated& gated) {
  return clean(gated.title.empty() ? gated.file : gated.title);
}

}  // namespace sixslots::reports

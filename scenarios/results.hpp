#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/observations.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/statistics/diagnosis.hpp"
#include "scenarios/statistics/evidence.hpp"
#include "scenarios/variants.hpp"

namespace sixslots::scenarios {

/// A measured number in its base unit, over all replications of a variant. Honest about what it
/// could not see: a quantile that falls among requests which had not ended is a lower bound.
struct MetricValue {
  enum class Kind : std::uint8_t {
    exact,     ///< `value`
    at_least,  ///< more than `value`: the run ended first; prints as "> 58 s"
    never,     ///< the requests in question were never sent; `value` is the longest of their waits
    none,      ///< nothing to measure: no request was made
  };
  MetricInfo info;
  Kind kind = Kind::exact;
  double value = 0.0;
  std::optional<Interval> interval = {};  ///< of 95 % confidence
  std::string no_interval = {};           ///< why there is none

  /// The run ended before the value was known: it is a lower bound, or never came.
  [[nodiscard]] bool is_bound() const { return kind == Kind::at_least || kind == Kind::never; }
};

/// What becomes of an expectation. Undecided: what was simulated allows both.
enum class Judgement : std::uint8_t { pass, fail, undecided };

/// How an expectation fared.
struct Verdict {
  Expectation expectation;
  MetricValue measured;
  bool holds = false;                     ///< by its value alone: the likelier of both
  std::optional<Evidence> evidence = {};  ///< how far from its limit it is; not for counts
  Judgement judgement = Judgement::fail;  ///< as far as one can tell (judgement.hpp)
  std::string cure = {};  ///< where more simulation would tell: how much, or of what kind
};

/// The answer for one variant.
struct VariantResult {
  Variant variant;
  std::vector<MetricValue> metrics;  ///< in the order of metrics_of()
  std::vector<Verdict> verdicts;
  std::vector<models::FlowStatistics> flows;  ///< pooled over replications
  models::Observations sample;                ///< the first replication, with all its records
  int replications = 0;                       ///< more than asked for where a precision is
  /// Of each metric its value in each replication; not a number where it has none.
  std::vector<std::vector<double>> by_replication;
  Diagnosis diagnosis;

  /// The metric of that name; of one that this variant does not have, such as that of a hop, there
  /// is nothing to measure.
  [[nodiscard]] const MetricValue& metric(std::string_view name) const;
};

/// The answer to a scenario.
struct Results {
  Scenario scenario;
  std::string scenario_hash;  ///< of the text and the settings: names what was simulated
  std::string version;        ///< of sixslots
  std::vector<VariantResult> variants;
  bool interrupted = false;  ///< variants are missing, or have fewer replications than asked for

  /// What is undecided does not fail.
  [[nodiscard]] bool no_expectation_fails() const;
};

}  // namespace sixslots::scenarios

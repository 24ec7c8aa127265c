#include "scenarios/theory/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/parallel.hpp"
#include "scenarios/reader.hpp"

namespace sixslots::scenarios::theory {
namespace {

// One false alarm in ten thousand, with fixed seeds: a failure is a bug or a one-off of the seed
// that was reviewed.
constexpr double judged_confidence = 0.9999;

/// The widest 95 % half-width, relative to the truth, that still tells something.
double widest(Measure::Kind kind) {
  switch (kind) {
    case Measure::Kind::mean:
      return 0.05;
    case Measure::Kind::variance:
      return 0.10;  // 5 % of its root
    case Measure::Kind::quantile:
      return 0.20;
    case Measure::Kind::spread:
      return 0.25;
  }
  return 0.0;
}

Judgement judgement(const Measure& measure, const Estimate& found) {
  const double off = std::abs(found.value - measure.target);
  if (found.error <= 0.0) {
    return off <= 1e-9 * std::abs(measure.target) ? Judgement::holds : Judgement::off;
  }
  if (!found.interval(judged_confidence).holds(measure.target)) return Judgement::off;
  const bool narrow =
      found.interval().half_width() <= widest(measure.kind) * std::abs(measure.target);
  return narrow ? Judgement::holds : Judgement::too_short;
}

struct Job {
  std::size_t scenario = 0;
  int replication = 0;
};

std::vector<Weighted> replicate(const TheoryCase& one, const Scenario& scenario, int index) {
  models::RunSpec spec = replication(scenario.run, index);
  spec.keep_records = one.keep_records;
  const models::Observations seen = models::run(scenario.world, spec);
  std::vector<Weighted> values;
  for (const Measure& measure : one.measures) values.push_back(measure.value(seen));
  return values;
}

std::string name_of(const TheoryCase& one) {
  return fmt::format("{} {}", one.group, one.parameters);
}

void sum_up(Verification& all) {
  double squares = 0.0;
  for (const VerifiedCase& one : all.cases) {
    for (const Measured& measured : one.measures) {
      ++all.measures;
      if (measured.judgement == Judgement::holds) ++all.held;
      if (!measured.z) continue;
      ++all.scores;
      squares += *measured.z * *measured.z;
    }
  }
  if (all.scores >= fewest_scores) all.root_mean_square = std::sqrt(squares / all.scores);
}

}  // namespace

bool Verification::holds() const {
  const bool plausible = !root_mean_square || (*root_mean_square >= least_root_mean_square &&
                                               *root_mean_square <= most_root_mean_square);
  return held == measures && plausible;
}

Measured judge(const Measure& measure, std::span<const Weighted> replications) {
  const Estimate found = estimate(replications);
  Measured result{measure, found.value, measure.target, found.interval(), {}, Judgement::holds};
  result.judgement = judgement(measure, found);
  if (found.error > 0.0) result.z = (found.value - measure.target) / found.error;
  if (measure.kind == Measure::Kind::variance) {
    const auto root = [](double square) { return std::sqrt(std::max(square, 0.0)); };
    result.value = root(result.value);
    result.truth = root(result.truth);
    result.interval = {root(result.interval.low), root(result.interval.high)};
  }
  return result;
}

Verification verify(std::span<const TheoryCase> cases, const VerificationRun& run,
                    const Progress& progress) {
  std::vector<Scenario> scenarios;
  std::vector<Job> jobs;
  for (const TheoryCase& one : cases) {
    Scenario scenario = read_scenario(one.text(), name_of(one));
    if (run.replications > 0) scenario.run.replications = run.replications;
    scenario.run.seed += run.seed << 32U;  // the case's own stays in the lower half
    for (int i = 0; i < scenario.run.replications; ++i) jobs.push_back({scenarios.size(), i});
    scenarios.push_back(std::move(scenario));
  }
  Verification all;
  std::vector<std::vector<Weighted>> values;  // of each measure of the case at work
  InOrder<std::vector<Weighted>> work(
      jobs.size(), [&](std::size_t i, std::vector<Weighted>& found) {
        const Job& job = jobs[i];
        found = replicate(cases[job.scenario], scenarios[job.scenario], job.replication);
      });
  work.run(number_of_threads(run.threads), [&](std::size_t i, const std::vector<Weighted>& found) {
    const Job& job = jobs[i];
    const TheoryCase& one = cases[job.scenario];
    const int replications = scenarios[job.scenario].run.replications;
    if (job.replication == 0) values.assign(one.measures.size(), {});
    for (std::size_t m = 0; m < found.size(); ++m) values[m].push_back(found[m]);
    if (progress) progress(static_cast<int>(i + 1), static_cast<int>(jobs.size()), one.group);
    if (job.replication + 1 < replications) return;
    VerifiedCase verified{one.group, one.parameters, replications, {}};
    for (std::size_t m = 0; m < values.size(); ++m) {
      verified.measures.push_back(judge(one.measures[m], values[m]));
    }
    all.cases.push_back(std::move(verified));
  });
  sum_up(all);
  return all;
}

std::vector<TheoryCase> theory_cases(std::string_view group, bool lengthy_too) {
  std::vector<TheoryCase> all;
  for (const TheoryGroup& one : theory_groups()) {
    if (!group.empty() && group != one.name) continue;
    for (TheoryCase& queue : one.cases()) {
      if (!queue.lengthy || lengthy_too) all.push_back(std::move(queue));
    }
  }
  return all;
}

}  // namespace sixslots::scenarios::theory

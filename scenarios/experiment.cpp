#include "scenarios/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "models/world.hpp"
#include "scenarios/pooled.hpp"

namespace sixslots::scenarios {

namespace {

models::RunSpec replication(const RunSettings& settings, int index) {
  models::RunSpec run;
  run.duration = settings.duration;
  run.warm_up = settings.warm_up;
  run.random = {settings.seed, static_cast<std::uint32_t>(index)};
  run.keep_records = index == 0;
  return run;
}

// How many connections (streams, over HTTP/2) one more row wants: the slope between two runs that
// differ in the number of rows alone, once the page has settled.
double measure_connections_per_row(const Scenario& scenario) {
  models::WorldSpec spec = scenario.world;
  const int rows = spec.page.rows;
  if (rows == 0) return 0.0;
  const int other = rows > 1 ? rows / 2 : 2;
  models::RunSpec run = replication(scenario.run, 0);
  run.keep_records = false;
  run.warm_up = run.duration / 2;
  const double held = models::run(spec, run).held_mean;
  spec.page.rows = other;
  const double held_by_other = models::run(spec, run).held_mean;
  const double slope = (held - held_by_other) / static_cast<double>(rows - other);
  return slope / spec.tabs / spec.fleet.users + 0.0;  // no -0
}

bool holds(const Expectation& expectation, const MetricValue& measured) {
  using Operator = Expectation::Operator;
  if (measured.kind == MetricValue::Kind::none) return false;
  const double value = measured.value;
  const bool unbounded = measured.kind != MetricValue::Kind::exact;
  switch (expectation.op) {
    case Operator::less:
      return !unbounded && value < expectation.limit;
    case Operator::less_equal:
      return !unbounded && value <= expectation.limit;
    case Operator::greater:
      return value > expectation.limit || (unbounded && value >= expectation.limit);
    case Operator::greater_equal:
      return value >= expectation.limit;
    case Operator::equal:
      return !unbounded && value == expectation.limit;
    case Operator::not_equal:
      return unbounded || value != expectation.limit;
  }
  return false;
}

VariantResult summarize(const Variant& variant, const Pooled& pooled, models::Observations sample) {
  VariantResult result;
  result.variant = variant;
  result.flows = pooled.flows;
  result.sample = std::move(sample);
  for (const MetricInfo& metric : metrics_of(variant.scenario)) {
    result.metrics.push_back(measure(metric, variant.scenario, pooled));
  }
  for (const Expectation* expectation : expectations_for(variant)) {
    const MetricValue& measured = result.metric(expectation->metric);
    result.verdicts.push_back({*expectation, measured, holds(*expectation, measured)});
  }
  return result;
}

std::string hash_of(const Scenario& scenario, const std::vector<Variant>& variants) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  };
  mix(scenario.text);
  mix(fmt::format("{} {} {} {}", scenario.run.seed, scenario.run.replications,
                  scenario.run.duration.count(), scenario.run.warm_up.count()));
  for (const Variant& variant : variants) mix(variant.label);
  return fmt::format("{:016x}", hash);
}

}  // namespace

const MetricValue& VariantResult::metric(std::string_view name) const {
  const auto found = std::ranges::find_if(
      metrics, [name](const MetricValue& value) { return value.info.name == name; });
  assert(found != metrics.end());
  return *found;
}

bool Results::expectations_hold() const {
  return std::ranges::all_of(variants, [](const VariantResult& result) {
    return std::ranges::all_of(result.verdicts, &Verdict::holds);
  });
}

Results run_experiment(const Scenario& scenario, const Progress& progress) {
  const std::vector<Variant> all = variants(scenario);
  Results results;
  results.scenario = scenario;
  results.scenario_hash = hash_of(scenario, all);
  results.version = SIXSLOTS_VERSION;
  const int replications = scenario.run.replications;
  const int total = replications * static_cast<int>(all.size());
  int done = 0;
  for (const Variant& variant : all) {
    const RunSettings& settings = variant.scenario.run;
    const double seconds = sim::seconds(settings.duration - settings.warm_up);
    Pooled pooled;
    models::Observations sample;
    for (int index = 0; index < settings.replications; ++index) {
      models::Observations seen = models::run(variant.scenario.world, replication(settings, index));
      pooled.add(seen, seconds);
      if (index == 0) sample = std::move(seen);
      if (progress) progress(++done, total, variant.label);
    }
    pooled.connections_per_row = measure_connections_per_row(variant.scenario);
    results.variants.push_back(summarize(variant, pooled, std::move(sample)));
  }
  return results;
}

}  // namespace sixslots::scenarios

#include "scenarios/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <limits>
#include <thread>
#include <utility>

#include "models/world.hpp"
#include "scenarios/parallel.hpp"
#include "scenarios/pooled.hpp"
#include "scenarios/statistics/metric_intervals.hpp"

namespace sixslots::scenarios {

namespace {

/// The same page where nothing has a limit and nothing happens, for one user: the others add as
/// much.
models::WorldSpec without_limits(const models::WorldSpec& spec) {
  constexpr int plenty = 1'000'000;
  models::WorldSpec world = spec;
  world.fleet = {};
  world.events.clear();
  world.browser.connections_per_origin = world.browser.connections_total = plenty;
  world.browser.http2_streams_default = plenty;
  world.browser.http2_streams_cap = 0;
  world.browser.web_socket.limit = plenty;
  for (models::HopSpec& hop : world.hops) {
    if (hop.max_concurrent_streams) hop.max_concurrent_streams = plenty;
    hop.executing_streams = hop.connections_per_client = 0;
    hop.workers = hop.connections = hop.upstream_connections = hop.upstream_requests = 0;
  }
  return world;
}

/// How many connections (streams, over HTTP/2) the rows of a user want, once the page has settled,
/// and how many one more row wants: the slope between two runs that differ in the number of rows
/// alone.
Demand measure_demand(const Scenario& scenario, const std::function<bool(double)>& goes_on) {
  models::WorldSpec spec = without_limits(scenario.world);
  const int rows = spec.page.rows;
  if (rows == 0 || !spec.scripted.empty()) return {};
  const int other = rows > 1 ? rows / 2 : 2;
  models::RunSpec run = replication(scenario.run, 0);
  run.warm_up = run.duration / 2;
  run.goes_on = goes_on;
  const double held = models::run(spec, run).held_mean;
  spec.page.rows = other;
  const double held_by_other = models::run(spec, run).held_mean;
  const double slope = (held - held_by_other) / static_cast<double>(rows - other);
  return {held, slope / spec.tabs + 0.0};  // no -0
}

bool holds(const Expectation& expectation, const MetricValue& measured) {
  using Operator = Expectation::Operator;
  if (measured.kind == MetricValue::Kind::none) return false;
  const double value = measured.value;
  // A mean that has an interval is one that its few unfinished requests do not change.
  const bool unbounded = measured.kind != MetricValue::Kind::exact && !measured.interval;
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

/// A replication of a variant, or what is measured in runs of its own.
struct Job {
  std::size_t variant = 0;
  int replication = 0;
};
constexpr int demand = -1;

struct Done {
  models::Observations seen;
  std::optional<Segments> segments;
  bool cut_short = false;  ///< the run was ended before its time
  Demand demand;
};

/// So many replications of a steady run keep their records for a while, to judge its length by; of
/// a terminating run one, for Little's law.
constexpr int judged_replications = 10;

Done work(const Variant& variant, int index, const Effort& effort,
          const std::function<bool(double)>& goes_on) {
  Done done;
  const RunSettings& settings = variant.scenario.run;
  if (index == demand) {
    done.demand = measure_demand(variant.scenario, goes_on);
    return done;
  }
  models::RunSpec spec = replication(settings, index);
  spec.goes_on = goes_on;
  const bool shown = index == 0 && effort.keep_samples;
  const int judged = settings.kind == RunKind::steady ? judged_replications : 1;
  spec.keep_records = index < judged;
  done.seen = models::run(variant.scenario.world, spec);
  done.cut_short = done.seen.end < sim::start_of_time + settings.duration;
  if (spec.keep_records) done.segments = segments_of(done.seen, settings.warm_up);
  if (!shown) {
    done.seen.records = {};
    done.seen.arrivals = {};
    done.seen.open_connections = {};
    done.seen.waiting_requests = {};
    done.seen.streams_missing = {};
    done.seen.hop_connections = {};
    done.seen.hop_queues = {};
  }
  return done;
}

/// Gathers the replications of one variant, in their order.
class Gathering {
 public:
  explicit Gathering(const Variant& variant) : variant_(variant) {}

  void add(int index, Done&& done) {
    if (index == demand) {
      pooled_.demand = done.demand;
      return;
    }
    const RunSettings& run = variant_.scenario.run;
    if (done.cut_short && (index > 0 || !is_worth_while(done, run))) return;
    const sim::Duration seen_for = done.seen.end - sim::start_of_time - run.warm_up;
    const double seconds = std::max(sim::seconds(seen_for), 0.0);
    pooled_.add(done.seen, seconds);
    each_.emplace_back().add(done.seen, seconds);
    if (done.segments) segments_.push_back(std::move(*done.segments));
    if (index == 0) sample_ = std::move(done.seen);
  }

  [[nodiscard]] int replications() const { return pooled_.replications; }

  /// Everything so far as a result; the sample goes with it.
  VariantResult result() {
    VariantResult result;
    result.variant = variant_;
    result.flows = pooled_.flows;
    result.replications = pooled_.replications;
    result.diagnosis = diagnose(variant_.scenario, segments_);
    for (const MetricInfo& metric : metrics_of(variant_.scenario)) {
      result.metrics.push_back(measured(metric, result.diagnosis));
      result.by_replication.push_back(by_replication(metric));
    }
    for (const Expectation* expectation : expectations_for(variant_)) {
      const MetricValue& measured = result.metric(expectation->metric);
      result.verdicts.push_back(
          {*expectation, measured, holds(*expectation, measured),
           evidence(measured.info, expectation->limit, variant_.scenario, each_)});
    }
    result.sample = std::move(sample_);
    return result;
  }

  /// How the intervals compare with the precision that the scenario wants.
  struct Progress {
    bool reached = true;
    bool more_helps = false;  ///< not where runs are too short or have too few requests
  };
  [[nodiscard]] Progress precision() const {
    Progress progress;
    const Diagnosis diagnosis = diagnose(variant_.scenario, segments_);
    for (const MetricInfo& metric : metrics_of(variant_.scenario)) {
      if (!decides(metric)) continue;
      const MetricValue value = measured(metric, diagnosis);
      const double wanted = variant_.scenario.run.precision.value * std::abs(value.value);
      if (value.interval && value.interval->half_width() <= wanted) continue;
      progress.reached = false;
      if (value.interval || replications() < fewest_replications) progress.more_helps = true;
    }
    return progress;
  }

 private:
  /// Of a run that was ended before its time there is something to tell.
  static bool is_worth_while(const Done& done, const RunSettings& run) {
    return done.seen.end > sim::start_of_time + run.warm_up;
  }

  [[nodiscard]] MetricValue measured(const MetricInfo& metric, const Diagnosis& diagnosis) const {
    MetricValue value = measure(metric, variant_.scenario, pooled_);
    add_interval(value, variant_.scenario, pooled_, each_, diagnosis);
    return value;
  }

  [[nodiscard]] std::vector<double> by_replication(const MetricInfo& metric) const {
    std::vector<double> values;
    for (const Pooled& one : each_) {
      const MetricValue value = measure(metric, variant_.scenario, one);
      const bool none = value.kind == MetricValue::Kind::none;
      values.push_back(none ? std::numeric_limits<double>::quiet_NaN() : value.value);
    }
    return values;
  }

  [[nodiscard]] bool decides(const MetricInfo& metric) const {
    if (statistic_of(metric).kind == Statistic::Kind::other) return false;
    const std::vector<Expectation>& expected = variant_.scenario.expect;
    if (expected.empty()) return metric.name.ends_with(".latency.mean");
    return std::ranges::find(expected, metric.name, &Expectation::metric) != expected.end();
  }

  const Variant& variant_;
  Pooled pooled_;
  std::vector<Pooled> each_;
  std::vector<Segments> segments_;
  models::Observations sample_;
};

/// Thrown when an experiment is stopped.
struct Stopped {};

/// Does a list of jobs, and tells how far it is.
class Simulating {
 public:
  Simulating(std::span<const Variant> variants, const Progress& progress, const Effort& effort)
      : variants_(variants), progress_(progress), effort_(effort) {
    for (const Variant& variant : variants) total_ += variant.scenario.run.replications;
  }

  void plan(int more) { total_ += more; }

  /// Throws Stopped, after what was complete has been taken.
  void run(const std::vector<Job>& jobs, const std::function<void(const Job&, Done&&)>& take) {
    InOrder<Done> all(jobs.size(), [&](std::size_t i) {
      return work(variants_[jobs[i].variant], jobs[i].replication, effort_, watched(jobs[i]));
    });
    std::string_view label;
    const auto take_one = [&](std::size_t i, Done&& done) {
      label = variants_[jobs[i].variant].label;
      take(jobs[i], std::move(done));
      if (jobs[i].replication != demand) {
        ++done_;
        parts_under_way_ -= parts;
        tell(label);
      }
      if (is_stopped()) throw Stopped();
    };
    all.run(number_of_threads(effort_.threads), take_one, [&] { tell(label); });
  }

 private:
  static constexpr int parts = 1000;

  [[nodiscard]] bool is_stopped() const { return effort_.stopped && effort_.stopped(); }

  void tell(std::string_view label) const {
    if (!progress_) return;
    progress_(done_ + std::max(0.0, static_cast<double>(parts_under_way_) / parts), total_, label);
  }

  /// Notes how far a replication is, and ends it when the experiment is stopped.
  std::function<bool(double)> watched(const Job& job) {
    if (job.replication == demand) return [this](double) { return !is_stopped(); };
    return [this, told = 0, &variant = variants_[job.variant]](double part) mutable {
      const int now = static_cast<int>(part * parts);
      parts_under_way_ += now - std::exchange(told, now);
      if (std::this_thread::get_id() == main_) tell(variant.label);
      return !is_stopped();
    };
  }

  std::span<const Variant> variants_;
  const Progress& progress_;
  const Effort& effort_;
  const std::thread::id main_ = std::this_thread::get_id();
  std::atomic<int> parts_under_way_ = 0;
  int done_ = 0;
  int total_ = 0;
};

std::vector<Job> jobs_of(std::size_t variant, int from, int to) {
  std::vector<Job> jobs;
  for (int index = from; index < to; ++index) jobs.push_back({variant, index});
  return jobs;
}

/// As many replications as the scenarios ask for; the variants' jobs follow each other without a
/// pause.
void simulate_fixed(std::span<const Variant> variants, Simulating& simulating,
                    const std::function<void(VariantResult&&)>& take) {
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    jobs.push_back({i, demand});
    const std::vector<Job> own = jobs_of(i, 0, variants[i].scenario.run.replications);
    jobs.insert(jobs.end(), own.begin(), own.end());
  }
  std::optional<Gathering> gathering;
  const auto gather = [&](const Job& job, Done&& done) {
    const Variant& variant = variants[job.variant];
    if (job.replication == demand) gathering.emplace(variant);
    gathering->add(job.replication, std::move(done));
    if (gathering->replications() != variant.scenario.run.replications) return;
    take(gathering->result());
    gathering.reset();
  };
  try {
    simulating.run(jobs, gather);
  } catch (const Stopped&) {
    if (gathering && gathering->replications() > 0) take(gathering->result());
    throw;
  }
}

/// More replications of one variant until it is precise; the number depends on results alone.
void simulate_until_precise(std::span<const Variant> variants, std::size_t index,
                            Simulating& simulating,
                            const std::function<void(VariantResult&&)>& take) {
  constexpr int block = 5;
  const RunSettings& run = variants[index].scenario.run;
  Gathering gathering(variants[index]);
  const auto add = [&](const Job& job, Done&& done) {
    gathering.add(job.replication, std::move(done));
  };
  std::vector<Job> jobs = jobs_of(index, 0, run.replications);
  jobs.insert(jobs.begin(), {index, demand});
  try {
    simulating.run(jobs, add);
  } catch (const Stopped&) {
    if (gathering.replications() > 0) take(gathering.result());
    throw;
  }
  while (gathering.precision().more_helps && gathering.replications() < run.most_replications) {
    const int from = gathering.replications();
    const int to = std::min(from + block, run.most_replications);
    simulating.plan(to - from);
    simulating.run(jobs_of(index, from, to), add);
  }
  const bool reached = gathering.precision().reached;
  VariantResult result = gathering.result();
  if (!reached) {
    result.diagnosis.warnings.push_back(
        fmt::format("the precision of {:.3g} % was not reached in {} replications",
                    100.0 * run.precision.value, result.replications));
  }
  take(std::move(result));
}

}  // namespace

models::RunSpec replication(const RunSettings& settings, int index) {
  models::RunSpec run;
  run.duration = settings.duration;
  run.warm_up = settings.warm_up;
  run.random = {settings.seed, static_cast<std::uint32_t>(settings.first_replication + index)};
  return run;
}

const MetricValue& VariantResult::metric(std::string_view name) const {
  const auto found = std::ranges::find_if(
      metrics, [name](const MetricValue& value) { return value.info.name == name; });
  static const MetricValue none{.info = {}, .kind = MetricValue::Kind::none};
  return found == metrics.end() ? none : *found;
}

bool Results::expectations_hold() const {
  return std::ranges::all_of(variants, [](const VariantResult& result) {
    return std::ranges::all_of(result.verdicts, &Verdict::holds);
  });
}

bool simulate(std::span<const Variant> variants, const Progress& progress, const Effort& effort,
              const std::function<void(VariantResult&&)>& take) {
  Simulating simulating(variants, progress, effort);
  const bool fixed = std::ranges::all_of(
      variants, [](const Variant& variant) { return variant.scenario.run.precision.value <= 0.0; });
  try {
    if (fixed) {
      simulate_fixed(variants, simulating, take);
    } else {
      for (std::size_t i = 0; i < variants.size(); ++i) {
        simulate_until_precise(variants, i, simulating, take);
      }
    }
  } catch (const Stopped&) {
    return false;
  }
  return true;
}

std::string hash_of(const Scenario& scenario) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ 0xFFU) * 0x100000001b3U;  // ends the text: no byte of UTF-8
  };
  mix(scenario.text);
  for (const Setting& setting : scenario.settings) {
    mix(setting.key);
    mix(setting.value);
  }
  for (const Axis& axis : scenario.compare) {
    mix(axis.key);
    for (const std::string& value : axis.values) mix(value);
  }
  return fmt::format("{:016x}", hash);
}

Results run_experiment(const Scenario& scenario, const Progress& progress, const Effort& effort) {
  const std::vector<Variant> all = variants(scenario);
  Results results;
  results.scenario = scenario;
  results.scenario_hash = hash_of(scenario);
  results.version = SIXSLOTS_VERSION;
  const auto take = [&](VariantResult&& result) { results.variants.push_back(std::move(result)); };
  results.interrupted = !simulate(all, progress, effort, take);
  return results;
}

}  // namespace sixslots::scenarios

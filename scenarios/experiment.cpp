#include "scenarios/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>

#include "models/world.hpp"
#include "scenarios/demand.hpp"
#include "scenarios/endless.hpp"
#include "scenarios/gathering.hpp"
#include "scenarios/parallel.hpp"

namespace sixslots::scenarios {

namespace {

/// A replication of a variant, or what is measured in runs of its own.
struct Job {
  std::size_t variant = 0;
  int replication = 0;
};
constexpr int demand = -1;

/// What a job was for; the other member may be left from an earlier job.
struct Done {
  Replicated run;
  Demand demand;
};

void add(Gathering& gathering, const Job& job, Done& done) {
  if (job.replication == demand) {
    gathering.add(done.demand);
  } else {
    gathering.add(job.replication, done.run);
  }
}

/// So many replications of a steady run keep their records for a while, to judge its length by; of
/// a terminating run one, for Little's law.
constexpr int judged_replications = 10;

void drop_records(models::Observations& seen) {
  seen.records = {};
  seen.arrivals = {};
  seen.open_connections = {};
  seen.waiting_requests = {};
  seen.workers_busy = {};
  seen.streams_missing = {};
  seen.hop_connections = {};
  seen.hop_queues = {};
}

void replicate(const Scenario& scenario, std::span<const MetricMeasure> measures, int index,
               bool keep_sample, const std::function<bool(double)>& goes_on, Replicated& done) {
  const RunSettings& settings = scenario.run;
  models::RunSpec spec = replication(settings, index);
  spec.goes_on = goes_on;
  const int judged = settings.kind == RunKind::steady ? judged_replications : 1;
  spec.keep_records = index < judged;
  models::Observations seen = models::run(scenario.world, spec);
  measure(measures, spec, seen, done);
  done.sample.reset();
  if (index > 0) return;
  if (!keep_sample) drop_records(seen);
  done.sample = std::make_unique<models::Observations>(std::move(seen));
}

/// Thrown when an experiment is stopped.
struct Stopped {};

/// Does a list of jobs, and tells how far it is.
class Simulating {
 public:
  Simulating(std::span<const Variant> variants, const Progress& progress, const Effort& effort)
      : variants_(variants), progress_(progress), effort_(effort) {
    for (const Variant& variant : variants) {
      total_ += variant.scenario.run.replications;
      measures_.push_back(measures_of(variant.scenario));
    }
  }

  void plan(int more) { total_ += more; }

  [[nodiscard]] std::span<const MetricMeasure> measures(std::size_t variant) const {
    return measures_[variant];
  }

  /// Throws Stopped, after what was complete has been taken.
  void run(const std::vector<Job>& jobs, const std::function<void(const Job&, Done&)>& take) {
    InOrder<Done> all(jobs.size(), [&](std::size_t i, Done& done) { work(jobs[i], done); });
    std::string_view label;
    const auto take_one = [&](std::size_t i, Done& done) {
      if (thrown_) std::rethrow_exception(thrown_);
      label = variants_[jobs[i].variant].label;
      take(jobs[i], done);
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

  void work(const Job& job, Done& done) {
    const Variant& variant = variants_[job.variant];
    try {
      simulate(variant.scenario, job, done);
    } catch (const models::Endless& why) {
      throw endless(variant.scenario, variant.label, why);
    }
  }

  void simulate(const Scenario& scenario, const Job& job, Done& done) {
    if (job.replication == demand) {
      done.demand = measure_demand(scenario, watched(job));
    } else {
      replicate(scenario, measures_[job.variant], job.replication, effort_.keep_samples,
                watched(job), done.run);
    }
  }

  [[nodiscard]] bool is_stopped() const {
    return too_dear_ || (effort_.stopped && effort_.stopped());
  }

  // Who is told may throw to end it all: then no thread goes on with its replication.
  void tell(std::string_view label) {
    if (!progress_) return;
    const double under_way = static_cast<double>(parts_under_way_) / parts;
    try {
      progress_(done_ + std::max(0.0, under_way), total_, label);
    } catch (...) {
      thrown_ = std::current_exception();
      abandoned_ = true;
      throw;
    }
  }

  /// Notes how far a replication is, and ends it when the experiment is stopped.
  std::function<bool(double)> watched(const Job& job) {
    const bool counts = job.replication != demand;
    return [this, counts, told = 0, events = std::uint64_t{0},
            &variant = variants_[job.variant]](double part) mutable {
      events += models::events_between_questions;
      if (effort_.most_events > 0 && events > effort_.most_events) too_dear_ = true;
      const int now = static_cast<int>(part * parts);
      if (counts) parts_under_way_ += now - std::exchange(told, now);
      if (std::this_thread::get_id() == main_) tell(variant.label);
      return !is_stopped() && !abandoned_;
    };
  }

  std::span<const Variant> variants_;
  const Progress& progress_;
  const Effort& effort_;
  std::vector<std::vector<MetricMeasure>> measures_;  // of each variant
  const std::thread::id main_ = std::this_thread::get_id();
  std::atomic<int> parts_under_way_ = 0;
  std::exception_ptr thrown_;  // by who is told how far it is
  std::atomic<bool> abandoned_ = false;
  std::atomic<bool> too_dear_ = false;  // a replication had more events than it may
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
  const auto gather = [&](const Job& job, Done& done) {
    const Variant& variant = variants[job.variant];
    if (job.replication == demand) gathering.emplace(variant, simulating.measures(job.variant));
    add(*gathering, job, done);
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
  Gathering gathering(variants[index], simulating.measures(index));
  const auto gather = [&](const Job& job, Done& done) { add(gathering, job, done); };
  std::vector<Job> jobs = jobs_of(index, 0, run.replications);
  jobs.insert(jobs.begin(), {index, demand});
  try {
    simulating.run(jobs, gather);
    while (gathering.precision().more_helps && gathering.replications() < run.most_replications) {
      const int from = gathering.replications();
      const int to = std::min(from + block, run.most_replications);
      simulating.plan(to - from);
      simulating.run(jobs_of(index, from, to), gather);
    }
  } catch (const Stopped&) {
    if (gathering.replications() > 0) take(gathering.result());
    throw;
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
  run.warm_up = settings.left_out();
  run.random = {settings.seed, static_cast<std::uint32_t>(settings.first_replication + index)};
  return run;
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

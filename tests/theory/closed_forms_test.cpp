#include <cmath>
#include <map>
#include <set>

#include "scenarios/theory/abandonment.hpp"
#include "scenarios/theory/batch_queue.hpp"
#include "scenarios/theory/general_queues.hpp"
#include "scenarios/theory/markov_queues.hpp"
#include "scenarios/theory/terminating_queues.hpp"
#include "tests/catch.hpp"
#include "tests/theory/truth.hpp"

namespace sixslots::scenarios::theory {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool starts(const std::string& text, const std::string& with) { return text.starts_with(with); }

/// A measure of a law by its name: EWq, SDWq, PW0, PWgt@0.1, Wq_p99, and the same with a class's
/// number in it.
double of_law(const Law& law, const std::string& measure) {
  if (starts(measure, "E")) return law.mean;
  if (starts(measure, "SD")) return law.deviation;
  if (starts(measure, "PW0")) return law.tail(0.0);
  if (const auto at = measure.find("gt"); starts(measure, "P") && at != std::string::npos) {
    return law.tail(std::stod(measure.substr(measure.find('@') + 1)));
  }
  if (const auto at = measure.rfind("_p"); at != std::string::npos) {
    return law.quantile(std::stod(measure.substr(at + 2)) / 100.0);
  }
  return unknown;
}

double of_queue(const Queue& queue, const std::string& measure) {
  if (measure == "Lq") return queue.queue_length;
  if (measure == "util") return queue.utilization;
  if (measure == "X") return queue.throughput;
  if (measure == "Pblock") return queue.refused;
  return of_law(queue.wait, measure);
}

int whole(const Truth& row, const std::string& key) { return static_cast<int>(row.number(key)); }

double mmc_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const double mu = row.number("mu");
  const int c = whole(row, "c");
  if (row.measure == "ET" || starts(row.measure, "T_")) {
    return of_law(mmc_time(lambda, mu, c), row.measure);
  }
  const Queue queue = mmc(lambda, mu, c);
  if (row.measure == "EWq_cond") return queue.wait.mean / queue.wait.tail(0.0);
  return of_queue(queue, row.measure);
}

double held_row(const Truth& row) {
  const int c = whole(row, "k") - whole(row, "s");
  if (row.measure == "T_p99") {
    return mmc_time(row.number("lambda"), row.number("mu"), c).quantile(0.99);
  }
  return of_queue(mmc(row.number("lambda"), row.number("mu"), c), row.measure);
}

double mmck_row(const Truth& row) {
  return of_queue(mmck(row.number("lambda"), row.number("mu"), whole(row, "c"), whole(row, "K")),
                  row.measure);
}

double erlb_row(const Truth& row) {
  const double load = row.number("a");
  const int c = whole(row, "c");
  if (row.measure == "Pblock") return erlang_b(c, load);
  if (row.measure == "util") return load * (1.0 - erlang_b(c, load)) / c;
  return unknown;
}

double engset_row(const Truth& row) {
  const Engset result = engset(whole(row, "N"), row.number("alpha"), whole(row, "c"));
  if (row.measure == "Ptime_block") return result.time_blocked;
  return row.measure == "util" ? result.utilization : result.call_blocked;
}

double mg1_row(const Truth& row) {
  const Law wait = mg1_wait(row.number("lambda"), row.law("S"));
  if (row.measure == "ET") return wait.mean + row.law("S").mean();
  return of_law(wait, row.measure);
}

double mdc_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const Law wait = mdc_wait(lambda, row.law("S").mean(), whole(row, "c"));
  return row.measure == "Lq" ? lambda * wait.mean : of_law(wait, row.measure);
}

double mgc_row(const Truth& row) {
  if (row.measure == "EWq_LeeLongton_approx") return unknown;
  const sim::Distribution service = row.law("S");
  const int c = whole(row, "c");
  if (row.measure == "util") return row.number("lambda") * service.mean() / c;
  return of_law(mphc_wait(row.number("lambda"), two_phases(service), c), row.measure);
}

double mix_row(const Truth& row) {
  const double polls = row.number("lambda_poll");
  const double streams = row.number("lambda_stream");
  const TwoPhases service{polls / (polls + streams), 1.0 / row.number("mean_poll"), 0.0,
                          1.0 / row.number("mean_stream")};
  return of_law(mphc_wait(polls + streams, service, whole(row, "c")), row.measure);
}

double nested_row(const Truth& row) {
  if (row.settings().contains("RTT")) return unknown;
  const Nested result =
      nested(row.number("lambda"), row.number("mu"), whole(row, "k"), whole(row, "w"));
  if (row.measure == "EW_worker") return result.mean_at_worker;
  if (row.measure == "ET") return result.pool.mean + result.mean_at_worker + 1.0 / row.number("mu");
  return of_law(result.pool, row.measure);
}

double prio_row(const Truth& row) {
  if (row.settings().contains("mu1")) return unknown;
  std::vector<double> lambdas;
  for (const char* key : {"lambda1", "lambda2", "lambda3"}) {
    if (row.settings().contains(key)) lambdas.push_back(row.number(key));
  }
  const auto digit = row.measure.find_first_of("123", 2);
  const std::size_t which =
      row.measure == "PW0" ? 0 : static_cast<std::size_t>(row.measure[digit] - '1');
  return of_law(priority_wait(lambdas, which, row.number("mu"), whole(row, "c")), row.measure);
}

double gimc_row(const Truth& row) {
  const sim::Distribution gap = row.law("A");
  const int c = whole(row, "c");
  return of_law(gimc_wait(transform_of(gap), row.number("mu"), c), row.measure);
}

double gig1_row(const Truth& row) {
  return row.measure == "EWq" ? phases_wait(row.law("A"), row.law("S")) : unknown;
}

double batch_row(const Truth& row) {
  const double lambda = row.number("lambda_batch");
  const std::string law = row.settings().at("X");
  const int size = std::stoi(law.substr(law.find('(') + 1));
  if (row.measure == "util") return lambda * size / row.number("mu") / whole(row, "c");
  const BatchLaw batch = starts(law, "geom") ? geometric_batches(size) : batches_of(size);
  return of_law(batch_wait(lambda, batch, row.number("mu"), whole(row, "c")), row.measure);
}

double periodic_row(const Truth& row) {
  return of_law(periodic_wait(whole(row, "n"), row.number("period"), row.law("S").mean()),
                row.measure);
}

double finite_row(const Truth& row) {
  const double mu = row.number("mu");
  const Queue queue = finite_source(whole(row, "N"), row.law("think").mean(), mu, whole(row, "c"));
  return row.measure == "ET" ? queue.wait.mean + 1.0 / mu : of_queue(queue, row.measure);
}

double abandon_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const double mu = row.number("mu");
  const int c = whole(row, "c");
  const Abandonment result = row.settings().contains("timeout")
                                 ? with_timeout(lambda, mu, c, row.law("timeout").mean())
                                 : with_random_patience(lambda, mu, c, row.law("patience").mean());
  const std::map<std::string, double> all{{"PW0", result.waits},
                                          {"Pabandon", result.abandoned},
                                          {"EWq", result.mean_wait},
                                          {"X", lambda * (1.0 - result.abandoned)},
                                          {"util", result.utilization}};
  return all.at(row.measure);
}

double storm_row(const Truth& row) {
  const sim::Distribution service = row.law("S");
  const bool equal = service.kind() == sim::Distribution::Kind::constant;
  const Storm result = equal ? storm_of_equals(whole(row, "n"), service.mean(), whole(row, "c"))
                             : storm(whole(row, "n"), 1.0 / service.mean(), whole(row, "c"));
  if (row.measure == "makespan") return result.makespan.mean;
  const bool last = row.measure.find("makespan") != std::string::npos;
  return of_law(last ? result.makespan : result.wait, row.measure);
}

double transient_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const double mu = row.number("mu");
  if (row.settings().contains("n")) {
    const std::vector<double> waits = first_waits(whole(row, "n"), lambda, mu, whole(row, "c"));
    if (row.measure == "EWq_nth") return waits.back();
    double sum = 0.0;
    for (const double wait : waits) sum += wait;
    return sum / static_cast<double>(waits.size());
  }
  const Transient result =
      mm1_after(std::stod(row.measure.substr(row.measure.find('@') + 1)), lambda, mu);
  return starts(row.measure, "P0") ? result.empty : result.in_system;
}

double variance_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const double mu = row.number("mu");
  if (row.measure == "AV_W") return mm1_wait_variance(lambda, mu);
  const AsymptoticVariance result = mmc_variance(lambda, mu, whole(row, "c"));
  if (row.measure == "AV_Lq") return result.queue_length;
  return row.measure == "AV_L" ? result.in_system : result.busy;
}

double conns_row(const Truth& row) {
  if (!row.settings().contains("lambda")) return unknown;
  const double mean = row.number("lambda") * std::stod(row.settings().at("mean_hold"));
  if (row.measure == "N_mean") return mean;
  if (row.measure == "N_sd") return std::sqrt(mean);
  if (row.measure == "N_p99") return poisson_quantile(mean, 0.99);
  return poisson_above(mean, 80);
}

double ps_row(const Truth& row) {
  const double lambda = row.number("lambda");
  const double mean = row.law("S").mean();
  if (row.measure == "L") return lambda * shared_server_time(mean, lambda * mean);
  if (row.measure == "ET") return shared_server_time(mean, lambda * mean);
  if (row.measure == "ETx@0.02") return shared_server_time(0.02, lambda * mean);
  return unknown;
}

double setup_row(const Truth& row) {
  return set_up_wait(row.number("lambda"), row.law("S"), row.law("setup"));
}

using Formula = double (*)(const Truth&);
const std::map<std::string, Formula>& formulas() {
  static const std::map<std::string, Formula> all{
      {"mmc", mmc_row},
      {"held", held_row},
      {"mmck", mmck_row},
      {"erlb", erlb_row},
      {"engset", engset_row},
      {"mg1", mg1_row},
      {"mdc", mdc_row},
      {"mgc", mgc_row},
      {"mix", mix_row},
      {"nested", nested_row},
      {"prio", prio_row},
      {"gimc", gimc_row},
      {"gig1", gig1_row},
      {"batch", batch_row},
      {"periodic", periodic_row},
      {"finite", finite_row},
      {"abandon", abandon_row},
      {"storm", storm_row},
      {"transient", transient_row},
      {"variance", variance_row},
      {"conns", conns_row},
      {"ps", ps_row},
      {"setup", setup_row},
  };
  return all;
}

/// As good as the two routes of the table agree; a law of the tool is in whole nanoseconds, and the
/// parameters of one row are not.
double tolerance(const Truth& row) {
  return row.parameters.find("0.0055555556") == std::string::npos ? 1e-9 : 1e-6;
}

TEST_CASE("the closed forms are those of the tables") {
  std::map<std::string, int> compared;
  for (const Truth& row : queueing_truth()) {
    const auto formula = formulas().find(row.group);
    if (formula == formulas().end()) continue;
    const double value = formula->second(row);
    if (std::isnan(value)) continue;
    INFO(row.id << ' ' << row.group << ' ' << row.parameters << ' ' << row.measure << ": " << value
                << " instead of " << row.value);
    CHECK(std::abs(value - row.value) <= tolerance(row) * std::abs(row.value));
    ++compared[row.group];
  }
  int all = 0;
  for (const auto& [group, count] : compared) all += count;
  CHECK(all == 238);
}

TEST_CASE("what has no closed form is not made up") {
  const sim::Distribution heavy = sim::Distribution::lomax(2.5, std::chrono::milliseconds(75));
  CHECK(std::isinf(mg1_wait(14.0, heavy).deviation));
  const sim::Distribution lognormal =
      sim::Distribution::lognormal_mean_scv(std::chrono::milliseconds(50), 2.0);
  CHECK_FALSE(mg1_wait(14.0, lognormal).tail);
}

}  // namespace
}  // namespace sixslots::scenarios::theory

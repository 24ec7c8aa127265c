#include <fmt/format.h>

#include <cmath>

#include "scenarios/theory/cases.hpp"
#include "scenarios/theory/markov_queues.hpp"
#include "scenarios/theory/terminating_queues.hpp"

namespace sixslots::scenarios::theory {

// --- nobody waits ---

Cases connection_cases() {
  constexpr double lambda = 0.5;
  constexpr double hold = 120.0;
  constexpr double number = lambda * hold;
  QueueScenario scenario = steady(40'000, lambda);
  scenario.requests = {{poisson(lambda), exponential(hold)}};
  const double warm_up = scenario.warm_up;
  const int p99 = poisson_quantile(number, 0.99);
  TheoryCase one{
      "conns",
      "lambda=0.5;mean_hold=120.0 (any law)",
      scenario,
      {working("N_mean", number, 1.0), level_deviation("N_sd", number, std::sqrt(number), warm_up),
       level_above("N_p99", p99, poisson_above(number, p99), p99, warm_up),
       level_above("PNgt@80", poisson_above(number, 80), poisson_above(number, 80), 80, warm_up)}};
  for (const std::size_t rare : {2U, 3U}) one.measures[rare].kind = Measure::Kind::quantile;
  one.keep_records = true;
  return {one};
}

// --- terminating runs ---

Cases storm_cases() {
  struct Row {
    int jobs, c;
    double mean;
    bool equal;
    int replications;
  };
  Cases all;
  for (const Row& row : {Row{200, 6, 0.05, false, 13'000}, Row{200, 6, 0.05, true, 5},
                         Row{1000, 64, 0.1, false, 100}}) {
    QueueScenario scenario;
    scenario.seconds = 60.0;
    scenario.replications = row.replications;
    scenario.slots = row.c;
    const Distribution service = row.equal ? constant(row.mean) : exponential(row.mean);
    scenario.requests = {{at_once(row.jobs), service}};
    const Storm truth = row.equal ? storm_of_equals(row.jobs, row.mean, row.c)
                                  : storm(row.jobs, 1.0 / row.mean, row.c);
    TheoryCase one{
        "storm",
        fmt::format("n={};c={};S={}(mean={:g});all arrive at t=0", row.jobs, row.c,
                    row.equal ? "Det" : "Exp", row.mean),
        scenario,
        {last_end("makespan", truth.makespan.mean), mean("EWq", in_browser, truth.wait)}};
    add_quantiles(one, in_browser, truth.wait, {row.jobs == 1000 ? 95.0 : 99.0});
    if (row.replications > 1000) {
      one.measures.push_back(last_end_deviation("SDmakespan", truth.makespan));
      one.measures.push_back(last_end_above("Pmakespangt@1.9", truth.makespan, 1.9));
    }
    all.push_back(std::move(one));
  }
  return all;
}

namespace {

QueueScenario from_empty(double seconds, double lambda, int c, int replications) {
  QueueScenario scenario;
  scenario.seconds = seconds;
  scenario.replications = replications;
  scenario.slots = c;
  scenario.requests = {{poisson(lambda), service_50ms()}};
  return scenario;
}

}  // namespace

Cases transient_cases() {
  const auto after = [](double seconds) {
    return TheoryCase{
        "transient", "lambda=16.0;mu=20.0;empty at t=0", from_empty(seconds, 16.0, 1, 4000), {}};
  };
  TheoryCase tenth = after(0.1);
  tenth.measures = {nothing_unfinished("P0_at@0.1", mm1_after(0.1, 16.0, mu).empty)};
  TheoryCase half = after(0.5);
  half.measures = {unfinished("N_at@0.5", mm1_after(0.5, 16.0, mu).in_system)};
  TheoryCase two = after(2.0);
  two.measures = {unfinished("N_at@2", mm1_after(2.0, 16.0, mu).in_system)};
  constexpr int count = 100;
  const std::vector<double> waits = theory::first_waits(count, 108.0, mu, 6);
  double sum = 0.0;
  for (const double wait : waits) sum += wait;
  TheoryCase first{"transient",
                   "lambda=108.0;mu=20.0;c=6;n=100;empty at t=0",
                   from_empty(2.0, 108.0, 6, 6000),
                   {}};
  first.measures = {first_waits("EWq_avg", sum / count, count, false),
                    first_waits("EWq_nth", waits.back(), count, true)};
  first.keep_records = true;
  return {tenth, half, two, first};
}

// How much the replications' averages differ: the width of the intervals, not their centre.
Cases variance_cases() {
  Cases all;
  for (const auto& [lambda, requests, lengthy] :
       {std::tuple{60.0, 6'000.0, false}, std::tuple{96.0, 20'000.0, true},
        std::tuple{108.0, 150'000.0, true}}) {
    QueueScenario scenario = at_slots(requests, lambda, 6, service_50ms());
    scenario.replications = 400;
    const double seconds = observed(scenario);
    const AsymptoticVariance truth = mmc_variance(lambda, mu, 6);
    const Queue queue = mmc(lambda, mu, 6);
    const double busy = lambda / mu;
    TheoryCase one{"variance",
                   lambda_mu_c(lambda, 6) + " (Var of mean over [0,t] ~ value/t)",
                   scenario,
                   {spread_of_waiting("AV_Lq", truth.queue_length, queue.queue_length, seconds),
                    spread_of_both("AV_L", truth.in_system, queue.queue_length + busy, seconds),
                    spread_of_working("AV_busy", truth.busy, busy, seconds)},
                   lengthy};
    all.push_back(std::move(one));
  }
  QueueScenario single = at_slots(40'000, 16.0, 1, service_50ms());
  single.replications = 400;
  TheoryCase waits{
      "variance",
      "lambda=16.0;mu=20.0 (Var of mean of n waits ~ value/n)",
      single,
      {spread_of_waits("AV_W", mm1_wait_variance(16.0, mu), mmc(16.0, mu, 1).wait.mean)},
      true};
  all.push_back(std::move(waits));
  return all;
}

}  // namespace sixslots::scenarios::theory

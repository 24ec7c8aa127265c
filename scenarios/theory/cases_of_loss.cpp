#include <fmt/format.h>

#include "scenarios/theory/abandonment.hpp"
#include "scenarios/theory/cases.hpp"
#include "scenarios/theory/markov_queues.hpp"

namespace sixslots::scenarios::theory {

// --- loss ---

Cases mmck_cases() {
  Cases all;
  for (const auto& [lambda, places] : {std::pair{96.0, 10}, std::pair{180.0, 30}}) {
    QueueScenario scenario = steady(20'000, lambda);
    scenario.hops = {workers(6, fmt::format("backlog = {}", places - 6))};
    scenario.requests = {{poisson(lambda), service_50ms()}};
    const Queue queue = mmck(lambda, mu, 6, places);
    TheoryCase one{
        "mmck",
        fmt::format("{};K={} (K=places in system incl. service)", lambda_mu_c(lambda, 6), places),
        scenario,
        {failed("Pblock", queue.refused), served("X", queue.throughput, observed(scenario)),
         mean("EWq", at_app, queue.wait), above("PW0", at_app, queue.wait, 0.0),
         working("util", queue.utilization, 6.0),
         waiting_at_app("Lq", queue.queue_length, scenario.warm_up)}};
    one.keep_records = true;
    add_quantiles(one, at_app, queue.wait, {95, 99});
    add_tails(one, at_app, queue.wait, {0.02});
    all.push_back(std::move(one));
  }
  return all;
}

// A proxy without a queue; the service is not exponential, because it need not be.
Cases erlang_b_cases() {
  Cases all;
  for (const auto& [load, c] : {std::pair{4.0, 6}, std::pair{90.0, 100}}) {
    QueueScenario scenario = steady(c == 6 ? 30'000 : 100'000, load * mu);
    scenario.hops = {proxy(c, "refuse"), QueueScenario::app()};
    scenario.requests = {{poisson(load * mu), lognormal(1.0 / mu, 2.0)}};
    const double blocked = erlang_b(c, load);
    all.push_back({"erlb",
                   fmt::format("a={:.1f} erlang;c={}", load, c),
                   scenario,
                   {failed("Pblock", blocked), working("util", load * (1.0 - blocked) / c, c)}});
  }
  return all;
}

Cases engset_cases() {
  constexpr int sources = 12;
  QueueScenario scenario = steady(20'000, 80.0);
  scenario.hops = {proxy(6, "refuse"), QueueScenario::app()};
  scenario.tabs = sources;
  scenario.requests = {{after_pause(exponential(0.1)), service_50ms()}};
  const Engset truth = engset(sources, 0.5, 6);
  TheoryCase one{
      "engset",
      "N=12;alpha=0.5 (request rate of an idle source x mean holding);c=6",
      scenario,
      {failed("Pcall_block", truth.call_blocked), working("util", truth.utilization, 6.0),
       level_above("Ptime_block", truth.time_blocked, truth.time_blocked, 5, scenario.warm_up)}};
  one.keep_records = true;
  return {one};
}

namespace {

/// Requests that wait in the browser, and are given up there.
TheoryCase impatient(const std::string& law, const Distribution& patience,
                     const Abandonment& truth) {
  QueueScenario scenario = at_slots(30'000, 130.0, 6, service_50ms());
  scenario.requests.front().patience = patience;
  return {"abandon",
          "lambda=130.0;mu=20.0;c=6;" + law,
          scenario,
          {waits("PW0", in_browser, truth.waits), gave_up("Pabandon", truth.abandoned),
           mean("EWq", in_browser, truth.mean_wait),
           served("X", 130.0 * (1.0 - truth.abandoned), observed(scenario)),
           working("util", truth.utilization, 6.0)}};
}

}  // namespace

Cases abandon_cases() {
  QueueScenario scenario = steady(30'000, 130.0);
  scenario.hops = {proxy(6, "queue", "queue_timeout = \"300ms\""), QueueScenario::app()};
  scenario.requests = {{poisson(130.0), service_50ms()}};
  const Abandonment truth = with_timeout(130.0, mu, 6, 0.3);
  return {
      {"abandon",
       "lambda=130.0;mu=20.0;c=6;timeout=Det(0.3)",
       scenario,
       {waits("PW0", at_proxy, truth.waits), failed("Pabandon", truth.abandoned),
        mean("EWq", {Time::unserved}, truth.mean_wait), working("util", truth.utilization, 6.0)}},
      impatient("timeout=Det(0.3);at=the browser", constant(0.3), truth),
      impatient("patience=Exp(mean=0.5)", exponential(0.5),
                with_random_patience(130.0, mu, 6, 0.5))};
}

}  // namespace sixslots::scenarios::theory

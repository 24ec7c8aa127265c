#include <fmt/format.h>

#include "scenarios/theory/batch_queue.hpp"
#include "scenarios/theory/cases.hpp"
#include "scenarios/theory/general_queues.hpp"
#include "scenarios/theory/markov_queues.hpp"

namespace sixslots::scenarios::theory {

Cases gimc_cases() {
  Cases all;
  const Distribution bursts = hyperexponential(0.9, 0.0055555556, 0.054166667);
  const Law behind_bursts = gimc_wait(transform_of(bursts), mu, 6);
  QueueScenario bursty = at_slots(120'000, 1.0 / bursts.mean(), 6, service_50ms());
  bursty.requests.front().arrivals = with_gaps(bursts);
  all.push_back(
      {"gimc",
       "A=H2(p=0.9,mean1=0.0055555556,mean2=0.054166667);mu=20.0;c=6",
       bursty,
       {mean("EWq", in_browser, behind_bursts), above("PW0", in_browser, behind_bursts, 0.0),
        quantile("Wq_p99", in_browser, behind_bursts, 99.0)}});
  for (const auto& [gap, c, percent_tail] :
       {std::tuple{0.01, 6, 0.02}, std::tuple{0.0625, 1, 0.1}}) {
    QueueScenario scenario = steady(40'000, 1.0 / gap);
    scenario.slots = c;
    scenario.requests = {{every(gap), service_50ms()}};
    const Law wait = gimc_wait(transform_of(constant(gap)), mu, c);
    TheoryCase one{"gimc",
                   fmt::format("A=Det({:g});mu=20.0;c={}", gap, c),
                   scenario,
                   {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0)}};
    add_quantiles(one, in_browser, wait, {99});
    add_tails(one, in_browser, wait, {percent_tail});
    all.push_back(std::move(one));
  }
  return all;
}

// --- pollers that wait for their answer ---

// --- gaps and services in phases ---

Cases gig1_cases() {
  struct Row {
    double requests;
    std::string parameters;
    Distribution gap, service;
  };
  Cases all;
  for (const Row& row :
       {Row{60'000, "A=Erlang(k=2,mean=0.0625);S=Erlang(k=2,mean=0.05)", erlang(2, 0.0625),
            erlang(2, 0.05)},
        Row{100'000, "A=H2(p=0.5,mean1=0.02,mean2=0.105);S=H2(p=0.9,mean1=0.025,mean2=0.275)",
            hyperexponential(0.5, 0.02, 0.105), hyperexponential(0.9, 0.025, 0.275)}}) {
    QueueScenario scenario = at_slots(row.requests, 1.0 / row.gap.mean(), 1, row.service);
    scenario.requests.front().arrivals = with_gaps(row.gap);
    all.push_back({"gig1",
                   row.parameters,
                   scenario,
                   {mean("EWq", in_browser, phases_wait(row.gap, row.service))}});
  }
  return all;
}

// --- page loads that fire many requests at once ---

Cases batch_cases() {
  struct Row {
    double requests, lambda;
    int size;
    bool geometric;
  };
  Cases all;
  for (const Row& row :
       {Row{140'000, 2.0, 30, false}, Row{120'000, 6.0, 12, false}, Row{120'000, 16.0, 5, true}}) {
    QueueScenario scenario = at_slots(row.requests, row.lambda * row.size, 6, service_50ms());
    scenario.requests.front().arrivals =
        poisson_batches(row.lambda, row.size, row.geometric ? "geometric" : "equal");
    const Law wait = batch_wait(
        row.lambda, row.geometric ? geometric_batches(row.size) : batches_of(row.size), mu, 6);
    TheoryCase one{"batch",
                   fmt::format("lambda_batch={:.1f};X={}({});mu=20.0;c=6", row.lambda,
                               row.geometric ? "geom" : "fixed", row.size),
                   scenario,
                   {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0),
                    working("util", row.lambda * row.size / mu / 6.0, 6.0)}};
    add_quantiles(one, in_browser, wait, {95, 99});
    add_tails(one, in_browser, wait, {0.2});
    all.push_back(std::move(one));
  }
  return all;
}

// --- pollers of one period and random phases: all chance is in where they begin ---

Cases periodic_cases() {
  struct Row {
    int pollers;
    double period, service;
  };
  Cases all;
  for (const Row& row : {Row{20, 1.0, 0.04}, Row{30, 3.0, 0.05}}) {
    QueueScenario scenario;
    scenario.warm_up = 2.0 * row.period;
    scenario.seconds = 12.0 * row.period;
    scenario.replications = 4000;
    scenario.slots = 1;
    scenario.tabs = row.pollers;
    scenario.requests = {{every_from_random(row.period), constant(row.service)}};
    const Law wait = periodic_wait(row.pollers, row.period, row.service);
    TheoryCase one{"periodic",
                   fmt::format("n={};period={:.1f};S=Det({});phases iid uniform (fresh per "
                               "replication)",
                               row.pollers, row.period, row.service),
                   scenario,
                   {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0)}};
    add_quantiles(one, in_browser, wait, {95, 99});
    if (row.pollers == 20) add_tails(one, in_browser, wait, {0.1});
    all.push_back(std::move(one));
  }
  return all;
}

namespace {

TheoryCase finite_case(double requests, int sources, const std::string& law,
                       const Distribution& think, int c) {
  const Queue queue = finite_source(sources, think.mean(), mu, c);
  QueueScenario scenario = steady(requests, queue.throughput);
  scenario.slots = c;
  scenario.tabs = sources;
  scenario.requests = {{after_pause(think), service_50ms()}};
  TheoryCase one{"finite",
                 fmt::format("N={};think={};mu=20.0;c={}", sources, law, c),
                 scenario,
                 {served("X", queue.throughput, observed(scenario)),
                  mean("ET", in_system, queue.wait.mean + 1.0 / mu),
                  mean("EWq", in_browser, queue.wait), above("PW0", in_browser, queue.wait, 0.0),
                  working("util", queue.utilization, c), waiting("Lq", queue.queue_length)}};
  add_quantiles(one, in_browser, queue.wait, {95, 99});
  add_tails(one, in_browser, queue.wait, {0.05});
  return one;
}

}  // namespace

Cases finite_cases() {
  Cases all{finite_case(45'000, 20, "Exp(mean=0.15)", exponential(0.15), 6),
            finite_case(20'000, 60, "Exp(mean=0.5)", exponential(0.5), 6),
            finite_case(30'000, 20, "Erlang2(mean=0.15)", erlang(2, 0.15), 6),
            finite_case(10'000, 30, "Exp(mean=1.0)", exponential(1.0), 1)};
  // Six workers behind twenty browsers are the same queue as six slots behind twenty tabs.
  const Queue queue = finite_source(20, 0.15, mu, 6);
  QueueScenario scenario = steady(20'000, queue.throughput);
  scenario.users = 20;
  scenario.hops = {workers(6)};
  scenario.requests = {{after_pause(exponential(0.15)), service_50ms()}};
  TheoryCase fleet{
      "finite", "N=20;think=Exp(mean=0.15);mu=20.0;c=6;at=workers for 20 browsers", scenario, {}};
  fleet.measures = {mean("EWq", at_app, queue.wait), above("PW0", at_app, queue.wait, 0.0),
                    working("util", queue.utilization, 6.0)};
  add_quantiles(fleet, at_app, queue.wait, {99});
  all.push_back(fleet);
  return all;
}

}  // namespace sixslots::scenarios::theory

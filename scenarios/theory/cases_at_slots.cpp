#include <fmt/format.h>

#include <array>

#include "scenarios/theory/cases.hpp"
#include "scenarios/theory/markov_queues.hpp"

namespace sixslots::scenarios::theory {

namespace {

TheoryCase mmc_case(double requests, double lambda, int c) {
  const QueueScenario scenario = at_slots(requests, lambda, c, service_50ms());
  const Queue queue = mmc(lambda, mu, c);
  const Law time = mmc_time(lambda, mu, c);
  return {"mmc",
          lambda_mu_c(lambda, c),
          scenario,
          {mean("EWq", in_browser, queue.wait), above("PW0", in_browser, queue.wait, 0.0),
           mean_if_positive("EWq_cond", in_browser, queue.wait), waiting("Lq", queue.queue_length),
           working("util", queue.utilization, c), deviation("SDWq", in_browser, queue.wait),
           mean("ET", in_system, time), quantile("T_p95", in_system, time, 95.0),
           quantile("T_p99", in_system, time, 99.0)}};
}

Cases usual_mmc_cases() {
  Cases all;
  const auto add = [&](TheoryCase one, double lambda, int c, std::initializer_list<double> percents,
                       std::initializer_list<double> tails) {
    const Law wait = mmc(lambda, mu, c).wait;
    add_quantiles(one, in_browser, wait, percents);
    add_tails(one, in_browser, wait, tails);
    all.push_back(std::move(one));
  };
  add(mmc_case(30'000, 14.0, 1), 14.0, 1, {99}, {0.1});
  add(mmc_case(50'000, 60.0, 6), 60.0, 6, {95, 99}, {});
  add(mmc_case(80'000, 96.0, 6), 96.0, 6, {95, 99}, {0.05});
  add(mmc_case(250'000, 108.0, 6), 108.0, 6, {50, 95, 99}, {0.05});
  add(mmc_case(340'000, 1800.0, 100), 1800.0, 100, {99}, {});
  return all;
}

// High load and rare waits take a hundred times as many requests.
Cases long_mmc_cases() {
  const auto rare = [](double requests, double lambda) {
    return TheoryCase{
        "mmc", lambda_mu_c(lambda, 6), at_slots(requests, lambda, 6, service_50ms()), {}, true};
  };
  TheoryCase light = rare(400'000, 60.0);
  add_tails(light, in_browser, mmc(60.0, mu, 6).wait, {0.05});
  TheoryCase loaded = rare(6'500'000, 96.0);
  add_quantiles(loaded, in_browser, mmc(96.0, mu, 6).wait, {99.99});
  TheoryCase heavy = rare(3'500'000, 108.0);
  add_quantiles(heavy, in_browser, mmc(108.0, mu, 6).wait, {99.9});
  TheoryCase heaviest = rare(1'600'000, 114.0);
  const Law wait = mmc(114.0, mu, 6).wait;
  heaviest.measures = {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0)};
  add_quantiles(heaviest, in_browser, wait, {99});
  return {light, loaded, heavy, heaviest};
}

}  // namespace

Cases mmc_cases() {
  Cases all = usual_mmc_cases();
  for (TheoryCase& one : long_mmc_cases()) all.push_back(std::move(one));
  return all;
}

// --- the same queue wherever requests wait ---

namespace {

TheoryCase elsewhere(const std::string& where, const Times& times, const QueueScenario& scenario) {
  const Queue queue = mmc(96.0, mu, 6);
  return {"places",
          lambda_mu_c(96.0, 6) + ";at=" + where,
          scenario,
          {mean("EWq", times, queue.wait), above("PW0", times, queue.wait, 0.0),
           deviation("SDWq", times, queue.wait), working("util", queue.utilization, 6.0),
           quantile("Wq_p99", times, queue.wait, 99.0)}};
}

}  // namespace

Cases place_cases() {
  const QueueScenario free = at_slots(80'000, 96.0, QueueScenario::unlimited, service_50ms());
  QueueScenario streams = free;
  streams.hops = {QueueScenario::app() + "\nprotocol = \"h2\"\nmax_concurrent_streams = 6"};
  QueueScenario in_proxy = free;
  in_proxy.hops = {proxy(6, "queue"), QueueScenario::app()};
  QueueScenario in_app = free;
  in_app.hops = {workers(6)};
  return {elsewhere("streams of HTTP/2", in_browser, streams),
          elsewhere("connections of a proxy", at_proxy, in_proxy),
          elsewhere("workers of the app", at_app, in_app)};
}

// --- event streams hold slots ---

namespace {

TheoryCase held_case(double requests, double lambda, int held) {
  QueueScenario scenario = at_slots(requests, lambda, 6, service_50ms());
  scenario.held = held;
  const int c = 6 - held;
  const Queue queue = mmc(lambda, mu, c);
  TheoryCase one{"held",
                 fmt::format("lambda={:.1f};mu=20.0;k=6;s={}", lambda, held),
                 scenario,
                 {mean("EWq", in_browser, queue.wait), above("PW0", in_browser, queue.wait, 0.0)}};
  add_quantiles(one, in_browser, queue.wait, {99});
  add_quantiles(one, in_system, mmc_time(lambda, mu, c), {99}, "T");
  return one;
}

}  // namespace

Cases held_cases() {
  return {held_case(40'000, 60.0, 1), held_case(60'000, 60.0, 2), held_case(90'000, 16.0, 5)};
}

// --- slots before workers ---

Cases nested_cases() {
  QueueScenario scenario = at_slots(100'000, 50.0, 6, service_50ms());
  scenario.hops = {workers(3)};
  const Nested truth = nested(50.0, mu, 6, 3);
  const double time = truth.pool.mean + truth.mean_at_worker + 1.0 / mu;
  return {{"nested",
           "lambda=50.0;k=6;mu=20.0;w=3",
           scenario,
           {above("PW0_pool", in_browser, truth.pool, 0.0), mean("EW_pool", in_browser, truth.pool),
            mean("EW_worker", at_app, truth.mean_at_worker), mean("ET", in_system, time),
            quantile("W_pool_p99", in_browser, truth.pool, 99.0)}}};
}

// --- the browser's priorities ---

Cases priority_cases() {
  const std::array<std::string, 3> kinds{"fetch", "image", "beacon"};
  Cases all;
  for (const std::vector<double>& lambdas :
       {std::vector<double>{32.0, 64.0}, std::vector<double>{30.0, 36.0, 36.0}}) {
    double lambda = 0.0;
    for (const double one : lambdas) lambda += one;
    QueueScenario scenario = steady(lambdas.size() == 2 ? 60'000 : 80'000, lambda);
    scenario.slots = 6;
    TheoryCase one{"prio", "", {}, {}};
    one.measures.push_back(above("PW0", in_browser, priority_wait(lambdas, 0, mu, 6), 0.0));
    for (std::size_t i = 0; i < lambdas.size(); ++i) {
      const int flow = static_cast<int>(i);
      scenario.requests.push_back({poisson(lambdas[i]), service_50ms(), kinds[i], kinds[i]});
      one.parameters += fmt::format("lambda{}={:.1f};", i + 1, lambdas[i]);
      const Law wait = priority_wait(lambdas, i, mu, 6);
      const Times times{Time::in_browser, flow};
      one.measures.push_back(mean(fmt::format("EWq_{}", i + 1), times, wait));
      if (lambdas.size() > 2) continue;
      const double t = i == 0 ? 0.02 : 0.05;
      one.measures.push_back(above(fmt::format("PWgt{}@{}", i + 1, t), times, wait, t));
      one.measures.push_back(quantile(fmt::format("Wq{}_p99", i + 1), times, wait, 99.0));
    }
    one.parameters += "mu=20.0;c=6";
    one.scenario = scenario;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace sixslots::scenarios::theory

#include "scenarios/theory/theory_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/theory/general_queues.hpp"
#include "scenarios/theory/markov_queues.hpp"
#include "sim/random.hpp"

namespace sixslots::scenarios::theory {
namespace {

using Cases = std::vector<TheoryCase>;
using sim::Distribution;

// In most tables a service takes 50 ms, exponential.
constexpr double mu = 20.0;
Distribution service_50ms() { return exponential(1.0 / mu); }

constexpr Times in_browser{Time::in_browser};
constexpr Times at_proxy{Time::at_proxy};
constexpr Times at_app{Time::at_app};
constexpr Times in_system{Time::in_system};

/// Replications of so many requests each, after a warm-up of a tenth more. The numbers are for
/// half-widths below 5 % of means (docs/statistics.md).
QueueScenario steady(double requests, double rate) {
  QueueScenario scenario;
  scenario.warm_up = 0.1 * requests / rate;
  scenario.seconds = 1.1 * requests / rate;
  return scenario;
}

double observed(const QueueScenario& scenario) {
  return scenario.seconds - std::max(scenario.warm_up, 0.0);
}

/// Random arrivals at `c` slots of the browser.
QueueScenario at_slots(double requests, double lambda, int c, const Distribution& service) {
  QueueScenario scenario = steady(requests, lambda);
  scenario.slots = c;
  scenario.requests = {{poisson(lambda), service}};
  return scenario;
}

std::string workers(int count, std::string_view more = "") {
  return fmt::format("kind = \"go\"\nservice = \"0s\"\nworkers = {}\n{}", count, more);
}

std::string proxy(int connections, std::string_view overflow, std::string_view more = "") {
  return fmt::format("kind = \"haproxy\"\nupstream_connections = {}\noverflow = \"{}\"\n{}",
                     connections, overflow, more);
}

std::string lambda_mu_c(double lambda, int c) {
  return fmt::format("lambda={:.1f};mu=20.0;c={}", lambda, c);
}

/// Wq_p95, ... as far as `percents` goes.
void add_quantiles(TheoryCase& one, const Times& times, const Law& law,
                   std::initializer_list<double> percents, std::string_view what = "Wq") {
  for (const double percent : percents) {
    one.measures.push_back(quantile(fmt::format("{}_p{}", what, percent), times, law, percent));
  }
}

void add_tails(TheoryCase& one, const Times& times, const Law& law,
               std::initializer_list<double> seconds) {
  for (const double t : seconds) {
    one.measures.push_back(above(fmt::format("PWgt@{}", t), times, law, t));
  }
}

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

Cases mmc_cases() {
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
  TheoryCase loaded = rare(2'000'000, 96.0);
  add_quantiles(loaded, in_browser, mmc(96.0, mu, 6).wait, {99.99});
  TheoryCase heavy = rare(2'000'000, 108.0);
  add_quantiles(heavy, in_browser, mmc(108.0, mu, 6).wait, {99.9});
  TheoryCase heaviest = rare(1'000'000, 114.0);
  const Law wait = mmc(114.0, mu, 6).wait;
  heaviest.measures = {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0)};
  add_quantiles(heaviest, in_browser, wait, {99});
  return {light, loaded, heavy, heaviest};
}

// --- the same queue wherever requests wait ---

TheoryCase elsewhere(const std::string& where, const Times& times, const QueueScenario& scenario) {
  const Queue queue = mmc(96.0, mu, 6);
  return {"places",
          lambda_mu_c(96.0, 6) + ";at=" + where,
          scenario,
          {mean("EWq", times, queue.wait), above("PW0", times, queue.wait, 0.0),
           deviation("SDWq", times, queue.wait), working("util", queue.utilization, 6.0),
           quantile("Wq_p99", times, queue.wait, 99.0)}};
}

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

Cases held_cases() {
  return {held_case(40'000, 60.0, 1), held_case(60'000, 60.0, 2), held_case(90'000, 16.0, 5)};
}

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

Cases abandon_cases() {
  QueueScenario scenario = steady(30'000, 130.0);
  scenario.hops = {proxy(6, "queue", "queue_timeout = \"300ms\""), QueueScenario::app()};
  scenario.requests = {{poisson(130.0), service_50ms()}};
  const Abandonment truth = with_timeout(130.0, mu, 6, 0.3);
  return {
      {"abandon",
       "lambda=130.0;mu=20.0;c=6;timeout=Det(0.3)",
       scenario,
       {waits_or_fails("PW0", at_proxy, truth.waits), failed("Pabandon", truth.abandoned),
        mean("EWq", {Time::unserved}, truth.mean_wait), working("util", truth.utilization, 6.0)}}};
}

// --- other laws of service, at one slot and at six ---

TheoryCase mg1_case(double requests, double lambda, const std::string& law,
                    const Distribution& service) {
  const QueueScenario scenario = at_slots(requests, lambda, 1, service);
  TheoryCase one{"mg1", fmt::format("lambda={:.1f};S={}", lambda, law), scenario, {}};
  const Law wait = mg1_wait(lambda, service);
  if (wait.tail) one.measures.push_back(above("PW0", in_browser, wait, 0.0));
  return one;
}

void add_moments(TheoryCase& one, const Law& wait, const Distribution& service) {
  one.measures.push_back(mean("EWq", in_browser, wait));
  one.measures.push_back(mean("ET", in_system, wait.mean + service.mean()));
  one.measures.push_back(deviation("SDWq", in_browser, wait));
}

Cases mg1_cases() {
  struct Row {
    double requests;
    double lambda;
    std::string law;
    Distribution service;
    bool moments;
    std::vector<double> percents;
    std::vector<double> tails;
  };
  const std::vector<Row> rows{
      {20'000, 14.0, "Det(0.05)", constant(0.05), true, {99}, {0.1}},
      {30'000, 14.0, "Erlang(k=2,mean=0.05)", erlang(2, 0.05), true, {99}, {0.1}},
      {100'000,
       10.0,
       "H2(p=0.9,mean1=0.02,mean2=0.4)",
       hyperexponential(0.9, 0.02, 0.4),
       true,
       {99},
       {0.5}},
      {60'000, 14.0, "Lognormal(mean=0.05,scv=2.0)", lognormal(0.05, 2.0), true, {}, {}},
      {120'000, 12.0, "Pareto(alpha=3.5,xmin=0.04)", pareto(3.5, 0.04), true, {}, {}},
      {100'000, 14.0, "Lomax(alpha=2.5,mean=0.05)", lomax(2.5, 0.05), false, {95}, {0.5}},
      {100'000, 14.0, "Lomax(alpha=4.5,mean=0.05)", lomax(4.5, 0.05), true, {99}, {}},
  };
  Cases all;
  for (const Row& row : rows) {
    TheoryCase one = mg1_case(row.requests, row.lambda, row.law, row.service);
    const Law wait = mg1_wait(row.lambda, row.service);
    if (row.moments) add_moments(one, wait, row.service);
    for (const double percent : row.percents) add_quantiles(one, in_browser, wait, {percent});
    for (const double t : row.tails) add_tails(one, in_browser, wait, {t});
    all.push_back(std::move(one));
  }
  TheoryCase heavy{
      "mg1", all[5].parameters, at_slots(4'000'000, 14.0, 1, lomax(2.5, 0.05)), {}, true};
  add_quantiles(heavy, in_browser, mg1_wait(14.0, lomax(2.5, 0.05)), {99});
  all.push_back(std::move(heavy));
  return all;
}

Cases mdc_cases() {
  Cases all;
  for (const auto& [requests, lambda, c] :
       {std::tuple{60'000, 96.0, 6}, std::tuple{130'000, 108.0, 6}, std::tuple{40'000, 32.0, 2}}) {
    const Law wait = mdc_wait(lambda, 0.05, c);
    TheoryCase one{"mdc",
                   fmt::format("lambda={:.1f};S=Det(0.05);c={}", lambda, c),
                   at_slots(requests, lambda, c, constant(0.05)),
                   {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0),
                    waiting("Lq", lambda * wait.mean)}};
    add_quantiles(one, in_browser, wait, {95, 99});
    add_tails(one, in_browser, wait, {0.02});
    all.push_back(std::move(one));
  }
  return all;
}

TheoryCase phases_case(double requests, const std::string& law, const Distribution& service) {
  const Law wait = mphc_wait(96.0, two_phases(service), 6);
  TheoryCase one{"mgc",
                 fmt::format("lambda=96;S={};c=6", law),
                 at_slots(requests, 96.0, 6, service),
                 {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0),
                  working("util", 0.8, 6.0)}};
  add_quantiles(one, in_browser, wait, {95, 99});
  add_tails(one, in_browser, wait, {0.05});
  return one;
}

Cases mgc_cases() {
  return {phases_case(90'000, "Erlang(k=2,mean=0.05)", erlang(2, 0.05)),
          phases_case(260'000, "H2(p=0.9,mean1=0.025,mean2=0.275)",
                      hyperexponential(0.9, 0.025, 0.275))};
}

// Polls and streams that end by themselves queue in the same six slots: two flows, one law of the
// wait.
Cases mix_cases() {
  struct Row {
    double polls, streams, stream_mean, requests;
  };
  Cases all;
  for (const Row& row : {Row{40.0, 0.05, 30.0, 6'000'000}, Row{20.0, 0.02, 60.0, 8'000'000}}) {
    const double lambda = row.polls + row.streams;
    QueueScenario scenario = steady(row.requests, lambda);
    scenario.slots = 6;
    scenario.requests = {{poisson(row.polls), service_50ms(), "poll"},
                         {poisson(row.streams), exponential(row.stream_mean), "stream"}};
    const Law wait = mphc_wait(lambda, {row.polls / lambda, mu, 0.0, 1.0 / row.stream_mean}, 6);
    TheoryCase one{"mix",
                   fmt::format("lambda_poll={:g};mean_poll=0.05;lambda_stream={:g};mean_stream={:g}"
                               ";c=6",
                               row.polls, row.streams, row.stream_mean),
                   scenario,
                   {mean("EWq", in_browser, wait), above("PW0", in_browser, wait, 0.0)},
                   true};
    add_tails(one, in_browser, wait, {1.0});
    add_quantiles(one, in_browser, wait, {99});
    all.push_back(std::move(one));
  }
  return all;
}

Cases gimc_cases() {
  Cases all;
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

// The handshake of a connection that was closed when it went idle is the server's set-up; a round
// trip more is part of every service.
Cases set_up_cases() {
  QueueScenario scenario = at_slots(40'000, 14.0, 1, constant(0.03));
  scenario.rtt = 0.02;
  scenario.browser = "idle_timeout_used = \"1ns\"\n";
  const double truth = set_up_wait(14.0, constant(0.05), constant(0.02));
  return {{"setup",
           "lambda=14.0;S=Det(0.05);setup=Det(0.02)",
           scenario,
           {mean("EWq", {Time::connecting}, truth)}}};
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

// --- a shared link: one megabyte a second, answers as long as services are elsewhere ---

struct Size {
  double lambda;
  double seconds;
};

TheoryCase link_case(double requests, const std::string& parameters,
                     const std::vector<Size>& sizes) {
  double lambda = 0.0;
  double load = 0.0;
  for (const Size& size : sizes) {
    lambda += size.lambda;
    load += size.lambda * size.seconds;
  }
  QueueScenario scenario = steady(requests, lambda);
  scenario.down = "8Mbit/s";
  TheoryCase one{"ps", parameters, {}, {}};
  one.measures = {mean("ET", in_system, shared_server_time(load / lambda, load)),
                  working("L", load / (1.0 - load), 1.0)};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double seconds = sizes[i].seconds;
    scenario.requests.push_back({poisson(sizes[i].lambda), constant(0.0), fmt::format("job-{}", i),
                                 "fetch", seconds * 1e6});
    if (sizes.size() == 1) continue;
    one.measures.push_back(mean(fmt::format("ETx@{}", seconds),
                                {Time::in_system, static_cast<int>(i)},
                                shared_server_time(seconds, load)));
  }
  one.scenario = scenario;
  return one;
}

Cases link_cases() {
  // The law of the sizes does not matter: any two sizes with the mean of the table's law do.
  return {
      link_case(30'000, "lambda=14.0;S=Exp(mean=0.05)", {{7.0, 0.02}, {7.0, 0.08}}),
      link_case(60'000, "lambda=10.0;S=H2(p=0.9,mean1=0.02,mean2=0.4)", {{9.0, 0.02}, {1.0, 0.4}}),
      link_case(30'000, "lambda=14.0;S=Erlang(k=2,mean=0.05)", {{14.0, 0.05}})};
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

// --- pollers that wait for their answer ---

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

QueueScenario from_empty(double seconds, double lambda, int c, int replications) {
  QueueScenario scenario;
  scenario.seconds = seconds;
  scenario.replications = replications;
  scenario.slots = c;
  scenario.requests = {{poisson(lambda), service_50ms()}};
  return scenario;
}

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

Cases all_mmc_cases() {
  Cases all = mmc_cases();
  for (TheoryCase& one : long_mmc_cases()) all.push_back(std::move(one));
  return all;
}

}  // namespace

std::string TheoryCase::text() const {
  QueueScenario seeded = scenario;
  seeded.seed = sim::entity_id(fmt::format("{} {} {}", group, parameters, measures.front().name));
  return seeded.text();
}

std::span<const TheoryGroup> theory_groups() {
  static const TheoryGroup table[] = {
      {"mmc", "M/M/c at the browser's slots", all_mmc_cases},
      {"places", "M/M/6 at streams, a proxy, workers", place_cases},
      {"held", "slots held by event streams", held_cases},
      {"mmck", "M/M/c/K: workers with a backlog", mmck_cases},
      {"erlb", "Erlang B: a proxy that refuses", erlang_b_cases},
      {"engset", "Engset: few sources, refused", engset_cases},
      {"abandon", "M/M/c+D: a proxy's queue timeout", abandon_cases},
      {"mg1", "M/G/1 at one slot", mg1_cases},
      {"mdc", "M/D/c at the slots", mdc_cases},
      {"mgc", "M/PH/c at the slots", mgc_cases},
      {"mix", "polls and streams share slots", mix_cases},
      {"gimc", "D/M/c: a periodic poller", gimc_cases},
      {"setup", "M/G/1 with a handshake when idle", set_up_cases},
      {"nested", "slots before workers", nested_cases},
      {"ps", "M/G/1-PS: a shared link", link_cases},
      {"prio", "M/M/c with Chrome's priorities", priority_cases},
      {"finite", "M/M/c//N: closed-loop pollers", finite_cases},
      {"conns", "M/G/inf: requests under way", connection_cases},
      {"storm", "n jobs at once", storm_cases},
      {"transient", "the first moments of a run", transient_cases},
      {"variance", "how much averages vary", variance_cases},
  };
  return table;
}

std::span<const Inexpressible> inexpressible() {
  static const Inexpressible table[] = {
      {"discipline", "last come first served, random order",
       "every queue of the model is first come first served inside a priority, as the browsers' "
       "and proxies' are"},
      {"mg1", "mean wait behind Lomax(2.5)",
       "it has no variance, so that no interval holds; the tail is checked"},
      {"mmc", "P(wait > 0.2 s) = 6e-7", "a billion requests would tell little"},
      {"mgc", "Lee and Longton's formula", "an approximation, no truth"},
      {"erlb", "overflow and its peakedness", "there is one path: a refused request goes nowhere"},
      {"multirate", "streams of several units", "a request takes one slot"},
      {"lossdelay", "polls wait, streams give up",
       "requests that share a limit share what happens beyond it"},
      {"nested", "an exponential round trip", "the round trip is a constant of the network"},
      {"ps", "the spread of times on a link", "answers of one kind have one size"},
      {"psc", "a rate limit for each transfer", "a link is shared without one"},
      {"dps", "weights", "a link is shared equally"},
      {"prio", "preemptive priorities", "browsers do not preempt"},
      {"gimc", "hyperexponential gaps", "arrivals are random, periodic or a closed loop"},
      {"gig1", "Erlang and hyperexponential gaps", "the same"},
      {"batch", "batches at random moments", "a flow makes one request at a time"},
      {"jackson", "networks of queues",
       "a request keeps its slot, connection and worker until its answer is complete"},
      {"closed", "closed networks of queues", "the same"},
      {"closedmc", "closed networks with two classes", "the same"},
      {"abandon", "exponential patience", "a queue timeout is a constant"},
      {"conns", "a rate that follows the day", "rates are constant"},
      {"periodic", "pollers with random phases",
       "pollers of one page start together; tabs at equal distances"},
      {"forkjoin", "a page of two origins", "a page has one origin"},
      {"setup", "random handshakes", "a handshake takes round trips, which are constant"},
      {"inverse", "the load that meets a target", "a search over queues, none by itself"},
      {"usl", "the law of scalability", "a formula to fit, no queue"},
      {"zipf", "rates of rows", "rows have one rate"},
  };
  return table;
}

}  // namespace sixslots::scenarios::theory

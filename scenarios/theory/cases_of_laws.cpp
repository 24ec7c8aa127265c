#include <fmt/format.h>

#include "scenarios/theory/cases.hpp"
#include "scenarios/theory/general_queues.hpp"

namespace sixslots::scenarios::theory {

// --- other laws of service, at one slot and at six ---

namespace {

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

}  // namespace

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

namespace {

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

}  // namespace

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
  for (const Row& row : {Row{40.0, 0.05, 30.0, 28'000'000}, Row{20.0, 0.02, 60.0, 160'000'000}}) {
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

// --- a shared link: a hundred megabytes a second, answers as long as services are elsewhere, and
// too long for a socket's buffer, so that a worker is busy for as long as one is under way ---

namespace {

struct Size {
  double lambda;
  double seconds;
};

namespace {

TheoryCase link_case(double requests, const std::string& parameters,
                     const std::vector<Size>& sizes) {
  double lambda = 0.0;
  double load = 0.0;
  for (const Size& size : sizes) {
    lambda += size.lambda;
    load += size.lambda * size.seconds;
  }
  QueueScenario scenario = steady(requests, lambda);
  scenario.down = "800Mbit/s";
  TheoryCase one{"ps", parameters, {}, {}};
  one.measures = {mean("ET", in_system, shared_server_time(load / lambda, load)),
                  working("L", load / (1.0 - load), 1.0)};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double seconds = sizes[i].seconds;
    scenario.requests.push_back({poisson(sizes[i].lambda), constant(0.0), fmt::format("job-{}", i),
                                 "fetch", seconds * 1e8});
    if (sizes.size() == 1) continue;
    one.measures.push_back(mean(fmt::format("ETx@{}", seconds),
                                {Time::in_system, static_cast<int>(i)},
                                shared_server_time(seconds, load)));
  }
  one.scenario = scenario;
  return one;
}

}  // namespace

}  // namespace

Cases link_cases() {
  // The law of the sizes does not matter: any two sizes with the mean of the table's law do.
  return {
      link_case(30'000, "lambda=14.0;S=Exp(mean=0.05)", {{7.0, 0.02}, {7.0, 0.08}}),
      link_case(60'000, "lambda=10.0;S=H2(p=0.9,mean1=0.02,mean2=0.4)", {{9.0, 0.02}, {1.0, 0.4}}),
      link_case(30'000, "lambda=14.0;S=Erlang(k=2,mean=0.05)", {{14.0, 0.05}})};
}

}  // namespace sixslots::scenarios::theory

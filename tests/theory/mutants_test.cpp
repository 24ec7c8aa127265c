#include <algorithm>
#include <cmath>
#include <functional>

#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/statistics/student_t.hpp"
#include "scenarios/theory/abandonment.hpp"
#include "scenarios/theory/markov_queues.hpp"
#include "scenarios/theory/verification.hpp"
#include "sim/math.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/polls.hpp"
#include "tests/theory/reference_queue.hpp"

// Would the table notice? Each mistake that a simulator of queues has been known to make is made
// here, in the scenario or in what is measured, and the measure that must notice is named.

namespace sixslots::scenarios::theory {
namespace {

constexpr double mu = 20.0;
constexpr Times in_browser{Time::in_browser};
constexpr Times in_system{Time::in_system};

/// Ninety requests a second at six slots: 75 % busy, and quick to settle.
QueueScenario six_slots() {
  QueueScenario scenario;
  scenario.warm_up = 10.0;
  scenario.seconds = 110.0;
  scenario.slots = 6;
  scenario.requests = {{poisson(90.0), exponential(1.0 / mu)}};
  return scenario;
}

const Queue& six() {
  static const Queue queue = mmc(90.0, mu, 6);
  return queue;
}

/// How a measure of a scenario comes out.
Judgement judged(const QueueScenario& scenario, Measure measure, bool keep_records = false) {
  TheoryCase one{"mmc", "mutant", scenario, {std::move(measure)}, false, keep_records};
  return verify(std::span(&one, 1)).cases.front().measures.front().judgement;
}

/// A case with replications of a quarter of their length: long enough for a mutant.
TheoryCase short_case(std::string_view group) {
  TheoryCase one = theory_cases(group, false).front();
  one.scenario.warm_up /= 4.0;
  one.scenario.seconds /= 4.0;
  return one;
}

TEST_CASE("a slot too many or too few: EWq notices", "[long]") {
  QueueScenario scenario = six_slots();
  CHECK(judged(scenario, mean("EWq", in_browser, six().wait)) != Judgement::off);
  for (const int slots : {5, 7}) {
    scenario.slots = slots;
    CHECK(judged(scenario, mean("EWq", in_browser, six().wait)) == Judgement::off);
  }
}

/// The measures of M/M/6 for a discipline of the reference queue.
Judgement judged(Discipline discipline, const Measure& measure) {
  const Scenario scenario = polls(
      "90/s", "kind = \"steady\"\nduration = \"330s\"\nwarm_up = \"30s\"\nreplications = 20\n");
  std::vector<Weighted> values;
  for (int i = 0; i < scenario.run.replications; ++i) {
    models::Observations seen;
    seen.flows.resize(1);
    seen.flows[0].stalled = reference_waits(scenario, i, discipline);
    values.push_back(measure.value(seen));
  }
  return judge(measure, values).judgement;
}

TEST_CASE("not first come first served: SDWq and Wq_p99 notice, EWq cannot", "[long]") {
  const Measure average = mean("EWq", in_browser, six().wait);
  const Measure spread = deviation("SDWq", in_browser, six().wait);
  const Measure slowest = quantile("Wq_p99", in_browser, six().wait, 99.0);
  for (const Measure& measure : {average, spread, slowest}) {
    CHECK(judged(Discipline::first_come, measure) != Judgement::off);
  }
  for (const Discipline wrong : {Discipline::last_come, Discipline::random}) {
    CHECK(judged(wrong, average) != Judgement::off);
    CHECK(judged(wrong, spread) == Judgement::off);
    CHECK(judged(wrong, slowest) == Judgement::off);
  }
}

TEST_CASE("a wait that includes the service: EWq notices", "[long]") {
  CHECK(judged(six_slots(), mean("EWq", in_system, six().wait)) == Judgement::off);
}

TEST_CASE("a wait that leaves out the connecting: the set-up's EWq notices", "[long]") {
  TheoryCase one = short_case("setup");
  const Measure whole = one.measures.front();
  CHECK(judged(one.scenario, whole) != Judgement::off);
  CHECK(judged(one.scenario, mean("EWq", in_browser, whole.truth)) == Judgement::off);
}

TEST_CASE("waits below a millisecond taken for none: PW0 notices", "[long]") {
  // Where many slots serve, most waits are short.
  QueueScenario scenario = six_slots();
  scenario.slots = 100;
  scenario.requests = {{poisson(1800.0), exponential(1.0 / mu)}};
  scenario.warm_up = 3.0;
  scenario.seconds = 48.0;
  const Law wait = mmc(1800.0, mu, 100).wait;
  Measure tolerant = above("PW0", in_browser, wait, 0.001);
  CHECK(judged(scenario, tolerant) != Judgement::off);
  tolerant.target = wait.tail(0.0);
  CHECK(judged(scenario, tolerant) == Judgement::off);
}

TEST_CASE("a time average for what arrivals see: PW0 of few sources notices", "[long]") {
  const TheoryCase one = short_case("engset");
  const Measure& calls = one.measures.front();
  REQUIRE(calls.name == "Pcall_block");
  const Measure over_time =
      level_above("Pcall_block", calls.truth, calls.target, 5, one.scenario.warm_up);
  CHECK(judged(one.scenario, over_time, true) == Judgement::off);
}

TEST_CASE("a warm-up that is not left out: Lq at a load of 0.9 notices", "[long]") {
  QueueScenario scenario = six_slots();
  scenario.requests = {{poisson(108.0), exponential(1.0 / mu)}};
  scenario.replications = 400;
  scenario.warm_up = 20.0;
  scenario.seconds = 25.0;
  const Measure length = waiting("Lq", mmc(108.0, mu, 6).queue_length);
  CHECK(judged(scenario, length) != Judgement::off);
  scenario.warm_up = -1.0;  // a terminating run has none
  scenario.seconds = 5.0;
  CHECK(judged(scenario, length) == Judgement::off);
}

TEST_CASE("requests that gave up left out of the mean: EWq of abandonment notices", "[long]") {
  TheoryCase one = short_case("abandon");
  // So little patience that many give up.
  std::string& proxy = one.scenario.hops.front();
  proxy.replace(proxy.find("300ms"), 5, "50ms");
  constexpr double patience = 0.05;
  const double truth = with_timeout(130.0, mu, 6, patience).mean_wait;
  CHECK(judged(one.scenario, mean("EWq", {Time::unserved}, truth)) != Judgement::off);
  CHECK(judged(one.scenario, mean("EWq", {Time::at_proxy}, truth)) != Judgement::off);
  Measure of_served = mean("EWq", {Time::at_proxy}, truth);
  of_served.value = [](const models::Observations& seen) {
    const models::FlowStatistics& flow = seen.flows.front();
    const auto served = static_cast<double>(flow.count - flow.failed);
    const double waits =
        flow.proxy_queue.known_seconds() - patience * static_cast<double>(flow.failed);
    return Weighted{waits / served, served};
  };
  CHECK(judged(one.scenario, of_served) == Judgement::off);
}

TEST_CASE("a stream that holds no slot: EWq with held slots notices", "[long]") {
  TheoryCase one = short_case("held");
  REQUIRE(one.scenario.held == 1);
  CHECK(judged(one.scenario, one.measures.front()) != Judgement::off);
  one.scenario.held = 0;
  CHECK(judged(one.scenario, one.measures.front()) == Judgement::off);
}

TEST_CASE("priorities that preempt, or none: EWq_1 and EWq_2 notice", "[long]") {
  TheoryCase one = short_case("prio");
  const auto find = [&](const std::string& name) {
    return *std::ranges::find(one.measures, name, &Measure::name);
  };
  CHECK(judged(one.scenario, find("EWq_1")) != Judgement::off);
  // Those of the first class would wait for each other alone.
  const Law alone = mmc(32.0, mu, 6).wait;
  CHECK(judged(one.scenario, mean("EWq_1", {Time::in_browser, 0}, alone)) == Judgement::off);
  for (QueueScenario::Requests& flow : one.scenario.requests) flow.kind = "fetch";
  CHECK(judged(one.scenario, find("EWq_1")) == Judgement::off);
  CHECK(judged(one.scenario, find("EWq_2")) == Judgement::off);
}

/// z-scores of short replications, where replication i has the random numbers of `number_of(i)`.
double root_mean_square(int replications, const std::function<int(int)>& number_of) {
  double squares = 0.0;
  constexpr int experiments = 100;
  const Measure average = mean("EWq", in_browser, mmc(60.0, mu, 6).wait);
  QueueScenario mutant = six_slots();
  mutant.requests = {{poisson(60.0), exponential(1.0 / mu)}};
  mutant.warm_up = 2.0;
  mutant.seconds = 22.0;
  Scenario scenario = read_scenario(mutant.text(), "mutant");
  for (scenario.run.seed = 1; scenario.run.seed <= experiments; ++scenario.run.seed) {
    std::vector<Weighted> values;
    for (int i = 0; i < replications; ++i) {
      const models::RunSpec run = replication(scenario.run, number_of(i));
      values.push_back(average.value(models::run(scenario.world, run)));
    }
    const double z = judge(average, values).z.value_or(0.0);
    squares += z * z;
  }
  return std::sqrt(squares / experiments);
}

TEST_CASE("the same seed in two replications: the root mean square of z notices", "[long]") {
  const double honest = root_mean_square(20, [](int i) { return i; });
  CHECK(honest >= least_root_mean_square);
  CHECK(honest <= most_root_mean_square);
  CHECK(root_mean_square(20, [](int i) { return i / 2; }) > most_root_mean_square);
}

/// Of 4000 experiments with five normal values each: the share whose interval, with so many errors
/// to either side, holds the mean.
double covered(double errors, double scale) {
  int held = 0;
  constexpr int experiments = 4000;
  sim::RandomStream stream(11, 0, 1, sim::Purpose::choice);
  for (int i = 0; i < experiments; ++i) {
    std::vector<double> values;
    for (int k = 0; k < 5; ++k) values.push_back(sim::normal_quantile(stream.uniform()));
    const Estimate mean = estimate(values);
    if (std::abs(mean.value) <= errors * scale * mean.error) ++held;
  }
  return static_cast<double>(held) / experiments;
}

TEST_CASE("the normal law for Student's, or n for n - 1: coverage with five replications notices",
          "[long]") {
  const auto holds = [](double share) { return share >= 0.94 && share <= 0.96; };
  CHECK(holds(covered(student_t(usual_confidence, 4), 1.0)));
  CHECK_FALSE(holds(covered(1.959964, 1.0)));
  CHECK_FALSE(holds(covered(student_t(usual_confidence, 4), std::sqrt(4.0 / 5.0))));
}

using Drawn = std::vector<std::pair<sim::Time, sim::Duration>>;

Drawn arrivals_and_services(int slots) {
  QueueScenario scenario = six_slots();
  scenario.warm_up = 0.0;
  scenario.seconds = 30.0;
  scenario.slots = slots;
  const Scenario read = read_scenario(scenario.text(), "synchronised");
  models::RunSpec run = replication(read.run, 0);
  run.keep_records = true;
  Drawn all;
  for (const models::RequestRecord& record : models::run(read.world, run).records) {
    if (record.flow == 0 && record.answered)
      all.emplace_back(record.created, models::service(record, *record.answered));
  }
  return all;
}

/// The same, of the reference queue; its requests are served, and so listed, in their order.
Drawn arrivals_and_services(int slots, ServiceOf service_of) {
  Scenario scenario =
      polls("90/s", "kind = \"terminating\"\nduration = \"30s\"\nreplications = 1\n");
  scenario.world.browser.connections_per_origin = slots;
  Drawn all;
  for (const ServedPoll& poll :
       reference_requests(scenario, 0, Discipline::first_come, service_of)) {
    if (poll.started) all.emplace_back(sim::start_of_time + poll.arrival, poll.service);
  }
  return all;
}

bool are_the_same(const Drawn& few, const Drawn& many) {
  REQUIRE(few.size() > 2'000);
  REQUIRE(many.size() >= few.size());
  return std::ranges::equal(few, std::span(many).first(few.size()));
}

TEST_CASE("services that belong to slots: what 6 and 60 slots serve notices") {
  CHECK(are_the_same(arrivals_and_services(6), arrivals_and_services(60)));
  CHECK(are_the_same(arrivals_and_services(6, ServiceOf::request),
                     arrivals_and_services(60, ServiceOf::request)));
  CHECK_FALSE(are_the_same(arrivals_and_services(6, ServiceOf::slot),
                           arrivals_and_services(60, ServiceOf::slot)));
}

/// Whether those of one batch start in the order in which they were made.
bool in_order(const std::vector<ServedPoll>& requests) {
  for (std::size_t i = 1; i < requests.size(); ++i) {
    const ServedPoll& one = requests[i - 1];
    const ServedPoll& next = requests[i];
    if (one.arrival != next.arrival || !next.started) continue;
    if (!one.started || *one.started > *next.started) return false;
  }
  return true;
}

TEST_CASE("a batch in any order: the starts of its requests notice") {
  Scenario batches = polls("6/s", "kind = \"terminating\"\nduration = \"30s\"\nreplications = 1\n");
  batches.world.requests.front().arrivals.batch = 12;
  models::RunSpec run = replication(batches.run, 0);
  run.keep_records = true;
  std::vector<ServedPoll> simulated;
  for (const models::RequestRecord& record : models::run(batches.world, run).records) {
    if (record.flow != 0) continue;
    const sim::Duration service =
        record.answered ? models::service(record, *record.answered) : sim::Duration{};
    simulated.push_back({record.created - sim::start_of_time, service, {}});
    if (record.granted) simulated.back().started = *record.granted - sim::start_of_time;
  }
  REQUIRE(simulated.size() > 1'000);
  CHECK(in_order(simulated));
  CHECK(in_order(reference_requests(batches, 0, Discipline::first_come, ServiceOf::request)));
  CHECK_FALSE(in_order(reference_requests(batches, 0, Discipline::random, ServiceOf::request)));
}

TEST_CASE("requests that come at once are served in the order they were made") {
  const TheoryCase one = theory_cases("storm", false).front();
  const Scenario scenario = read_scenario(one.text(), "storm");
  models::RunSpec run = replication(scenario.run, 0);
  run.keep_records = true;
  const models::Observations seen = models::run(scenario.world, run);
  std::vector<sim::Time> granted;
  for (const models::RequestRecord& record : seen.records) {
    if (record.flow == 0) granted.push_back(*record.granted);
  }
  CHECK(granted.size() == 200);
  CHECK(std::ranges::is_sorted(granted));
}

}  // namespace
}  // namespace sixslots::scenarios::theory

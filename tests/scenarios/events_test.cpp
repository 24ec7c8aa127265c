#include <fmt/format.h>

#include <vector>

#include "models/world.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"

// What happens at servers, and the requests around it: of a page without rows, by the records of
// one replication.

namespace sixslots::scenarios {
namespace {

using models::RequestRecord;
using Seconds = std::vector<double>;

std::vector<RequestRecord> requests(const std::string& text) {
  const Scenario scenario =
      read_scenario("run.duration = \"60s\"\n[page]\nrows = 0\n" + text, "events.toml");
  models::RunSpec run = replication(scenario.run, 0);
  run.keep_records = true;
  std::vector<RequestRecord> records = models::run(scenario.world, run).records;
  std::erase_if(records, [](const RequestRecord& record) { return record.flow < 0; });
  return records;
}

/// When that came about, of each request; 0: never.
Seconds moments(const std::string& text, sim::Moment RequestRecord::*moment) {
  Seconds times;
  for (const RequestRecord& record : requests(text)) {
    times.push_back(
        sim::seconds((record.*moment).value_or(sim::start_of_time) - sim::start_of_time));
  }
  return times;
}

std::string near(std::string_view rtt) {
  return fmt::format("[network]\nprofile = \"localhost\"\nrtt = \"{}\"\n", rtt);
}

std::string event(std::string_view kind, std::string_view at, std::string_view lasts, int hop = 0) {
  return fmt::format("[[event]]\nkind = \"{}\"\nat = \"{}\"\nlasts = \"{}\"\nhop = {}\n", kind, at,
                     lasts, hop);
}

std::string clicks(std::string_view at, std::string_view service) {
  return fmt::format(
      "[[request]]\nname = \"click\"\nmethod = \"POST\"\narrivals = {{ at = [{}] }}\n"
      "service = \"{}\"\n",
      at, service);
}

const std::string three_at_once = clicks(R"("10s", "10s", "10s")", "1s");

double recovery(const std::string& text) {
  const Scenario scenario =
      read_scenario("run.replications = 1\n" + near("10ms") + text, "events.toml");
  const MetricValue value = run_experiment(scenario).variants.front().metric("reconnects.recovery");
  return value.kind == MetricValue::Kind::none ? -1.0 : value.value;
}

}  // namespace

TEST_CASE("an event changes nothing before it: workers are free when the answer is written") {
  const std::string path = near("0s") +
                           "[[hop]]\nkind = \"nginx\"\n[[hop]]\n"
                           "kind = \"node\"\nworkers = 1\nrtt = \"2s\"\n" +
                           three_at_once;
  const Seconds answered{14, 15, 16};
  CHECK(moments(path, &RequestRecord::answered) == answered);
  CHECK(moments(path + event("worker-loss", "50s", "1s", 1), &RequestRecord::answered) == answered);
  CHECK(moments(path + event("restart", "50s", "1s", 1), &RequestRecord::answered) == answered);
}

TEST_CASE("a proxy's connection is free when the answer has passed the proxy") {
  const std::string path = near("0s") +
                           "[[hop]]\nkind = \"nginx\"\n[[hop]]\n"
                           "kind = \"haproxy\"\nrtt = \"2s\"\nupstream_connections = 1\n[[hop]]\n"
                           "kind = \"node\"\n" +
                           three_at_once;
  CHECK(moments(path, &RequestRecord::arrived) == Seconds{13, 14, 15});
}

TEST_CASE("one that is free at the head is free when the head is there") {
  const std::string path = near("0s") +
                           "[[hop]]\nkind = \"cloudflare-worker\"\n"
                           "upstream_connections = 1\n[[hop]]\nkind = \"node\"\nrtt = \"2s\"\n" +
                           three_at_once;
  // Two seconds to connect, one for the way and one for the work, one for the way back.
  const Seconds arrived{13, 18, 23};
  CHECK(moments(path, &RequestRecord::arrived) == arrived);
  CHECK(moments(path + event("restart", "50s", "1s", 1), &RequestRecord::arrived) == arrived);
}

TEST_CASE("after an outage nobody waits for what was sent later") {
  const std::string page =
      near("1s") +
      "[[hop]]\nkind = \"node\"\nprotocol = "
      "\"h2\"\n"
      "[[request]]\nname = \"a\"\narrivals = { at = [\"10s\"] }\nservice = \"100ms\"\n"
      "response_size = \"0B\"\n[[request]]\nname = \"b\"\narrivals = { at = [\"10s\"] }\n"
      "service = \"500ms\"\nresponse_size = \"0B\"\n";
  const Seconds finished{11.1, 11.5};
  CHECK(moments(page, &RequestRecord::finished) == finished);
  CHECK(moments(page + event("outage", "3s", "0s"), &RequestRecord::finished) == finished);
}

TEST_CASE("what an outage does is over when what it has held up has arrived") {
  const std::string page =
      "run.duration = \"60s\"\nrun.replications = 3\n" + near("100ms") +
      "loss = \"5%\"\n[[hop]]\nkind = \"node\"\n[page]\nrows = 10\n"
      "design = \"single-stream\"\nupdates = { rate = \"2/s\", size = \"100B\" }\n";
  const auto staleness = [&](const std::string& events) {
    const Scenario scenario = read_scenario(page + events, "loss.toml");
    return run_experiment(scenario).variants.front().metric("staleness.p95").value;
  };
  CHECK(staleness(event("outage", "5s", "1ms")) == Approx(staleness("")).epsilon(0.01));
}

TEST_CASE("an event that is short does not end a longer one that has begun before") {
  const std::string page = near("100ms") + "[[hop]]\nkind = \"node\"\n" + clicks("\"13s\"", "0s");
  const auto finished = [&](const std::string& events) {
    return moments(page + events, &RequestRecord::finished).front();
  };
  CHECK(finished("") < 13.5);
  CHECK(finished(event("outage", "11s", "5s") + event("outage", "12s", "500ms")) > 16.0);
  const auto answered = [&](const std::string& events) {
    return requests(page + events).front().answered.has_value();
  };
  CHECK(answered(""));
  CHECK_FALSE(answered(event("restart", "11s", "5s") + event("disconnection", "12s", "500ms")));
}

TEST_CASE("workers that are lost twice are fewer until both are back") {
  const std::string page = near("0s") + "[[hop]]\nkind = \"node\"\nworkers = 5\n" +
                           clicks(R"("10s", "10s", "10s", "10s", "10s")", "1s");
  const std::string long_loss = event("worker-loss", "5s", "20s") + "workers = 3\n";
  const std::string short_loss = event("worker-loss", "6s", "2s") + "workers = 3\n";
  const Seconds two_at_a_time{11, 11, 12, 12, 13};
  CHECK(moments(page + long_loss, &RequestRecord::answered) == two_at_a_time);
  CHECK(moments(page + long_loss + short_loss, &RequestRecord::answered) == two_at_a_time);
}

TEST_CASE("all are back when those are who were lost by the event") {
  const std::string page =
      "[page]\nrows = 3\ndesign = \"single-stream\"\n"
      "stream_ends_after = \"50s\"\n[[hop]]\nkind = \"node\"\n"
      "service = \"10ms\"\n";
  CHECK(recovery(page + event("outage", "5s", "100ms")) == -1.0);
  CHECK(recovery(page + event("restart", "5s", "0s")) == Approx(3.035));
  CHECK(recovery(page + event("restart", "5s", "0s") + event("outage", "20s", "1s")) ==
        Approx(3.035));
}

TEST_CASE("of a request that is sent again only the way of the last attempt counts") {
  const std::string page =
      "run.replications = 1\n" + near("1s") +
      "[page]\nrows = 0\n"
      "[[hop]]\nkind = \"nginx\"\nkeep_alive = \"never\"\n[[hop]]\nkind = \"node\"\n" +
      clicks("\"10s\"", "10s") + event("restart", "12s", "0s") + event("restart", "13800ms", "0s");
  Scenario scenario = read_scenario("run.duration = \"14200ms\"\n" + page, "again.toml");
  const MetricValue waits =
      run_experiment(scenario).variants.front().metric("click.proxy_queue.max");
  CHECK(waits.value >= 0.0);
}

}  // namespace sixslots::scenarios

#include <atomic>
#include <string>

#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::string_view two_variants = R"([run]
duration = "20s"
replications = 10
[page]
rows = 3
[[request]]
name = "click"
[compare]
"page.design" = ["single-stream", "polling"]
)";

/// A hundred thousand clicks in each replication: enough events to be asked on the way.
std::string many_clicks(int replications) {
  return "[run]\nduration = \"100s\"\nreplications = " + std::to_string(replications) +
         "\n[[request]]\nname = \"click\"\narrivals = { every = \"1ms\" }\n";
}

/// Stopped when so many replications are done.
Results stopped_after(double replications, int threads, std::string_view text = two_variants) {
  std::atomic<bool> enough = false;
  const auto watch = [&](double done, int, std::string_view) { enough = done >= replications; };
  const Effort effort{.threads = threads, .stopped = [&] { return enough.load(); }};
  return run_experiment(read_scenario(text, "page.toml"), watch, effort);
}

std::vector<int> replications(const Results& results) {
  std::vector<int> counts;
  for (const VariantResult& one : results.variants) counts.push_back(one.replications);
  return counts;
}

}  // namespace

TEST_CASE("a stopped experiment keeps the replications that were complete") {
  const Results results = stopped_after(13, 1);
  CHECK(results.interrupted);
  CHECK(replications(results) == std::vector<int>{10, 3});
  const Results whole = run_experiment(read_scenario(two_variants, "page.toml"));
  CHECK_FALSE(whole.interrupted);
  CHECK(replications(whole) == std::vector<int>{10, 10});
  CHECK(results.variants[0].metric("click.latency.mean").value ==
        whole.variants[0].metric("click.latency.mean").value);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(results.variants[1].by_replication[0][i] == whole.variants[1].by_replication[0][i]);
  }
}

TEST_CASE("a stopped experiment on several threads keeps whole replications from the first on") {
  const Results results = stopped_after(4, 2);
  CHECK(results.interrupted);
  REQUIRE(results.variants.size() == 1);
  const auto complete = static_cast<std::size_t>(results.variants[0].replications);
  CHECK(complete < 10);
  const Results whole = run_experiment(read_scenario(two_variants, "page.toml"));
  for (std::size_t i = 0; i < complete; ++i) {
    CHECK(results.variants[0].by_replication[0][i] == whole.variants[0].by_replication[0][i]);
  }
}

TEST_CASE("stopped in its only replication, there is what was seen so far") {
  const Results results = stopped_after(0.3, 1, many_clicks(1));
  CHECK(results.interrupted);
  REQUIRE(results.variants.size() == 1);
  const double seconds = sim::seconds(results.variants[0].sample.end - sim::start_of_time);
  CHECK(seconds >= 30.0);
  CHECK(seconds < 50.0);
  const auto count = static_cast<double>(results.variants[0].flows.at(0).count);
  CHECK(count == Approx(seconds * 1000.0).margin(1.0));
  const auto arrived = static_cast<double>(results.variants[0].sample.requests_arrived);
  CHECK(results.variants[0].metric("requests.rate").value == Approx(arrived / seconds));
}

TEST_CASE("stopped on the way to its precision, there is what was complete") {
  std::string text(two_variants);
  text.insert(text.find("replications"), "precision = \"0.0001 %\"\nmost_replications = 1000\n");
  const Results results = stopped_after(23, 1, text);
  CHECK(results.interrupted);
  CHECK(replications(results) == std::vector<int>{23});
}

TEST_CASE("what is thrown by who is told ends replications that are under way") {
  constexpr std::string_view endless = R"([run]
duration = "400000s"
replications = 3
[page]
rows = 0
[[request]]
name = "click"
arrivals = { every = "5ms" }
)";
  struct Enough {};
  const auto watch = [](double done, int, std::string_view) {
    if (done > 0.0) throw Enough();
  };
  CHECK_THROWS_AS(run_experiment(read_scenario(endless, "page.toml"), watch,
                                 {.threads = 2, .keep_samples = false}),
                  Enough);
}

TEST_CASE("stopped before anything was seen, there is nothing") {
  const Effort effort{.stopped = [] { return true; }};
  const Results none = run_experiment(read_scenario(two_variants, "page.toml"), {}, effort);
  CHECK(none.interrupted);
  CHECK(none.variants.empty());
}

TEST_CASE("progress counts the part that is done of a long replication") {
  std::vector<double> told;
  const auto watch = [&](double done, int, std::string_view) { told.push_back(done); };
  run_experiment(read_scenario(many_clicks(2), "page.toml"), watch, {.threads = 1});
  CHECK(std::ranges::is_sorted(told));
  CHECK(told.size() > 2 * 4);
  CHECK(told.back() == 2.0);
}

}  // namespace sixslots::scenarios

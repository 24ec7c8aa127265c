#include "scenarios/experiment.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

namespace sixslots::scenarios {
namespace {

/// Why this scenario cannot be simulated, or "nothing".
std::string refusal(const std::string& text) {
  return complaint_of(
      [&] { run_experiment(read_scenario("run.replications = 1\n" + text, "page.toml")); });
}

}  // namespace

TEST_CASE("a long poll that fails at once, and is made again at once, ends the run", "[long]") {
  CHECK(refusal("run.duration = \"10s\"\nnetwork.rtt = \"0s\"\npage.rows = 1\n"
                "page.design = \"long-poll\"\n"
                "[[event]]\nkind = \"restart\"\nat = \"5s\"\nlasts = \"1s\"\n") ==
        "page.toml: long-poll, http/1.1: the run does not get on at 5s: millions of events, and "
        "hardly any "
        "time passes. What repeats is probably the rows' requests; give more time to network.rtt");
}

TEST_CASE("an event stream that comes back without delay to a server that is gone ends the run",
          "[long]") {
  CHECK_THAT(refusal("run.duration = \"10s\"\nnetwork.rtt = \"0s\"\npage.rows = 2\n"
                     "page.stream_retry = \"0s\"\n[[event]]\nkind = \"restart\"\n"
                     "at = \"5s\"\nlasts = \"for good\"\n"),
             Catch::Matchers::Contains("the rows' event streams; give more time to network.rtt or "
                                       "page.stream_retry"));
}

TEST_CASE("a loop whose patience is a nanosecond gets on so slowly that it is no run", "[long]") {
  CHECK_THAT(refusal("run.duration = \"10s\"\npage.rows = 20\n[[request]]\nname = \"click\"\n"
                     "arrivals = { think = \"0s\" }\npatience = \"1ns\"\n"),
             Catch::Matchers::Contains("requests \"click\"; give more time to network.rtt"));
}

TEST_CASE("more requests under way than memory holds end the run", "[long]") {
  CHECK_THAT(refusal("run.duration = \"100s\"\npage.rows = 0\n[[request]]\nname = \"click\"\n"
                     "arrivals = { every = \"1us\" }\n"),
             Catch::Matchers::Contains("millions of requests are under way, more than there is "
                                       "memory for; the last were requests \"click\""));
}

}  // namespace sixslots::scenarios

#include "scenarios/distributions.hpp"

#include <chrono>

#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;
using namespace std::chrono_literals;

namespace {

sim::Distribution parsed(const std::string& toml) {
  const Value value = parse_toml("value = " + toml, "page.toml").entries.at(0).value;
  return parse_distribution(value, {value.position, "service"});
}

std::string complaint_about(const std::string& toml) {
  return complaint_of([&] { parsed(toml); });
}

}  // namespace

TEST_CASE("a duration alone is a constant") {
  CHECK(parsed("\"50ms\"") == sim::Distribution::constant(50ms));
  CHECK(print(sim::Distribution::constant(50ms)) == "\"50ms\"");
}

TEST_CASE("each form of a distribution is read and printed") {
  using sim::Distribution;
  const std::pair<Distribution, std::string> pairs[] = {
      {Distribution::exponential(50ms), R"({ distribution = "exponential", mean = "50ms" })"},
      {Distribution::uniform(1ms, 2s), R"({ distribution = "uniform", low = "1ms", high = "2s" })"},
      {Distribution::lognormal_median_p95(35ms, 120ms),
       R"({ distribution = "lognormal", median = "35ms", p95 = "120ms" })"},
      {Distribution::lognormal_mean_scv(50ms, 2.0),
       R"({ distribution = "lognormal", mean = "50ms", scv = 2 })"},
      {Distribution::pareto(1.5, 10ms),
       R"({ distribution = "pareto", alpha = 1.5, minimum = "10ms" })"},
      {Distribution::lomax(2.5, 10ms),
       R"({ distribution = "lomax", alpha = 2.5, scale = "10ms" })"},
      {Distribution::weibull(0.7, 10ms),
       R"({ distribution = "weibull", shape = 0.7, scale = "10ms" })"},
      {Distribution::erlang(4, 10ms), R"({ distribution = "erlang", phases = 4, mean = "10ms" })"},
      {Distribution::hyperexponential(0.9, 10ms, 1s),
       R"({ distribution = "hyperexponential", p1 = 0.9, mean1 = "10ms", mean2 = "1s" })"},
  };
  for (const auto& [distribution, text] : pairs) {
    CHECK(parsed(text) == distribution);
    CHECK(print(distribution) == text);
  }
  CHECK(parsed(R"({ distribution = "constant", value = "9ms" })") == Distribution::constant(9ms));
}

TEST_CASE("a distribution says which parameters it takes") {
  CHECK(complaint_about(R"({ distribution = "lognormal", median = "35ms", scv = 2 })") ==
        "page.toml:1:9: service: the distribution \"lognormal\" takes median and p95, or mean and "
        "scv, not median, scv");
  CHECK(complaint_about(R"({ distribution = "erlang" })") ==
        "page.toml:1:9: service: the distribution \"erlang\" takes phases and mean, not nothing");
  CHECK(complaint_about(R"({ mean = "35ms" })") ==
        "page.toml:1:9: service: the table does not say which distribution; write one such as "
        "{ distribution = \"exponential\", mean = \"50ms\" }");
  CHECK(complaint_about(R"({ distribution = "log-normal", mean = "35ms" })") ==
        "page.toml:1:26: service: unknown distribution \"log-normal\"; did you mean 'lognormal'? "
        "Known are constant, exponential, uniform, lognormal, pareto, lomax, weibull, erlang and "
        "hyperexponential");
}

TEST_CASE("a parameter that makes no sense is refused where it stands") {
  CHECK(complaint_about(R"({ distribution = "exponential", mean = 50 })") ==
        "page.toml:1:48: service, mean: a duration needs a unit: write \"50s\"");
  CHECK(complaint_about(R"({ distribution = "lognormal", median = "0s", p95 = "1s" })") ==
        "page.toml:1:48: service, median: \"0s\" is out of range; write a duration from 1ns to "
        "87600h");
  CHECK(complaint_about(R"({ distribution = "lognormal", median = "2s", p95 = "1s" })") ==
        "page.toml:1:9: service: p95 is below median: 1s < 2s");
  CHECK(complaint_about(R"({ distribution = "erlang", phases = 2.5, mean = "1s" })") ==
        "page.toml:1:45: service, phases: 2.5 is not allowed; write a whole number from 1 to 100");
  CHECK(complaint_about(
            R"({ distribution = "hyperexponential", p1 = 90, mean1 = "1s", mean2 = "1s" })") ==
        "page.toml:1:51: service, p1: 90 is not allowed; write a number from 0 to 1");
  CHECK(complaint_about("[1, 2]") ==
        "page.toml:1:9: service: a list is not allowed; write a duration, or a table such as "
        "{ distribution = \"exponential\", mean = \"50ms\" }");
}

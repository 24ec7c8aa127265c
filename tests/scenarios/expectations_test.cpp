#include "scenarios/expectations.hpp"

#include "scenarios/metrics.hpp"
#include "scenarios/variants.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

constexpr std::string_view head = R"([[request]]
name = "click"
[compare]
"page.design" = ["stream-per-row", "polling", "websocket"]
"hop.0.protocol" = ["http/1.1", "h2"]
[expect]
)";

Scenario expecting(const std::string& lines) {
  return read_scenario(std::string(head) + lines, "page.toml");
}

std::string complaint_about(const std::string& lines) {
  return complaint_of([&] { expecting(lines); });
}

/// Which conditions apply to which variant.
std::vector<std::string> applied(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const Variant& variant : variants(scenario)) {
    lines.push_back(variant.label + ":");
    for (const Expectation* e : expectations_for(variant)) lines.back() += " " + e->text;
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an expectation has a metric, a comparison and a limit in the metric's unit") {
  using Operator = Expectation::Operator;
  const Scenario scenario = expecting(R"("click.latency.p99" = "< 300ms"
"click.starved" = "==0"
click.stalled_share = "<= 5 %"
"requests.rate" = ">= 12/min"
"bytes.rate" = "> 2KiB/s"
"connections.per_row" = "!= 1"
)");
  REQUIRE(scenario.expect.size() == 6);
  CHECK(scenario.expect[0].metric == "click.latency.p99");
  CHECK(scenario.expect[0].op == Operator::less);
  CHECK(scenario.expect[0].limit == 0.3);
  CHECK(scenario.expect[0].text == "< 300ms");
  CHECK(scenario.expect[0].position.line == 7);
  CHECK(scenario.expect[1].op == Operator::equal);
  CHECK(scenario.expect[1].limit == 0.0);
  CHECK(scenario.expect[2].limit == 0.05);
  CHECK(scenario.expect[3].op == Operator::greater_equal);
  CHECK(scenario.expect[3].limit == 0.2);
  CHECK(scenario.expect[4].limit == 2048.0);
  CHECK(scenario.expect[5].op == Operator::not_equal);
}

TEST_CASE("an expectation holds for all variants, for those it names, or for the others") {
  CHECK(applied(expecting(R"("connections.peak" = "<= 9"
"click.starved" = { "stream-per-row http/1.1" = ">= 1", websocket = "== 0", otherwise = "<= 3" }
)")) == Lines{"stream-per-row, http/1.1: <= 9 >= 1", "stream-per-row, h2: <= 9 <= 3",
              "polling, http/1.1: <= 9 <= 3", "polling, h2: <= 9 <= 3",
              "websocket, http/1.1: <= 9 == 0", "websocket, h2: <= 9 == 0"});
}

TEST_CASE("selectors may name values in any order, and values with spaces") {
  const Scenario scenario = read_scenario(R"([compare]
"hop.0.max_concurrent_streams" = [6, "none stated"]
"page.rows" = [6, 7]
[expect]
"streams.never_opened" = { "page.rows=6 none stated" = "== 0", "none stated 7" = "== 1" }
)",
                                          "page.toml");
  CHECK(applied(scenario) ==
        Lines{"max concurrent streams 6, rows 6:", "max concurrent streams 6, rows 7:",
              "max concurrent streams none stated, rows 6: == 0",
              "max concurrent streams none stated, rows 7: == 1"});
}

TEST_CASE("a selector that no variant fits is an error") {
  CHECK(complaint_about("\"click.starved\" = { \"stream-per-rwo h2\" = \"== 0\" }") ==
        "page.toml:7:21: click.starved: no variant has 'stream-per-rwo'; did you mean "
        "'stream-per-row'? Compared are stream-per-row, polling, websocket, http/1.1 and h2");
  CHECK(complaint_about("\"click.starved\" = { \"polling websocket\" = \"== 0\" }") ==
        "page.toml:7:21: click.starved: no variant has both 'polling' and 'websocket'; both are "
        "values of page.design");
  CHECK(complaint("[expect]\n\"streams.opened\" = { h2 = \"== 0\" }") ==
        "page.toml:2:22: streams.opened: there is no [compare] and so no variant 'h2'; write the "
        "condition alone");
}

TEST_CASE("a selector that may mean two keys is an error") {
  CHECK(complaint("[compare]\n\"page.rows\" = [5, 6]\n\"browser.tabs\" = [5]\n[expect]\n"
                  "\"streams.opened\" = { 5 = \"== 0\" }") ==
        "page.toml:5:22: streams.opened: '5' is a value of page.rows and of browser.tabs; write "
        "page.rows=5 or browser.tabs=5");
}

TEST_CASE("an unknown metric is told the nearest one") {
  CHECK(complaint_about("\"click.starvd\" = \"== 0\"") ==
        "page.toml:7:1: unknown metric 'click.starvd'; did you mean 'click.starved'? \"sixslots "
        "list metrics\" shows all");
  CHECK(complaint_about("\"save.latency.p95\" = \"== 0\"") ==
        "page.toml:7:1: unknown metric 'save.latency.p95'; did you mean 'click.latency.p95'? No "
        "[[request]] is named 'save'");
  CHECK(complaint_about("\"checkout.count\" = \"== 0\"") ==
        "page.toml:7:1: unknown metric 'checkout.count'; no [[request]] is named 'checkout'");
  CHECK(complaint_about("\"zebra\" = \"== 0\"") ==
        "page.toml:7:1: unknown metric 'zebra'; \"sixslots list metrics\" shows all");
}

TEST_CASE("a metric that is measured elsewhere says where") {
  const std::string users =
      "is measured only with several users: set fleet.users or fleet.arrival_rate";
  CHECK(complaint_about("\"users.mean\" = \"< 3\"") == "page.toml:7:1: 'users.mean' " + users);
  CHECK(complaint_about("users.mean = \"< 3\"") == "page.toml:7:7: 'users.mean' " + users);
  CHECK(complaint_about("\"click.user_mean.p95\" = \"< 3s\"") ==
        "page.toml:7:1: 'click.user_mean.p95' " + users);
  CHECK(complaint_about("\"click.storm.p95\" = \"< 3s\"") ==
        "page.toml:7:1: 'click.storm.p95' is measured only where something happens to the path: "
        "add [[event]]");
}

TEST_CASE("a condition that cannot be read says what one looks like") {
  CHECK(complaint_about("\"click.starved\" = \"= 0\"") ==
        "page.toml:7:19: click.starved: \"= 0\" is not a condition; write <, <=, >, >=, == or != "
        "and a limit, as in \"== 0\"");
  CHECK(complaint_about("\"click.latency.p99\" = 300") ==
        "page.toml:7:23: click.latency.p99: 300 is not a condition; write <, <=, >, >=, == or != "
        "and a limit, as in \"< 300ms\"");
  CHECK(complaint_about("\"click.latency.p99\" = \"< 300\"") ==
        "page.toml:7:23: click.latency.p99: a duration needs a unit: write \"300s\"");
  CHECK(complaint_about("\"click.starved\" = \"== 0 clicks\"") ==
        "page.toml:7:19: click.starved: \"0 clicks\" is not a number");
  CHECK(complaint("expect = 3") ==
        "page.toml:1:10: expect: write [expect], and below it lines such as \"click.starved\" = "
        "\"== 0\"");
}

TEST_CASE("a faulty comparison does not make its selectors faulty too") {
  CHECK(complaint("[compare]\n\"page.desing\" = [\"polling\"]\n[expect]\n\"streams.opened\" = "
                  "{ polling = \"== 0\" }") ==
        "page.toml:2:1: unknown key 'page.desing'; did you mean 'page.design'? [page] has rows, "
        "design, updates, poll_interval, long_poll_timeout, heartbeat, stream_retry, retry_spread, "
        "socket_backoff, socket_backoff_most, socket_backoff_spread, stream_ends_after and "
        "document_size");
}

TEST_CASE("an expectation can come from the command line") {
  const Scenario scenario = expecting("");
  const Expectation expectation =
      parse_expectation("click.latency.p99 < 300ms", scenario, {"--keep", 0, 0});
  CHECK(expectation.metric == "click.latency.p99");
  CHECK(expectation.limit == 0.3);
  CHECK(complaint_of([&] {
          parse_expectation("click.latency < 300ms", scenario, {"--keep", 0, 0});
        }) ==
        "--keep: unknown metric 'click.latency'; did you mean 'click.latency.p50'? \"sixslots list "
        "metrics\" shows all");
  CHECK(complaint_of([&] {
          parse_expectation("click.count", scenario, {"--keep", 0, 0});
        }) ==
        "--keep: click.count: \"\" is not a condition; write <, <=, >, >=, == or != and a limit, "
        "as in \"== 0\"");
}

TEST_CASE("each request has metrics of its own, besides those of the page") {
  Scenario of_one_user = expecting("");
  const std::vector<MetricInfo> metrics = metrics_of(of_one_user);
  CHECK(find_metric(metrics, "click.user_worst.p95") == nullptr);
  CHECK(find_metric(metrics, "click.storm.p95") == nullptr);
  Scenario of_all = of_one_user;
  of_all.world.fleet.users = 2;
  of_all.world.events.emplace_back();
  CHECK(metrics_of(of_all).size() == metric_patterns().size());
  REQUIRE(find_metric(metrics, "click.stalled.p95") != nullptr);
  CHECK(find_metric(metrics, "click.stalled.p95")->unit == MetricInfo::Unit::duration);
  CHECK(find_metric(metrics, "connections.per_row") != nullptr);
  CHECK(find_metric(metrics, "FLOW.count") == nullptr);
  CHECK(metrics_of(default_scenario()).size() < metrics.size());
}

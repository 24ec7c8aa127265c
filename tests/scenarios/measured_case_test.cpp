#include "scenarios/measured_case.hpp"

#include "scenarios/validation.hpp"
#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

/// One page that opens a stream and clicks a second later, both of which arrive.
const std::string good = R"({"cases": [{
  "key": "chromium/one", "id": "one", "group": "h1-rows", "browser": "chromium", "rtt_ms": 0,
  "duration_ms": 3000, "origins": {"page": {"protocol": "http/1.1", "tls": false}},
  "tabs": [{"actions": [
    {"id": "es1", "at_ms": 0, "kind": "eventsource", "origin": "page", "url": "/e",
     "stream": {"events_per_s": 2}},
    {"id": "click", "at_ms": 1000, "kind": "fetch", "origin": "page", "url": "/c",
     "method": "POST", "service_ms": 50}]}],
  "measured": {"requests": [
    {"id": "es1", "call_ms": 0, "arrived": 5, "of": 5, "arrival_ms": 30, "arrival_min_ms": 10,
     "arrival_max_ms": 60},
    {"id": "click", "call_ms": 1000, "arrived": 5, "of": 5, "arrival_ms": 1005,
     "arrival_min_ms": 1003, "arrival_max_ms": 1012}],
   "connections": 2, "connections_min": 2, "connections_max": 2}}]})";

std::string with(std::string text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), now);
}

std::string fault_of(const std::string& text) {
  return complaint_of([&] { read_cases(text, "c.json"); });
}

JudgedCase judged(const std::string& text) { return replay(read_cases(text, "c.json").front()); }

}  // namespace

TEST_CASE("a measured case is read, replayed and judged") {
  const auto cases = read_cases(good, "c.json");
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].script.names == std::vector<std::string>{"es1", "click"});
  CHECK(cases[0].connections_max == 2);
  const JudgedCase one = replay(cases[0]);
  CHECK(one.passed());
  CHECK(one.connections == 2);
  REQUIRE(one.requests.size() == 2);
  CHECK(one.requests[1].tolerance == 40.0);
  CHECK(one.requests[1].simulated.value() > 1000.0);
}

TEST_CASE("each rule of judgement can be broken") {
  const std::string never = with(good, R"("arrived": 5, "of": 5, "arrival_ms": 1005)",
                                 R"("arrived": 1, "of": 5, "arrival_ms": null)");
  CHECK(judged(never).broke(Rule::verdict));
  const std::string late = with(good, R"("arrival_ms": 1005)", R"("arrival_ms": 1100)");
  CHECK(judged(late).broke(Rule::time));
  const std::string before = with(with(good, R"("arrival_ms": 1005,)", R"("arrival_ms": 5,)"),
                                  R"("arrival_max_ms": 60)", R"("arrival_max_ms": 60000)");
  CHECK(judged(before).broke(Rule::time));
  const std::string order = with(with(good, R"("arrival_min_ms": 10)", R"("arrival_min_ms": 2000)"),
                                 R"("arrival_max_ms": 60)", R"("arrival_max_ms": 2100)");
  CHECK(judged(order).broke(Rule::order));
  const std::string connections = with(good, R"("connections_max": 2)", R"("connections_max": 1)");
  CHECK(judged(connections).broke(Rule::connections));
}

TEST_CASE("times of cases that are not judged by them break nothing") {
  const std::string late = with(with(good, R"("arrival_ms": 1005)", R"("arrival_ms": 1100)"),
                                R"("rtt_ms": 0)", R"("rtt_ms": 0, "timing_judged": false)");
  CHECK(judged(late).passed());
}

TEST_CASE("what a case file says wrong is told with its place") {
  CHECK(fault_of(with(good, "\"fetch\"", "\"fecth\""))
            .find("chromium/one: tabs[0].actions[1].kind: "
                  "unknown kind 'fecth'; did you mean "
                  "'fetch'?") != std::string::npos);
  CHECK(fault_of(with(good, "\"method\"", "\"methud\"")) ==
        "c.json: chromium/one: tabs[0].actions[1]: unknown field 'methud'; did you mean 'method'?");
  CHECK(fault_of(with(good, "\"events_per_s\": 2", "\"evnts\": 2"))
            .find("tabs[0].actions[0].stream") != std::string::npos);
  CHECK(fault_of(with(good, "\"browser\": \"chromium\"", "\"browser\": \"netscape\""))
            .find("unknown browser 'netscape'") != std::string::npos);
  CHECK(fault_of(with(good, "\"rtt_ms\": 0", "\"rtt_ms\": \"0\"")).find("rtt_ms") !=
        std::string::npos);
  CHECK(fault_of(with(good, "{\"id\": \"click\", \"call_ms\"", "{\"id\": \"clack\", \"call_ms\""))
            .find("no action makes a request of that name") != std::string::npos);
  CHECK(fault_of("{\"cases\": [").find("c.json:1:12: not JSON") == 0);
  CHECK(fault_of("{\"cases\": []}") == "c.json: there is no case in it");
  CHECK(fault_of("[]").find("expected an object") != std::string::npos);
}

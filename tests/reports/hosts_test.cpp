#include <fmt/format.h>

#include <string>

#include "reports/at_the_end.hpp"
#include "reports/findings.hpp"
#include "reports/verdict.hpp"
#include "reports/walls.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

// Whose slots are taken, where a script asks several hosts or opens WebSockets beside streams.

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

std::string action(std::string_view kind, std::string_view name, std::string_view more = "") {
  return fmt::format("[[tab.action]]\nkind = \"{}\"\nname = \"{}\"\n{}\n", kind, name, more);
}

std::string event_streams(int count, const std::string& prefix, std::string_view more = "") {
  std::string text;
  for (int i = 1; i <= count; ++i) text += action("eventsource", prefix + std::to_string(i), more);
  return text;
}

/// A tab at a.test; actions follow.
std::string page(std::string_view more = "") {
  return fmt::format(
      "[run]\nduration = \"20s\"\nreplications = 1\n{}\n[[tab]]\nhost = \"a.test\"\n", more);
}

const std::string save = action("fetch", "save", "at = \"5s\"\nmethod = \"POST\"");

}  // namespace

TEST_CASE("the slots that are told of are those of the host that is full") {
  const scenarios::Results results =
      answer(page() + event_streams(6, "a") + event_streams(3, "b", "host = \"b.test\"") + save);
  const std::vector<Finding> all = findings(study(results));
  const Finding* held = find(all, "slots-held");
  REQUIRE(held != nullptr);
  CHECK(held->what ==
        "Event streams hold all 6 slots of a.test: the request “save” is never sent.");
  CHECK_THAT(held->evidence, StartsWith("DevTools, Network: 6 requests of type eventsource to "
                                        "a.test open without end; 1 POST “save” stay"));
  CHECK_THAT(held->why, Contains("connections 1 to 6 are held by “a1”, “a2”"));
}

TEST_CASE("a request to a host with room passes, however full another is") {
  const scenarios::Results results = answer(
      page() + event_streams(6, "a") + action("fetch", "news", "at = \"5s\"\nhost = \"b.test\""));
  CHECK_THAT(verdict(study(results)), StartsWith("Nothing hangs"));
}

TEST_CASE("the host that is told of is the one where the request waits") {
  const scenarios::Results results =
      answer(page() + event_streams(6, "a") + event_streams(9, "b", "host = \"b.test\"") + save);
  const Study subject = study(results);
  const VariantView& view = subject.variants.front();
  CHECK(at_the_end(view, subject.flow).host == "a.test");
  CHECK(at_the_end(view, subject.flow).all_waiting() == 1);
  CHECK(at_the_end(view).host == "b.test");
  CHECK(at_the_end(view).all_waiting() == 3);
}

TEST_CASE("tabs of another browser context have slots of their own") {
  const scenarios::Results results =
      answer(page() + event_streams(6, "a") + save + "[[tab]]\nhost = \"a.test\"\ncontext = 1\n" +
             event_streams(2, "c"));
  const Study subject = study(results);
  CHECK(at_the_end(subject.variants.front(), subject.flow).holding.size() == 6);
}

TEST_CASE("a proxy's connections are one pool of all hosts, and run out before a host's do") {
  const scenarios::Results results =
      answer(page("[[hop]]\nconnections_per_client = 8\n") + event_streams(5, "a") +
             event_streams(3, "b", "host = \"b.test\"") + save);
  const std::vector<Finding> all = findings(study(results));
  const Finding* held = find(all, "slots-held");
  REQUIRE(held != nullptr);
  CHECK_THAT(held->what, StartsWith("Event streams hold all 8 slots: "));
  CHECK_THAT(held->why, Contains("hop.0.connections_per_client"));
  CHECK(held_text(wall_of_slots(study(results).variants.front())) == "✗ 8/8, 1 wait");
}

TEST_CASE("a WebSocket that Firefox has no slot for waits for a slot, and not for handshakes") {
  const scenarios::Results results =
      answer(page("[browser]\nprofile = \"firefox\"\n") + event_streams(6, "e") +
             action("websocket", "chat", "at = \"5s\""));
  CHECK_THAT(verdict(study(results)), Contains("1 of 7 event streams and WebSockets never opens"));
  const std::vector<Finding> all = findings(study(results));
  const Finding* blank = find(all, "rows-stay-blank");
  REQUIRE(blank != nullptr);
  CHECK_THAT(blank->evidence, Contains("1 WebSocket stays “(pending)”. The page cannot tell"));
  CHECK_THAT(
      blank->why,
      StartsWith("It waits for a slot, which Firefox needs for the handshake of a WebSocket: "
                 "6 slots (browser.connections_per_origin), and connections 1 to 6 are"));
}

TEST_CASE("WebSockets that a full proxy keeps waiting are put down to the proxy") {
  const std::string scenario = R"(
[run]
duration = "60s"
replications = 1
[[hop]]
kind = "haproxy"
protocol = "h2"
upstream_connections = 3
[[hop]]
[page]
rows = 5
design = "websocket-per-row"
)";
  const scenarios::Results results =
      answer(scenario + "[compare]\n\"hop.0.upstream_connections\" = [3, 10]\n");
  const std::vector<Finding> all = findings(study(results));
  const Finding* held = find(all, "connections-held");
  REQUIRE(held != nullptr);
  CHECK_THAT(held->what, Contains("the 3rd of 5 WebSockets takes the last upstream connection"));
  CHECK(held->change == "All WebSockets open with upstream connections 10 (simulated here).");
  const Finding* blank = find(all, "rows-stay-blank");
  REQUIRE(blank != nullptr);
  CHECK_THAT(blank->evidence, StartsWith("DevTools, Network: 2 WebSockets stay “(pending)”. "));
  CHECK(blank->why ==
        "1 of them waits for its handshake: a browser makes one at a time with a host, and the one "
        "before it has no answer. Haproxy has 3 upstream connections (hop.0.upstream_connections), "
        "and at most 1 request waits for one.");
}

TEST_CASE("a WebSocket that is alone waits for no other's handshake") {
  const scenarios::Results results = answer(R"(
[run]
duration = "3s"
replications = 1
[network]
rtt = "800ms"
[page]
rows = 1
design = "websocket"
)");
  const std::vector<Finding> all = findings(study(results));
  const Finding* blank = find(all, "rows-stay-blank");
  REQUIRE(blank != nullptr);
  CHECK(blank->why == "Its handshake is not over when the run ends.");
}

TEST_CASE("streams that a full proxy refuses are told of where nobody clicks") {
  const scenarios::Results results = answer(R"(
[run]
duration = "60s"
replications = 2
[fleet]
users = 10
[[hop]]
kind = "haproxy"
protocol = "h2"
upstream_connections = 4
queue_timeout = "2s"
[[hop]]
[page]
rows = 2
)");
  CHECK_THAT(verdict(study(results)), Contains("16 of 20 event streams never open"));
  const std::vector<Finding> all = findings(study(results));
  const Finding* held = find(all, "connections-held");
  REQUIRE(held != nullptr);
  CHECK_THAT(held->evidence, Contains("after a wait. 16 requests in a replication are refused by "
                                      "haproxy; at most 16 requests wait there."));
  CHECK_THAT(held->change, Contains("more of hop.0.upstream_connections"));
}

}  // namespace sixslots::reports

#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/findings.hpp"
#include "reports/wording.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

std::string verdict_on(const std::string& scenario) {
  const scenarios::Results results = answer(scenario);
  return verdict(study(results));
}

std::vector<std::string> finding_names(const scenarios::Results& results) {
  std::vector<std::string> names;
  for (const Finding& finding : findings(study(results))) names.push_back(finding.name);
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("the verdict says what hangs, and what was simulated to cure it") {
  const std::string text = verdict_on(twenty_rows(designs_and_protocols));
  CHECK_THAT(text, Catch::Matchers::StartsWith(
                       "With stream-per-row over HTTP/1.1, 14 of 20 event streams never open and "
                       "the click never reaches the server. At the median it takes "));
  CHECK_THAT(text, Catch::Matchers::Contains("with single-stream or websocket over HTTP/1.1"));
  CHECK_THAT(text, Catch::Matchers::Contains("with stream-per-row over HTTP/2."));
}

TEST_CASE("a single variant that hangs gets a verdict without a cure") {
  CHECK(verdict_on(twenty_rows()) ==
        "With stream-per-row over HTTP/1.1, 14 of 20 event streams never open and the click never "
        "reaches the server.");
}

TEST_CASE("a page that works is said to work") {
  const std::string text = verdict_on(twenty_rows("[compare]\n\"page.rows\" = [1, 2, 3]\n"));
  CHECK_THAT(text, Catch::Matchers::StartsWith("Nothing hangs: the click takes "));
}

TEST_CASE("a range of numbers is named by its ends") {
  const std::string text = verdict_on(twenty_rows("[compare]\n\"page.rows\" = [4, 5, 6, 7, 8]\n"));
  CHECK_THAT(text,
             Catch::Matchers::StartsWith("With 6 to 8 rows, the click hangs. At worst, with "));
}

TEST_CASE("a page that nobody clicks on is judged by its streams") {
  const std::string text = verdict_on("[page]\nrows = 8\ndesign = \"stream-per-row\"\n");
  CHECK(
      text ==
      "Nobody clicks here. With stream-per-row over HTTP/1.1, 6 connections are open at most, and "
      "2 of 8 event streams never open; one more row wants 1.00 more.");
}

TEST_CASE("a flow that makes no requests hangs nowhere") {
  const std::string text = verdict_on(
      "[run]\nduration = \"5s\"\nreplications = 1\n"
      "[[request]]\nname = \"save\"\narrivals = { process = \"poisson\", rate = \"0.001/s\" }\n");
  CHECK(text == "Nobody makes the request “save”: the run is too short.");
}

TEST_CASE("slots held by streams are the heaviest finding, with a simulated cure") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "slots-held");
  CHECK(all.front().what == "Event streams hold all 6 slots: none of the 9 clicks is ever sent.");
  CHECK_THAT(all.front().evidence, Catch::Matchers::Contains("no POST"));
  CHECK_THAT(all.front().why,
             Catch::Matchers::Contains("connections 1 to 6 are held by rows 1 to 6"));
  CHECK_THAT(all.front().change, Catch::Matchers::Contains("(simulated here)"));
  CHECK(has(finding_names(results), "connections-scale"));
  CHECK(has(finding_names(results), "rows-stay-blank"));
}

TEST_CASE("the same problem over HTTP/2 has a bigger number") {
  const scenarios::Results results =
      answer(twenty_rows("[[hop]]\nprotocol = \"h2\"\nmax_concurrent_streams = 10\n"));
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "stream-limit-reached");
  CHECK_THAT(all.front().why, Catch::Matchers::StartsWith("The server allows 10 streams at once"));
}

TEST_CASE("workers held by streams leave the click without an answer") {
  const scenarios::Results results =
      answer(twenty_rows("[[hop]]\nkind = \"php-fpm\"\nprotocol = \"h2\"\n"));
  CHECK(has(finding_names(results), "workers-held"));
  CHECK_THAT(verdict(study(results)),
             Catch::Matchers::Contains("reach the server and get no answer before the run ends"));
}

TEST_CASE("what waits long and is answered is slow, and does not hang") {
  const scenarios::Results results = answer(twenty_rows(R"(
[compare]
"page.design" = ["long-poll-per-row"]
"page.rows" = [40]
)"));
  const Study subject = study(results);
  CHECK(subject.fate(subject.variants.front()) == Fate::slow);
  CHECK_THAT(verdict(subject),
             Catch::Matchers::Contains("of its time it is stalled in the browser"));
  CHECK(has(finding_names(results), "often-stalled"));
}

TEST_CASE("a page with one connection for all rows is told that it does not scale") {
  const scenarios::Results results =
      answer(twenty_rows("[compare]\n\"page.design\" = [\"single-stream\"]\n"));
  const std::vector<Finding> all = findings(study(results));
  const auto found = std::find_if(all.begin(), all.end(), [](const Finding& finding) {
    return finding.name == "connections-scale";
  });
  REQUIRE(found != all.end());
  CHECK(found->what ==
        "Do open connections scale with the visible rows? No: 0.00 connections per row.");
}

TEST_CASE("where nobody could click the verdict says why") {
  const std::string clicks =
      "[[request]]\nname = \"click\"\nby_user = true\narrivals = { every = \"2s\" }\n";
  const std::string run = "[run]\nduration = \"20s\"\nreplications = 2\n";
  CHECK(verdict_on(run + clicks +
                   "[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"node\"\n"
                   "[[event]]\nhop = 1\nat = \"0s\"\nlasts = \"5s\"\n") ==
        "The page never loads: its document is answered with 502.");
  CHECK(verdict_on(run + clicks + "[fleet]\nusers = 3\nhidden_share = \"100 %\"\n") ==
        "Nobody makes the click: no page is in front.");
  CHECK(verdict_on(run + clicks + "[fleet]\nusers = 3\nsession = \"0s\"\n") ==
        "Nobody makes the click: users leave at once.");
}

/// Two workers with twice as much to do as they can, and a proxy that waits for five seconds.
std::string impatient_proxy(std::string_view more) {
  return std::string(
             "[run]\nduration = \"60s\"\nreplications = 2\n"
             "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\nread_timeout = \"5s\"\n"
             "[[hop]]\nkind = \"php-fpm\"\nworkers = 2\n[page]\nrows = 0\n"
             "[[request]]\nname = \"click\"\nby_user = true\n"
             "arrivals = { process = \"poisson\", rate = \"1/s\" }\nservice = \"4s\"\n") +
         std::string(more);
}

TEST_CASE("clicks that a proxy cuts are told of what they wait for, not of a limit on who waits") {
  const scenarios::Results results = answer(impatient_proxy(""));
  CHECK_THAT(verdict(study(results)), Catch::Matchers::EndsWith(" clicks fail."));
  for (const Finding& finding : findings(study(results))) {
    if (finding.name != "refused" && finding.name != "streams-cut") continue;
    CHECK(finding.why ==
          "Nginx waits for 5 s for the next byte (hop.0.read_timeout). Most of that time they wait "
          "for a worker of php-fpm (hop.1.workers).");
    CHECK_THAT(finding.evidence, !Catch::Matchers::Contains("event stream"));
  }
}

TEST_CASE("failures of many users are counted for all of them") {
  const scenarios::Results results = answer(impatient_proxy("[fleet]\nusers = 5\n"));
  const std::vector<Finding> all = findings(study(results));
  const auto refused = std::find_if(all.begin(), all.end(),
                                    [](const Finding& one) { return one.name == "refused"; });
  REQUIRE(refused != all.end());
  const std::uint64_t failed = results.variants.front().flows.front().failed;
  REQUIRE(failed > 200);
  CHECK_THAT(refused->evidence,
             Catch::Matchers::StartsWith("In a replication " + std::to_string(failed / 2)));
  CHECK_THAT(refused->evidence, Catch::Matchers::Contains("of all users fail. Of the first user"));
}

TEST_CASE("long polls that are cut where nothing is updated have no time of display") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"60s\"\nreplications = 1\n"
      "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\nread_timeout = \"10s\"\n"
      "[[hop]]\nkind = \"node\"\n[page]\nrows = 1\nupdates = { rate = \"0/s\" }\n"
      "long_poll_timeout = \"30s\"\n[compare]\n\"page.design\" = [\"long-poll\", \"polling\"]\n");
  const std::vector<Finding> all = findings(study(results));
  const auto cut = std::find_if(all.begin(), all.end(),
                                [](const Finding& one) { return one.name == "streams-cut"; });
  REQUIRE(cut != all.end());
  CHECK(cut->change == "None ends so with polling (simulated here).");
  CHECK_THAT(cut->evidence + cut->why, !Catch::Matchers::Contains("stream"));
}

/// A page with streams over HTTP/1.1, and clicks with further keys; more lines follow.
std::string rows_and_clicks(int rows, std::string_view clicks, std::string_view more = "") {
  return "[run]\nduration = \"60s\"\nreplications = 2\n[page]\nrows = " + std::to_string(rows) +
         "\n[[request]]\nname = \"click\"\nby_user = true\n" + std::string(clicks) +
         "[[hop]]\nkind = \"node\"\n" + std::string(more);
}

TEST_CASE("clicks that are never sent are told of, whatever else has slots") {
  struct Case {
    std::string scenario;
    std::string_view what;
    std::string_view why;
  };
  for (const Case& one :
       {Case{rows_and_clicks(3, "", "[browser]\nconnections_total = 2\n"),
             "Event streams hold all 2 slots: ",
             "at most 2 connections to all origins together (browser.connections_total),"},
        Case{rows_and_clicks(3, "arrivals = { rate = \"130/s\" }\n"),
             "Event streams hold 3 of the 6 slots, and too many requests want the others: ",
             "the others by 3 requests, and "},
        Case{rows_and_clicks(0, "service = \"20s\"\narrivals = { rate = \"1/s\" }\n"),
             "Too many requests want the 6 slots: ", "6 requests hold them, and "},
        Case{rows_and_clicks(6, "patience = \"1s\"\n"),
             "Event streams hold all 6 slots: none of the ", "those behind them were given up."}}) {
    const scenarios::Results results = answer(one.scenario);
    const Finding found = findings(study(results)).front();
    CHECK(found.name == "slots-held");
    CHECK_THAT(found.what, Catch::Matchers::StartsWith(std::string(one.what)));
    CHECK_THAT(found.why, Catch::Matchers::Contains(std::string(one.why)));
  }
}

TEST_CASE("clicks that lose their patience are not said to take that long") {
  const std::string impatient = rows_and_clicks(130, "patience = \"1s\"\n");
  for (const std::string_view protocol : {"", "protocol = \"h2\"\n"}) {
    const scenarios::Results results = answer(impatient + std::string(protocol));
    const Study subject = study(results);
    CHECK(subject.fate(subject.variants.front()) == Fate::starved);
    CHECK_THAT(verdict(subject),
               Catch::Matchers::Contains("the click never reaches the server; the page gives up "));
    CHECK_THAT(findings(subject).front().what, Catch::Matchers::Contains("none of the "));
    CHECK(!has(finding_names(results), "often-stalled"));
  }
}

/// Rows with streams in Firefox, where a click has a slot of its own, and a request without a
/// gesture has none.
std::string autosave(const std::string& more) {
  return "[run]\nduration = \"60s\"\nreplications = 2\n[browser]\nprofile = \"firefox\"\n"
         "[page]\nrows = 6\ndesign = \"stream-per-row\"\n[[hop]]\nkind = \"node\"\n"
         "[[request]]\nname = \"click\"\nby_user = true\nmethod = \"POST\"\n"
         "arrivals = { rate = \"0.2/s\" }\n"
         "[[request]]\nname = \"autosave\"\nmethod = \"POST\"\narrivals = { every = \"11s\" }\n" +
         more;
}

TEST_CASE("a flow that is never sent is told of, though the click is answered") {
  const scenarios::Results results = answer(autosave(""));
  const std::string text = verdict(study(results));
  CHECK_THAT(text, !Catch::Matchers::Contains("Nothing hangs"));
  CHECK_THAT(text,
             Catch::Matchers::EndsWith(", but the request “autosave” never reaches the server."));
  const Finding found = findings(study(results)).front();
  CHECK(found.name == "others-hang");
  CHECK(found.what == "None of the 10 “autosave” requests is ever sent.");
  CHECK_THAT(found.why, Catch::Matchers::Contains(
                            "Firefox has 6 slots (browser.connections_per_origin), and at most 5 "
                            "requests wait for one; when the first replication ends, connections "
                            "1 to 6 are held by rows 1 to 6."));
}

TEST_CASE("a variant that never sends one of its flows is no cure") {
  const scenarios::Results results =
      answer(autosave("[compare]\n\"page.rows\" = [5, 6]\n\"browser.profile\" = [\"firefox\", "
                      "\"safari\"]\n"));
  CHECK_THAT(verdict(study(results)),
             Catch::Matchers::EndsWith(" with 5 rows in safari. With 6 rows in firefox, the "
                                       "request “autosave” never reaches the server."));
  for (const Finding& finding : findings(study(results))) {
    INFO(finding.name);
    CHECK_THAT(finding.change, !Catch::Matchers::Contains("6 rows in firefox"));
  }
}

TEST_CASE("all variants that hang besides are named") {
  const std::string text =
      verdict_on(autosave("[compare]\n\"page.rows\" = [5, 6, 7]\n\"browser.profile\" = "
                          "[\"firefox\", \"safari\"]\n"));
  CHECK_THAT(text, Catch::Matchers::EndsWith(
                       " With 6 or 7 rows in firefox, the request “autosave” hangs; at worst, with "
                       "6 rows in firefox, the request “autosave” never reaches the server."));
}

TEST_CASE("waiting that harms more users than failures do comes first, and both are told") {
  scenarios::Results results = answer(
      "[run]\nduration = \"60s\"\nreplications = 2\n[page]\nrows = 0\n"
      "[[hop]]\nkind = \"php-fpm\"\nprotocol = \"h2\"\n"
      "[[request]]\nname = \"click\"\nby_user = true\nservice = \"800ms\"\n"
      "arrivals = { process = \"poisson\", rate = \"0.7/s\" }\n"
      "[compare]\n\"hop.0.workers\" = [8, 1]\n");
  results.variants[0].flows[0].failed = 1;
  const std::string count = std::to_string(results.variants[0].flows[0].count);
  const std::string text = verdict(study(results));
  CHECK_THAT(text, Catch::Matchers::StartsWith("With workers 1, the click takes "));
  CHECK_THAT(text, Catch::Matchers::EndsWith(" With workers 8, 1 of " + count + " clicks fails."));
  results.variants[1].flows[0].failed = 2;
  CHECK_THAT(verdict(study(results)),
             Catch::Matchers::Contains(" at the 95th percentile, and 2 of " + count));
}

TEST_CASE("of clicks that wait without end it is said how many are never sent") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"120s\"\nreplications = 6\n"
      "[page]\nrows = 8\ndesign = \"long-poll-per-row\"\nupdates = { rate = \"0.01/s\" }\n"
      "[[hop]]\nkind = \"node\"\nservice = \"20ms\"\n[[request]]\nname = \"click\"\n"
      "by_user = true\nmethod = \"POST\"\narrivals = { rate = \"0.2/s\" }\n");
  const models::FlowStatistics& clicks = results.variants.front().flows.front();
  const std::string unsent =
      fmt::format("{} of {} clicks are never sent", clicks.starved, clicks.count);
  const std::vector<Finding> all = findings(study(results));
  const auto stalled = std::ranges::find(all, "often-stalled", &Finding::name);
  REQUIRE(stalled != all.end());
  CHECK_THAT(stalled->what, Catch::Matchers::EndsWith(", and " + unsent + "."));
  CHECK_THAT(stalled->evidence, Catch::Matchers::Contains("“Stalled” without end for one in"));
  CHECK_THAT(verdict(study(results)), Catch::Matchers::Contains(", and " + unsent + "; "));
}

TEST_CASE("a tab whose document is never sent stays blank") {
  const scenarios::Results results =
      answer(rows_and_clicks(3, "",
                             "[browser]\ntabs = 7\n[compare]\n\"page.design\" = "
                             "[\"single-stream\"]\n"));
  const Finding found = findings(study(results)).front();
  CHECK_THAT(found.what, Catch::Matchers::EndsWith("never sent, and tab 7 stays blank."));
  CHECK_THAT(found.why, Catch::Matchers::Contains("the document of tab 7 among them"));
}

TEST_CASE("a server that keeps connections is not blamed for one that a stream has taken") {
  const auto reason = [](std::string_view keep_alive) {
    const scenarios::Results results = answer(
        "[run]\nduration = \"60s\"\nreplications = 1\n"
        "[[hop]]\nkind = \"node\"\nkeep_alive = \"" +
        std::string(keep_alive) +
        "\"\n[[tab]]\n[[tab.action]]\nkind = \"eventsource\"\nat = \"1s\"\nname = \"news\"\n"
        "[[tab.action]]\nkind = \"fetch\"\nat = \"2s\"\nname = \"save\"\n");
    const std::vector<Finding> all = findings(study(results));
    const auto found = std::ranges::find(all, "connects-again", &Finding::name);
    return found == all.end() ? std::string() : found->why;
  };
  CHECK(reason("1h") == "No idle connection is left when the request “save” comes.");
  CHECK_THAT(reason("500ms"), Catch::Matchers::StartsWith("The server (node) closes a connection"));
}

TEST_CASE("how rows scale is told as exactly as it was measured, and not of a page without any") {
  const auto scaling = [](const std::string& scenario) {
    const scenarios::Results results = answer(scenario);
    const std::vector<Finding> all = findings(study(results));
    const auto found = std::ranges::find(all, "connections-scale", &Finding::name);
    return found == all.end() ? std::string() : found->what + " " + found->evidence;
  };
  CHECK_THAT(scaling("[run]\nduration = \"30s\"\nreplications = 1\n[[hop]]\nkind = \"node\"\n"
                     "[page]\nrows = 2\nstream_ends_after = \"1s\"\n"),
             Catch::Matchers::Contains("2 rows want 0."));
  CHECK(scaling("[run]\nduration = \"1ms\"\nreplications = 1\n[network]\nrtt = \"20ms\"\n"
                "[[hop]]\nkind = \"node\"\n[page]\nrows = 2\n")
            .empty());
}

TEST_CASE("one of several is told in the singular") {
  CHECK(part_of(1, 69, "clicks", {"fails", "fail"}) == "1 of 69 clicks fails");
  CHECK(part_of(2, 69, "clicks", {"fails", "fail"}) == "2 of 69 clicks fail");
  CHECK(part_of(1, 1, "pages", {"stays", "stay"}) == "the only one of the pages stays");
}

TEST_CASE("a click in its handshake is not said to find the slots taken") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"60s\"\nreplications = 2\n[network]\nprofile = \"cable\"\n"
      "rtt = \"80ms\"\n[[hop]]\nkind = \"node\"\nservice = \"20ms\"\n[page]\nrows = 0\n"
      "[[request]]\nname = \"click\"\nby_user = true\nmethod = \"POST\"\n"
      "arrivals = { process = \"at\", at = [\"10s\", \"59.95s\"] }\n");
  for (const Finding& finding : findings(study(results))) {
    INFO(finding.why);
    CHECK_THAT(finding.why, !Catch::Matchers::Contains("slot taken"));
  }
}

TEST_CASE("streams that scale over HTTP/2 are told apart from connections that do") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  std::vector<std::string> told;
  for (const Finding& finding : findings(study(results))) {
    if (finding.name != "connections-scale") continue;
    told.push_back(finding.what);
    CHECK(finding.also.empty());
  }
  CHECK(told ==
        std::vector<std::string>{
            "Do open connections scale with the visible rows? Yes: 1.00 connections per row.",
            "Do open streams scale with the visible rows? Yes: 1.00 streams per row."});
}

TEST_CASE("where workers are short, more of them are worth comparing") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"100s\"\nreplications = 2\n[[hop]]\nkind = \"node\"\nworkers = 1\n"
      "service = \"400ms\"\n[page]\nrows = 0\n[[request]]\nname = \"click\"\nby_user = true\n"
      "arrivals = { process = \"poisson\", rate = \"2/s\" }\n");
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(!all.empty());
  CHECK(all.front().name == "workers-busy");
  CHECK(all.front().change == "Nothing else was simulated here; compare more of hop.0.workers.");
}

TEST_CASE("a stream that waits at the server is among those that never open, as in the verdict") {
  const scenarios::Results results =
      answer(twenty_rows("[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"php-fpm\"\n"));
  CHECK_THAT(verdict(study(results)), Catch::Matchers::Contains("15 of 20 event streams"));
  const std::vector<Finding> all = findings(study(results));
  const auto blank = std::ranges::find(all, "rows-stay-blank", &Finding::name);
  REQUIRE(blank != all.end());
  CHECK(blank->what == "15 of 20 event streams never open: nothing new is displayed there.");
  CHECK(blank->why ==
        "14 of them wait for a slot, and those that have one keep it; the others have one, and no "
        "answer.");
}

}  // namespace sixslots::reports

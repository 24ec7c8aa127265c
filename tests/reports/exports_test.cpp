#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/comparison_words.hpp"
#include "reports/csv.hpp"
#include "reports/har.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/json_lines.hpp"
#include "reports/markdown.hpp"
#include "reports/saved/saved_results.hpp"
#include "reports/steps.hpp"
#include "reports/study.hpp"
#include "reports/terminal.hpp"
#include "reports/trace.hpp"
#include "reports/values.hpp"
#include "scenarios/error.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Json = nlohmann::json;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// One page whose click waits, and is answered: two of six streams end after five seconds.
const std::string a_waiting_click = R"(
title = "A click that waits"
[run]
duration = "20s"
replications = 1
[network]
rtt = "20ms"
[page]
rows = 6
design = "stream-per-row"
stream_ends_after = "5s"
[[request]]
name = "click"
method = "POST"
by_user = true
arrivals = { at = ["2s"] }
service = "50ms"
)";

std::vector<Json> requests_of(const scenarios::Results& results) {
  std::vector<Json> all;
  for (const std::string& line : lines_of(json_lines_report(results))) {
    all.push_back(Json::parse(line));
  }
  return all;
}

}  // namespace

TEST_CASE("a comparison counts the replications in which both were simulated") {
  scenarios::Results results;
  for (const int replications : {10, 50, 20}) {
    results.variants.emplace_back().replications = replications;
  }
  CHECK(pairs_text(results, {.baseline = 0, .metrics = {}}) == "10 replications");
  CHECK(pairs_text(results, {.baseline = 1, .metrics = {}}) == "10 to 20 replications");
}

TEST_CASE("all formats agree on what the click takes") {
  const scenarios::Results results = answer(a_waiting_click);
  const double seconds = metric(results.variants[0], "click.latency.max").value;
  const std::string shown = short_duration(seconds);
  REQUIRE(seconds > 1.0);

  const Json json = Json::parse(json_report(results));
  const Json& metrics = json["variants"][0]["metrics"];
  CHECK(metrics["click.latency.max"]["value"] == seconds);
  CHECK(has(csv_report(results), fmt::format("click.latency.max,s,{},0,0\r\n", seconds)));
  CHECK(has(terminal_report(results, {}), " " + shown + " "));
  CHECK(has(html_report(results), "<td>" + shown + "</td>"));
  CHECK(has(markdown_report(results), "| " + shown + " |"));

  for (const Json& request : requests_of(results)) {
    if (request["name"] != "click") continue;
    const double taken = request["finished"].get<double>() - request["created"].get<double>();
    CHECK(taken == Approx(seconds).epsilon(1e-12));
  }
  const Json har = Json::parse(har_report(results));
  for (const Json& entry : har["log"]["entries"]) {
    if (entry["request"]["url"] == "http://app.example/click") {
      CHECK(entry["time"].get<double>() == Approx(seconds * 1e3).epsilon(1e-12));
    }
  }
  std::int64_t traced = 0;  // waiting, then on its connection; each time is cut to a microsecond
  const Json trace = Json::parse(trace_report(results));
  for (const Json& event : trace["traceEvents"]) {
    if (event["name"] != "click") continue;
    if (event["ph"] == "X") traced += event["dur"].get<std::int64_t>();
    if (event["ph"] == "b") traced -= event["ts"].get<std::int64_t>();
    if (event["ph"] == "e") traced += event["ts"].get<std::int64_t>();
  }
  CHECK(static_cast<double>(traced) / 1e6 == Approx(seconds).margin(1e-6));
}

TEST_CASE("a starved click is censored in every format, and no number in any") {
  const scenarios::Results results = answer(twenty_rows());
  CHECK(has(csv_report(results), ",click.latency.p50,s,50,1,1\r\n"));
  CHECK(has(html_report(results), "<td>never</td>"));
  CHECK(has(markdown_report(results), "| never |"));
  std::size_t never_sent = 0;
  for (const Json& request : requests_of(results)) {
    if (request["name"] == "click") CHECK(request["finished"] == nullptr);
    never_sent += request["never_sent"].get<bool>() ? 1U : 0U;
  }
  CHECK(never_sent == 17);  // fourteen streams and three clicks
  std::size_t blocked = 0;
  const Json har = Json::parse(har_report(results));
  for (const Json& entry : har["log"]["entries"]) {
    if (!entry["_sixslots"]["neverSent"].get<bool>()) continue;
    ++blocked;
    CHECK(entry["timings"]["blocked"] == entry["time"]);
    CHECK(entry["response"]["status"] == 0);
    CHECK(entry["response"]["_error"] == "net::ERR_ABORTED");
    CHECK(entry["comment"] == "Never sent: it waits in the browser when the run ends");
    CHECK_FALSE(entry.contains("_connectionId"));
  }
  CHECK(blocked == never_sent);
}

TEST_CASE("the parts of a HAR entry add up to its time") {
  for (const std::string& scenario : {a_waiting_click, twenty_rows(designs_and_protocols)}) {
    const Json har = Json::parse(har_report(answer(scenario)));
    CHECK(har["log"]["pages"][0]["id"] == har["log"]["entries"][0]["pageref"]);
    for (const Json& entry : har["log"]["entries"]) {
      double sum = 0.0;
      for (const char* part : {"blocked", "connect", "send", "wait", "receive"}) {
        sum += std::max(0.0, entry["timings"][part].get<double>());
      }
      CHECK(sum == Approx(entry["time"].get<double>()).margin(1e-6));
    }
  }
}

TEST_CASE("the streams of a script are called what their actions are called") {
  const std::string script =
      "[run]\nduration = \"20s\"\nreplications = 1\n[[tab]]\n[[tab.action]]\n"
      "kind = \"eventsource\"\nname = \"prices\"\n[[tab.action]]\nkind = \"websocket\"\n"
      "name = \"chat\"\n[[tab.action]]\nat = \"5s\"\nname = \"save\"\n";
  const scenarios::Results results = answer(script);
  std::vector<std::string> names;
  for (const Json& request : requests_of(results)) names.push_back(request["name"]);
  CHECK(names == std::vector<std::string>{"page", "chat", "prices", "save"});
  CHECK(has(terminal_report(results, {}), "█ prices █"));
}

TEST_CASE("a WebSocket that opens is told in a HAR file as DevTools tells it") {
  const Json har = Json::parse(
      har_report(answer("[run]\nduration = \"20s\"\nreplications = 1\n[page]\nrows = 2\n"
                        "design = \"websocket\"\n")));
  int sockets = 0;
  for (const Json& entry : har["log"]["entries"]) {
    const bool socket = entry["_resourceType"] == "websocket";
    sockets += socket ? 1 : 0;
    CHECK(entry["response"]["status"] == (socket ? 101 : 200));
    CHECK(entry["response"]["statusText"] == (socket ? "Switching Protocols" : ""));
  }
  CHECK(sockets == 1);
}

TEST_CASE("a request that fails on a path without a proxy has not queued at one") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"20s\"\nreplications = 1\n[network]\nrtt = \"100ms\"\n[page]\n"
      "rows = 0\n[[request]]\nname = \"click\"\nservice = \"1s\"\n"
      "arrivals = { at = [\"9.9s\"] }\n[[event]]\nkind = \"restart\"\nat = \"10s\"\n"
      "lasts = \"5s\"\n");
  for (const Json& request : requests_of(results)) {
    CHECK(request["outcome"] == (request["name"] == "click" ? "failed" : "done"));
    CHECK(request["proxy_queue"] == 0.0);
  }
}

TEST_CASE("the requests of one of many users are told in the order of their calls") {
  const scenarios::Results results = answer(R"(
[run]
duration = "10s"
replications = 1
[fleet]
users = 20
[page]
rows = 3
design = "poll-per-row"
poll_interval = "500ms"
[[request]]
name = "click"
by_user = true
arrivals = { process = "poisson", rate = "1/s" }
)");
  std::int64_t last = -1;
  const std::vector<Json> requests = requests_of(results);
  CHECK(requests.size() > 20);
  for (const Json& request : requests) {
    CHECK(request["id"].get<std::int64_t>() > last);
    last = request["id"].get<std::int64_t>();
  }
  const SavedResults saved = read_results(json_report_with_records(results), "saved.json");
  CHECK(html_report(saved.results) == html_report(results));
}

TEST_CASE("slices of a track do not overlap, and what begins ends") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  std::map<std::pair<int, int>, std::int64_t> free_from;
  std::map<std::string, int> begun;
  const Json trace = Json::parse(trace_report(results));
  for (const Json& event : trace["traceEvents"]) {
    if (event["ph"] == "X") {
      std::int64_t& free = free_from[{event["pid"].get<int>(), event["tid"].get<int>()}];
      const auto from = event["ts"].get<std::int64_t>();
      CHECK(from >= free);
      free = from + event["dur"].get<std::int64_t>();
    }
    if (event["ph"] != "b" && event["ph"] != "e") continue;
    const std::string id =
        fmt::format("{} {} {}", event["pid"].dump(), event["cat"].dump(), event["id"].dump());
    begun[id] += event["ph"] == "b" ? 1 : -1;
  }
  CHECK(free_from.size() > 6);
  for (const auto& [id, count] : begun) {
    INFO(id);
    CHECK(count == 0);
  }
}

TEST_CASE("text in CSV is neither a column nor a formula") {
  scenarios::Results results = answer(twenty_rows());
  results.variants[0].variant.label = "=1+1, \"x\"\n|@";
  const std::string csv = csv_report(results);
  CHECK(has(csv, "\r\n\"'=1+1, \"\"x\"\" |@\",click.latency.p50,s,"));
  for (const std::string& line : lines_of(csv)) CHECK(line.ends_with('\r'));
}

TEST_CASE("names in Markdown are text") {
  scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  results.scenario.title = "a|b <script> `c` *d* [e](f)";
  results.variants[0].variant.label = "x|y";
  const std::string text = markdown_report(results);
  CHECK(has(text, "# a\\|b &lt;script\\> \\`c\\` \\*d\\* \\[e\\](f)\n"));
  CHECK(has(text, "x\\|y |"));
  CHECK_FALSE(has(text, "<script"));
}

TEST_CASE("saved results make every format again, byte for byte") {
  const std::string varied = twenty_rows("\n[compare]\n\"page.rows\" = [5, 6, 7]\n");
  for (const std::string& scenario :
       {a_waiting_click, twenty_rows(designs_and_protocols), varied}) {
    const scenarios::Results results = answer(scenario);
    const SavedResults saved = read_results(json_report_with_records(results), "saved.json");
    REQUIRE(saved.has_records);
    CHECK(html_report(saved.results) == html_report(results));
    CHECK(terminal_report(saved.results, {}) == terminal_report(results, {}));
    CHECK(markdown_report(saved.results) == markdown_report(results));
    CHECK(csv_report(saved.results) == csv_report(results));
    CHECK(json_report(saved.results) == json_report(results));
    CHECK(json_report_with_records(saved.results) == json_report_with_records(results));
    CHECK(json_lines_report(saved.results) == json_lines_report(results));
    CHECK(har_report(saved.results) == har_report(results));
    CHECK(trace_report(saved.results) == trace_report(results));
    CHECK(step_report(saved.results, {}) == step_report(results, {}));
  }
}

TEST_CASE("results that were saved without records still have their metrics") {
  const scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  const SavedResults saved = read_results(json_report(results), "saved.json");
  CHECK_FALSE(saved.has_records);
  CHECK(csv_report(saved.results) == csv_report(results));
}

TEST_CASE("what cannot be read as results is refused with the reason") {
  const scenarios::Results results = answer(a_waiting_click);
  const Json good = Json::parse(json_report_with_records(results));
  const auto refused = [](const Json& json) {
    try {
      read_results(json.dump(), "x.json");
    } catch (const scenarios::Error& error) {
      return std::string(error.what()).starts_with("x.json: these are no results");
    }
    return false;
  };
  CHECK_FALSE(refused(good));
  CHECK_THROWS_AS(read_results("{", "x.json"), scenarios::Error);
  CHECK(refused(Json::array()));
  for (const auto& [pointer, value] : std::vector<std::pair<std::string, Json>>{
           {"/schema", "sixslots/2"},
           {"/scenario/text", ""},
           {"/variants", Json::array()},
           {"/variants/0/label", "another"},
           {"/variants/0/metrics/click.latency.p50/value", "fast"},
           {"/variants/0/detail/requests/rows/0/6", 99},
           {"/variants/0/detail/requests/rows/0/12", -1},
           {"/variants/0/detail/requests/rows/0/1", 7},
           {"/variants/0/detail/flows/0/latency/finished/sum", "1e9"},
           {"/variants/0/detail/flows/0/latency/finished/buckets/0/0", 0},
           {"/variants/0/detail/flows", Json::array()},
           {"/variants/0/detail/sample", nullptr}}) {
    INFO(pointer);
    Json bad = good;
    REQUIRE(bad.contains(Json::json_pointer(pointer)));
    bad[Json::json_pointer(pointer)] = value;
    CHECK(refused(bad));
  }
}

TEST_CASE("a run is told event by event") {
  std::string told;
  for (const std::string& step : step_report(answer(a_waiting_click), {.width = 100})) {
    told += step;
  }
  INFO(told);
  CHECK(has(told, "First replication, stream-per-row over HTTP/1.1, event by event\n"));
  CHECK(has(told,
            "   2.000 s  click is called and queued; slots: row 1, row 2, row 3, row 4, row 5, "
            "row 6\n"));
  CHECK(has(told, "row 1 opens, and keeps its connection until it ends\n"));
  CHECK(has(told, " click is sent on connection "));
  CHECK(has(told, "  20.000 s  the run ends; nothing waits in the browser\n"));
}

TEST_CASE("the seventh stream and the click are told to wait behind others") {
  std::string told;
  for (const std::string& step : step_report(answer(twenty_rows()), {.width = 120})) told += step;
  CHECK(has(told, "  20.000 s  click is called and queued behind 14 event streams and 1 click; "));
  CHECK(has(told, "  60.000 s  the run ends; never sent: 14 event streams and 3 clicks\n"));
}

}  // namespace sixslots::reports

#include <algorithm>

#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

std::string rows_of_streams(const TemporaryFolder& folder) {
  return folder.file("rows.toml", small_scenario());
}

TEST_CASE("a sweep says what scales with what", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"sweep", rows_of_streams(folder), "--vary", "page.rows=1:12", "-q"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.err.empty());
  CHECK(ran.out.find("Does the number of open connections scale with rows? ") != std::string::npos);
}

TEST_CASE("a sweep over names, or of one number, prints its points and why there is no curve",
          "[cli]") {
  const TemporaryFolder folder;
  for (const std::string vary : {"page.design=polling,websocket", "page.rows=5"}) {
    const Ran ran = sixslots({"sweep", rows_of_streams(folder), "--vary", vary, "-q"});
    CHECK_THAT(ran.out, Catch::Matchers::Contains("No curve"));
    CHECK_THAT(ran.out, Catch::Matchers::Contains("mean latency"));
  }
}

TEST_CASE("series of a sweep are called by what differs between them", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"sweep", rows_of_streams(folder), "--vary", "page.design=polling",
                            "--vary", "page.rows=1:2", "--vary", "browser.tabs=1,2", "-q"});
  CHECK_THAT(ran.out, Catch::Matchers::Contains("\nTabs 2\n"));
  const Ran alone = sixslots({"sweep", rows_of_streams(folder), "--vary", "page.design=polling",
                              "--vary", "page.rows=1:2", "-q"});
  CHECK_THAT(alone.out, Catch::Matchers::Contains("\nPolling\n"));
}

TEST_CASE("a sweep tells the keys of two hops apart", "[cli]") {
  const TemporaryFolder folder;
  const std::string hops =
      "run = { duration = \"2s\", replications = 2 }\n[[hop]]\nkind = \"nginx\"\n"
      "[[hop]]\nkind = \"node\"\n[page]\nrows = 2\n";
  const Ran ran = sixslots({"sweep", folder.file("hops.toml", hops), "--vary", "hop.0.workers=1:2",
                            "--vary", "hop.1.workers=1:2", "-q"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK_THAT(ran.out, Catch::Matchers::Contains("scale with workers?"));
  CHECK_THAT(ran.out, Catch::Matchers::Contains("scale with workers of hop 1?"));
  CHECK_THAT(ran.out, Catch::Matchers::Contains("Workers 1 of hop 1"));
}

TEST_CASE("a sweep of a scenario without a title has the name of its file", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"sweep", folder.file("untitled.toml", "run.duration = \"1s\"\n"),
                            "--vary", "page.rows=1:2", "-q"});
  const std::string first_line = ran.out.substr(0, ran.out.find('\n'));
  CHECK_THAT(first_line, Catch::Matchers::EndsWith("untitled.toml"));
}

TEST_CASE("durations in several units are numbers of one axis", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots(
      {"sweep", rows_of_streams(folder), "--vary", "page.poll_interval=500ms,1min,2s", "-q"});
  CHECK_THAT(ran.out, Catch::Matchers::Contains("poll interval 0.5s "));
  CHECK_THAT(ran.out, Catch::Matchers::Contains("poll interval 2s "));
  CHECK_THAT(ran.out, Catch::Matchers::Contains("poll interval 60s "));
}

TEST_CASE("where connections level off, the sweep says what was measured there", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"sweep", rows_of_streams(folder), "--vary", "page.rows=0:8", "-q"});
  CHECK_THAT(ran.out, Catch::Matchers::Contains("up to about 5.2 rows; from 6 rows on 5.8 in"));
}

TEST_CASE("what rows want and cannot have is streams over HTTP/2 only", "[cli]") {
  const TemporaryFolder folder;
  const auto wanted = [&](const std::string& setting) {
    return sixslots({"sweep", rows_of_streams(folder), "--set", setting, "--vary", "page.rows=7:9",
                     "-q"})
        .out;
  };
  CHECK_THAT(wanted("hop.0.protocol=http/1.1"),
             Catch::Matchers::Contains("one more row wants 1.00 connections"));
  CHECK_THAT(wanted("hop.0.protocol=h2"),
             Catch::Matchers::Contains("one more row wants 1.00 streams"));
}

TEST_CASE("an interrupted sweep goes on where its file ends", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::vector<std::string> sweep{"sweep", file, "--vary", "page.rows=1:5", "-q", "--jsonl"};
  const auto into = [&](const std::string& path) {
    std::vector<std::string> words = sweep;
    words.push_back(path);
    return sixslots(words);
  };
  const Ran whole = into(folder.path("whole.jsonl"));
  const std::string lines = content_of(folder.path("whole.jsonl"));
  CHECK(std::ranges::count(lines, '\n') == 6);
  // Cut off in the middle of a line.
  const std::string part = folder.file("part.jsonl", lines.substr(0, lines.size() / 2));
  CHECK(into(part).out == whole.out);
  CHECK(content_of(part) == lines);
  CHECK(into(part).out == whole.out);
  CHECK(into("-").out == lines);
}

TEST_CASE("a file of another sweep is left alone", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::string lines = folder.path("rows.jsonl");
  sixslots({"sweep", file, "--vary", "page.rows=1:2", "-q", "--jsonl", lines});
  const std::string before = content_of(lines);
  const Ran other = sixslots({"sweep", file, "--vary", "page.rows=1:3", "-q", "--jsonl", lines});
  CHECK(other.status == ExitStatus::bad_input);
  CHECK(other.err.find("holds another sweep") != std::string::npos);
  CHECK(content_of(lines) == before);
}

TEST_CASE("parts of a sweep merge into the bytes of the whole, in any order", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::vector<std::string> vary{"--vary", "page.rows=1:7", "-q", "--jsonl"};
  std::vector<std::string> merge{"merge"};
  for (const std::string part : {"3/3", "1/3", "2/3"}) {
    const std::string path = folder.path(part.substr(0, 1) + ".jsonl");
    std::vector<std::string> words{"sweep", file, "--shard", part};
    words.insert(words.end(), vary.begin(), vary.end());
    words.push_back(path);
    CHECK(sixslots(words).out.empty());
    merge.push_back(path);
  }
  std::vector<std::string> words{"sweep", file, "--threads", "1"};
  words.insert(words.end(), vary.begin(), vary.end());
  words.push_back(folder.path("whole.jsonl"));
  const Ran whole = sixslots(words);
  merge.insert(merge.end(), {"--jsonl", folder.path("all.jsonl")});
  const Ran merged = sixslots(merge);
  CHECK(merged.status == ExitStatus::fine);
  CHECK(merged.out == whole.out);
  CHECK(content_of(folder.path("all.jsonl")) == content_of(folder.path("whole.jsonl")));
  const Ran missing = sixslots({"merge", folder.path("1.jsonl"), folder.path("3.jsonl")});
  CHECK(missing.status == ExitStatus::bad_input);
  CHECK(missing.err.find("2 of 7 points are missing, the first is number 1") != std::string::npos);
}

TEST_CASE("parts of different sweeps do not merge", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  for (const std::string seed : {"1", "2"}) {
    sixslots({"sweep", file, "--vary", "page.rows=1:2", "-q", "--seed", seed, "--shard",
              seed + "/2", "--jsonl", folder.path(seed)});
  }
  const Ran ran = sixslots({"merge", folder.path("1"), folder.path("2")});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.err.find("another sweep") != std::string::npos);
}

TEST_CASE("a sweep wants something that varies, and a part that there is", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  CHECK(sixslots({"sweep", file}).status == ExitStatus::bad_input);
  for (const std::string shard : {"0/2", "3/2", "x", "1/", "1/2/3"}) {
    CHECK(sixslots({"sweep", file, "--vary", "page.rows=1:2", "--jsonl", "-", "--shard", shard})
              .status == ExitStatus::bad_input);
  }
  CHECK(sixslots({"sweep", file, "--vary", "page.rows=1:2", "--shard", "1/2"}).status ==
        ExitStatus::bad_input);
}

TEST_CASE("a sweep has a page, whole or merged", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::vector<std::string> vary{"--vary", "page.rows=1:7", "-q"};
  const auto sweep = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"sweep", file};
    words.insert(words.end(), vary.begin(), vary.end());
    words.insert(words.end(), more.begin(), more.end());
    return sixslots(words);
  };
  const Ran page = sweep({"--html", "-"});
  CHECK(page.status == ExitStatus::fine);
  CHECK(page.out.find("<h1>Does the number of open connections scale with rows?") !=
        std::string::npos);
  CHECK(page.out.find("95 % interval over replications") != std::string::npos);
  CHECK(sweep({"--html", "-", "--jsonl", "-"}).err.find("cannot both go to standard output") !=
        std::string::npos);
  sweep({"--shard", "1/2", "--jsonl", folder.path("1")});
  sweep({"--shard", "2/2", "--jsonl", folder.path("2")});
  CHECK(sixslots({"merge", folder.path("1"), folder.path("2"), "--html", "-"}).out == page.out);
  CHECK(sweep({"--shard", "1/2", "--jsonl", folder.path("1"), "--html", folder.path("x")}).status ==
        ExitStatus::bad_input);
}

TEST_CASE("compare prints differences, and refuses what it does not know", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::vector<std::string> vary{"compare", file, "--vary",
                                      "page.design=polling,single-stream", "-q"};
  const auto with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = vary;
    words.insert(words.end(), more.begin(), more.end());
    return sixslots(words);
  };
  const Ran plain = with({});
  CHECK(plain.status == ExitStatus::fine);
  CHECK(plain.out.find("baseline") != std::string::npos);
  CHECK(with({"--threads", "1"}).out == with({"--threads", "16"}).out);
  CHECK(with({"--json", "-"}).out.find("\"sixslots-compare/1\"") != std::string::npos);
  CHECK(with({"--metric", "click.latency.p59"}).err.find("did you mean 'click.latency.p50'") !=
        std::string::npos);
  CHECK(with({"--baseline", "poling"}).err.find("did you mean 'polling'") != std::string::npos);
  CHECK(with({"--baseline", "single-stream"}).status == ExitStatus::fine);
  CHECK(sixslots({"compare", file}).status == ExitStatus::bad_input);
}

TEST_CASE("a difference from requests that never ended is a bound", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("hangs.toml", small_scenario());
  const Ran ran = sixslots({"compare", file, "--vary", "page.design=polling,stream-per-row", "-q",
                            "--set", "page.rows=8", "--replications", "5"});
  CHECK(ran.out.find("> +") != std::string::npos);
  const Ran json = sixslots({"compare", file, "--vary", "page.design=stream-per-row,polling", "-q",
                             "--set", "page.rows=8", "--replications", "5", "--json", "-"});
  CHECK(json.out.find("\"bound\": \"at_most\"") != std::string::npos);
}

TEST_CASE("a sweep says that a level falls", "[cli]") {
  const TemporaryFolder folder;
  // The server closes idle connections after 5 s, so that rarer polls leave fewer open.
  const std::string file = folder.file("polls.toml", R"(
[run]
replications = 5
[[hop]]
kind = "node"
[page]
rows = 6
design = "poll-per-row"
)");
  const Ran ran = sixslots({"sweep", file, "--vary", "page.poll_interval=7s:19s:2s", "-q"});
  CHECK_THAT(ran.out, Catch::Matchers::Contains("scale with poll interval? No; it falls."));
  CHECK_THAT(ran.out, Catch::Matchers::Contains("falls by 0.21 ["));
  const Ran bent = sixslots({"sweep", file, "--vary", "page.poll_interval=1s:19s:2s", "-q"});
  CHECK_THAT(bent.out,
             Catch::Matchers::Contains("up to 5s; beyond\n  that it falls by 0.16 per 1s"));
}

TEST_CASE("plan prints an answer, its page and its JSON", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = rows_of_streams(folder);
  const std::vector<std::string> words{
      "plan", file, "--max", "page.rows=1:40", "--keep", "click.starved == 0", "-q"};
  const auto with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = words;
    all.insert(all.end(), more.begin(), more.end());
    return sixslots(all);
  };
  const Ran plain = with({});
  CHECK(plain.status == ExitStatus::fine);
  CHECK(plain.out.find("The largest page.rows that keeps click.starved == 0") != std::string::npos);
  CHECK(plain.out.find("5; the next one fails.") != std::string::npos);
  const Ran of_a_request = sixslots({"plan", file, "--max", "request.click.arrivals.rate=1/s:2/s",
                                     "--keep", "click.failed == 0", "-q"});
  CHECK_THAT(of_a_request.out,
             Catch::Matchers::Contains("The largest request.click.arrivals.rate that keeps"));
  CHECK(with({"--threads", "1"}).out == with({"--threads", "16"}).out);
  CHECK(with({"--json", "-"}).out.find("\"number\": 5.0") != std::string::npos);
  const Ran frontier = with({"--frontier", "browser.tabs=1,2,3", "--html", "-"});
  CHECK(frontier.out.find("Largest rows against tabs") != std::string::npos);
  CHECK(with({"--json", "-", "--html", "-"}).status == ExitStatus::bad_input);
  CHECK(with({"--min", "page.rows"}).status == ExitStatus::bad_input);
  CHECK(sixslots({"plan", file, "-q"}).status == ExitStatus::bad_input);
  CHECK(sixslots({"plan", file, "--max", "page.rows=7:40", "--keep", "click.starved == 0", "-q"})
            .status == ExitStatus::not_met);
}

}  // namespace
}  // namespace sixslots::cli

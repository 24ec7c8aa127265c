#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

/// Five runs of a small page; the condition is about a click of 200 ms or so.
std::string page(const std::string& condition) {
  return R"([run]
duration = "5s"
replications = 6
[page]
rows = 2
design = "polling"
[[request]]
name = "click"
service = { distribution = "exponential", mean = "50ms" }
arrivals = { process = "poisson", rate = "5/s" }
[expect]
)" + condition +
         "\n";
}

const std::string holds = R"("click.latency.p95" = "< 10s")";
const std::string fails = R"("click.latency.mean" = "< 1ms")";

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("check opens or closes the gate", "[cli]") {
  const TemporaryFolder folder;
  const std::string good = folder.file("good.toml", page(holds));
  const std::string bad = folder.file("bad.toml", page(fails));
  CHECK(sixslots({"check", good, "-q"}).status == ExitStatus::fine);
  const Ran both = sixslots({"check", good, bad, "-q"});
  CHECK(both.status == ExitStatus::not_met);
  CHECK(both.err.empty());
  CHECK(has(both.out, "FAIL click.latency.mean < 1ms"));
  CHECK(has(both.out, "FAIL 1 of 2 scenarios fails\n"));
}

TEST_CASE("check leaves what is undecided to --strict", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("open.toml", page(holds));
  const Ran open = sixslots({"check", file, "--replications", "2"});
  CHECK(open.status == ExitStatus::fine);
  CHECK(has(open.out, "OPEN click.latency.p95 < 10s"));
  CHECK(has(open.out, "what is undecided fails with --strict only"));
  CHECK(sixslots({"check", file, "--replications", "2", "--strict"}).status == ExitStatus::not_met);
}

TEST_CASE("run judges as check does", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("open.toml", page("\"click.latency.p95\" = \"> 10s\""));
  const std::string saved = folder.path("saved.json");
  const Ran open = sixslots({"run", file, "--replications", "2", "--json", saved, "--records"});
  CHECK(open.status == ExitStatus::fine);
  CHECK(has(open.out, "OPEN click.latency.p95 > 10s"));
  CHECK(has(open.out, "an interval needs 5"));
  CHECK(has(content_of(saved), "\"judgement\":\"undecided\",\"holds\":null"));
  CHECK(sixslots({"report", saved}).out == open.out);
  const Ran failed = sixslots({"run", file, "--json", "-"});
  CHECK(failed.status == ExitStatus::not_met);
  CHECK(has(failed.out, "\"judgement\": \"fail\",\n          \"holds\": false"));
}

TEST_CASE("a baseline is written, found again, and tells what moved", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("page.toml", page(holds));
  const std::string baselines = folder.path("kept/here");
  const Ran none = sixslots({"check", file, "--baseline", baselines});
  CHECK(none.status == ExitStatus::bad_input);
  CHECK(none.out.empty());
  CHECK(none.err == baselines +
                        "/page.toml: there is no such baseline; the same command with "
                        "--update-baseline makes it\n");

  const Ran written = sixslots({"check", file, "--baseline", baselines, "--update-baseline", "-q"});
  CHECK(written.status == ExitStatus::fine);
  CHECK(content_of(baselines + "/page.toml").starts_with("# What sixslots measured"));

  const Ran same = sixslots({"check", file, "--baseline", baselines, "-q"});
  CHECK(same.status == ExitStatus::fine);
  CHECK(has(same.out, "every metric of every replication is what it was"));
  CHECK(sixslots({"check", file, "--baseline", baselines, "--quick"}).status == ExitStatus::fine);

  const std::vector<std::string> slower = {
      "check", file, "--baseline", baselines, "--set", "network.rtt=200ms", "--threads=1"};
  const Ran moved = sixslots(slower);
  CHECK(moved.status == ExitStatus::not_met);
  CHECK(has(moved.out, "FAIL drift of click.latency.mean"));
  CHECK(has(moved.out, "The scenario changed, the model did not"));
  std::vector<std::string> tolerant = slower;
  tolerant.insert(tolerant.end(), {"--tolerance", "1000%"});
  CHECK(sixslots(tolerant).status == ExitStatus::fine);
}

TEST_CASE("check writes what CI systems read", "[cli]") {
  const TemporaryFolder folder;
  const std::string bad = folder.file("bad.toml", page(fails));
  const Ran ran =
      sixslots({"check", bad, "--junit", folder.path("check.xml"), "--markdown",
                folder.path("check.md"), "--json", folder.path("check.json"), "--github", "-q"});
  CHECK(ran.status == ExitStatus::not_met);
  CHECK(has(ran.out, "::error file=" + bad + ",line=12,col="));
  CHECK(content_of(folder.path("check.xml")).starts_with("<?xml"));
  CHECK(content_of(folder.path("check.md")).starts_with("## ❌"));
  const Ran json = sixslots({"check", bad, "--json", "-", "--github", "-q"});
  CHECK(json.out == content_of(folder.path("check.json")));
  CHECK(has(json.err, "::error"));
}

TEST_CASE("check refuses options that do not go together", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("page.toml", page(holds));
  const auto refused = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"check", file});
    const Ran ran = sixslots(options);
    CHECK(ran.status == ExitStatus::bad_input);
    return ran.err;
  };
  CHECK(has(refused({"--update-baseline"}), "name it with --baseline"));
  CHECK(has(refused({"--tolerance", "5"}), "name it with --baseline"));
  CHECK(has(refused({"--baseline", folder.path("b"), "--update-baseline", "--quick"}),
            "a baseline needs all replications"));
  CHECK(has(refused({"--baseline", folder.path("b"), "--tolerance", "-1%"}),
            "--tolerance needs a percentage"));
  CHECK(has(refused({"--json", "-", "--junit", "-"}), "cannot both go to standard output"));
  CHECK(has(refused({file, "--baseline", folder.path("b")}), "two scenarios want the same"));
  CHECK(has(refused({file, "--baseline", folder.path("b.toml")}), "need a folder"));
  const std::string broken = folder.file("broken.toml", "schema = 7\n");
  CHECK(has(refused({"--baseline", broken}), broken + ":1:"));
}

}  // namespace
}  // namespace sixslots::cli

#include <algorithm>

#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

TEST_CASE("run prints a report of the scenario", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"run", folder.file("two.toml", small_scenario()), "-q"});
  CHECK(ran.err.empty());
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.out.find("Two rows") != std::string::npos);
}

TEST_CASE("a scenario may come through a pipe", "[cli]") {
  const Ran ran = sixslots({"run", "-"}, small_scenario());
  CHECK(ran.status == ExitStatus::fine);
  const Ran wrong = sixslots({"run", "-"}, "titel = 'x'\n");
  CHECK(wrong.status == ExitStatus::bad_input);
  CHECK(wrong.err.starts_with("standard input:1:1: "));
}

TEST_CASE("the same input prints the same bytes", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  CHECK(sixslots({"run", file}).out == sixslots({"run", file}).out);
  CHECK(sixslots({"run", file, "--json", "-"}).out == sixslots({"run", file, "--json", "-"}).out);
}

TEST_CASE("the option --json - prints nothing but JSON", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"run", folder.file("two.toml", small_scenario()), "--json", "-", "-q"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.err.empty());
  CHECK(ran.out.starts_with("{\n"));
  CHECK(ran.out.ends_with("}\n"));
  CHECK(ran.out.find("\"schema\"") != std::string::npos);
}

TEST_CASE("the option --json writes a whole file beside the report", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran ran = sixslots({"run", file, "--json", folder.path("out.json")});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.out == sixslots({"run", file}).out);
  CHECK(content_of(folder.path("out.json")) == sixslots({"run", file, "--json", "-"}).out);
  CHECK(folder.names() == std::vector<std::string>{"out.json", "two.toml"});
}

TEST_CASE("results of two files do not fit into one", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran ran = sixslots({"run", file, file, "--json", "-"});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.out.empty());
  CHECK(ran.err ==
        "sixslots: --json takes the results of one scenario; run the others by themselves (see "
        "sixslots help run)\n");
}

TEST_CASE("a path that cannot be written is known before the simulation", "[cli]") {
  const TemporaryFolder folder;
  // Would take minutes.
  const std::string file = folder.file("long.toml", small_scenario());
  const Ran ran = sixslots({"run", file, "--set", "run.duration=24h", "--replications", "100000",
                            "--json", folder.path("none/out.json")});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.out.empty());
  CHECK(ran.err == "sixslots: " + folder.path("none/out.json") +
                       " cannot be written: No such file or directory (see sixslots help run)\n");
}

TEST_CASE("several files are reported one after another", "[cli]") {
  const TemporaryFolder folder;
  const std::string one = folder.file("one.toml", small_scenario());
  const std::string two = folder.file("two.toml", small_scenario());
  const Ran both = sixslots({"run", one, two});
  CHECK(both.status == ExitStatus::fine);
  CHECK(both.out == sixslots({"run", one}).out + "\n" + sixslots({"run", two}).out);
}

TEST_CASE("an expectation that fails is the exit status, wherever it stands", "[cli]") {
  const TemporaryFolder folder;
  const std::string good =
      folder.file("good.toml", small_scenario("[expect]\n\"click.starved\" = \"== 0\"\n"));
  const std::string bad =
      folder.file("bad.toml", small_scenario("[expect]\n\"click.latency.max\" = \"< 1ms\"\n"));
  CHECK(sixslots({"run", good}).status == ExitStatus::fine);
  CHECK(sixslots({"run", bad}).status == ExitStatus::not_met);
  CHECK(sixslots({"run", bad, good}).status == ExitStatus::not_met);
  CHECK(sixslots({"run", bad, "--json", "-"}).status == ExitStatus::not_met);
}

TEST_CASE("options change the scenario as the file would", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const std::string plain = sixslots({"run", file}).out;
  CHECK(sixslots({"run", file, "--set", "page.rows=3"}).out != plain);
  CHECK(sixslots({"run", file, "--set=page.rows=3"}).out ==
        sixslots({"run", file, "--set", "page.rows=3"}).out);
  CHECK(sixslots({"run", file, "--seed", "7"}).out ==
        sixslots({"run", file, "--set", "run.seed=7"}).out);
  CHECK(sixslots({"run", file, "--replications", "2"}).out ==
        sixslots({"run", file, "--set", "run.replications=2"}).out);
  const std::string varied =
      sixslots({"run", file, "--vary", "page.design=single-stream,polling"}).out;
  CHECK(varied.find("single-stream") != std::string::npos);
  CHECK(varied.find("polling") != std::string::npos);
}

TEST_CASE("faults of a scenario or an option name the place, one a line", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran missing = sixslots({"run", folder.path("none.toml")});
  CHECK(missing.status == ExitStatus::bad_input);
  CHECK(missing.err.starts_with(folder.path("none.toml") + ": "));

  const Ran key = sixslots({"run", file, "--set", "page.rwos=3"});
  CHECK(key.status == ExitStatus::bad_input);
  CHECK(key.err.starts_with("--set: "));
  CHECK(key.err.find("did you mean 'page.rows'?") != std::string::npos);

  const Ran variation = sixslots({"run", file, "--vary", "page.rows"});
  CHECK(variation.status == ExitStatus::bad_input);
  CHECK(variation.err.starts_with("--vary: "));

  const std::string wrong = folder.file("wrong.toml", "[page]\nrwos = 1\n[run]\nsead = 2\n");
  const Ran twice = sixslots({"run", wrong});
  CHECK(std::ranges::count(twice.err, '\n') == 2);
  CHECK(twice.err.starts_with(wrong + ":2:1: "));
  CHECK(twice.err.find(wrong + ":4:1: ") != std::string::npos);
}

TEST_CASE("a report has colours and line drawing only for those who see them", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const auto has_color = [](const Ran& ran) { return ran.out.find('\x1b') != std::string::npos; };
  const auto is_ascii = [](const Ran& ran) {
    return std::ranges::all_of(ran.out, [](char c) { return static_cast<unsigned char>(c) < 128; });
  };
  CHECK_FALSE(has_color(sixslots({"run", file})));
  CHECK(has_color(sixslots({"run", file, "--color", "always"})));
  CHECK(is_ascii(sixslots({"run", file, "--ascii"})));
  CHECK(is_ascii(sixslots({"run", file}, Surroundings{.locale = "C"})));
}

TEST_CASE("no output replaces what is read, or another one", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran self = sixslots({"run", file, "--csv", file});
  CHECK(self.status == ExitStatus::bad_input);
  CHECK(self.err.find("--csv would replace " + file) != std::string::npos);
  CHECK(content_of(file) == small_scenario());
  const Ran both =
      sixslots({"run", file, "--json", folder.path("x"), "--html", folder.path("./x")});
  CHECK(both.status == ExitStatus::bad_input);
  CHECK(both.err.find("cannot both go to") != std::string::npos);
  CHECK(folder.names() == std::vector<std::string>{"two.toml"});
}

}  // namespace
}  // namespace sixslots::cli

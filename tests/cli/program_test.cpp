#include "tests/cli/program.hpp"

#include "cli/command.hpp"
#include "tests/catch.hpp"

namespace sixslots::cli {
namespace {

TEST_CASE("every command has a help with examples", "[cli]") {
  for (const Command* command : commands()) {
    const std::string name(command->name);
    INFO(name);
    const Ran asked = sixslots({name, "--help"});
    CHECK(asked.status == ExitStatus::fine);
    CHECK(asked.err.empty());
    CHECK(asked.out.find("Usage: sixslots " + name) != std::string::npos);
    CHECK(asked.out.find("Examples:\n  ") != std::string::npos);
    CHECK(asked.out.find("-h, --help") != std::string::npos);
    CHECK(sixslots({"help", name}).out == asked.out);
    CHECK(sixslots({name, "-h"}).out == asked.out);
    CHECK(sixslots({"help"}).out.find("  " + name + "  ") != std::string::npos);
  }
}

TEST_CASE("help goes before complaints about what is missing or wrong", "[cli]") {
  CHECK(sixslots({"run", "--help"}).status == ExitStatus::fine);
  CHECK(sixslots({"run", "--sead", "3", "--help"}).status == ExitStatus::fine);
}

TEST_CASE("the help fits into 80 columns", "[cli]") {
  for (const Command* command : commands()) {
    std::istringstream lines(sixslots({"help", std::string(command->name)}).out);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  }
}

TEST_CASE("no command at all prints the help as a complaint", "[cli]") {
  const Ran ran = sixslots({});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.out.empty());
  CHECK(ran.err == sixslots({"--help"}).out);
}

struct Mistake {
  std::vector<std::string> words;
  std::string message;
};

TEST_CASE("a wrong command line costs one line, which knows better", "[cli]") {
  const std::vector<Mistake> mistakes = {
      {{"rnu", "x.toml"}, "unknown command 'rnu'; did you mean 'run'? (see sixslots help)"},
      {{"frobnicate"},
       "unknown command 'frobnicate'; there are run, compare, check, sweep, plan, merge, report, "
       "validate, verify, list, explain, init, schema, version and help (see sixslots help)"},
      {{"help", "lsit"}, "unknown command 'lsit'; did you mean 'list'? (see sixslots help help)"},
      {{"x.toml"},
       "'x.toml' is no command; to simulate it: sixslots run x.toml (see sixslots help)"},
      {{"--seed", "3", "run", "x.toml"},
       "options come after the command: sixslots run --seed ... (see sixslots help)"},
      {{"run", "--sead", "3", "x.toml"},
       "unknown option '--sead'; did you mean '--seed'? (see sixslots help run)"},
      {{"run", "--se", "3", "x.toml"},
       "unknown option '--se'; did you mean '--set'? (see sixslots help run)"},
      {{"run", "x.toml", "-x"}, "unknown option '-x' (see sixslots help run)"},
      {{"run"}, "an argument is missing: sixslots run [options] FILE... (see sixslots help run)"},
      {{"run", "x.toml", "--seed"},
       "the required argument for option '--seed' is missing (see sixslots help run)"},
      {{"run", "x.toml", "--seed", "-3"},
       "--seed takes a whole number from 0 to 9223372036854775807, not '-3' (see sixslots help "
       "run)"},
      {{"run", "x.toml", "--replications", "0"},
       "--replications takes a whole number from 1 to 100000, not '0' (see sixslots help run)"},
      {{"run", "x.toml", "--width", "wide"},
       "--width takes a whole number from 40 to 1000, not 'wide' (see sixslots help run)"},
      {{"run", "x.toml", "--color", "maybe"},
       "--color takes auto, always or never, not 'maybe' (see sixslots help run)"},
      {{"run", "x.toml", "--seed", "1", "--seed", "2"},
       "--seed is given more than once (see sixslots help run)"},
      {{"list", "browser"},
       "there is no list of 'browser'; did you mean 'browsers'? (see sixslots help list)"},
      {{"list", "designs", "browsers"}, "unexpected argument 'browsers' (see sixslots help list)"},
      {{"version", "--verbose"}, "unknown option '--verbose' (see sixslots help version)"},
  };
  for (const Mistake& mistake : mistakes) {
    const Ran ran = sixslots(mistake.words);
    CHECK(ran.err == "sixslots: " + mistake.message + "\n");
    CHECK(ran.status == ExitStatus::bad_input);
    CHECK(ran.out.empty());
  }
}

TEST_CASE("an output that takes nothing more is not passed over", "[cli]") {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  const std::vector<std::string> words = {"version"};
  CHECK(run_program(words, {in, out, err}) == ExitStatus::bad_input);
  CHECK(err.str() == "sixslots: standard output cannot be written\n");
}

TEST_CASE("an unknown name is told what there is", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  CHECK(sixslots({"frob"}).err.find("; there are run, compare") != std::string::npos);
  CHECK(sixslots({"list", "frob"}).err.find("; there are designs, browsers") != std::string::npos);
  const std::string variation = "page.design=single-stream,polling";
  CHECK(sixslots({"compare", file, "--vary", variation, "--metric", "nope"})
            .err.find("sixslots list metrics shows all") != std::string::npos);
  CHECK(sixslots({"compare", file, "--vary", variation, "--baseline", "nope"})
            .err.find("; there are single-stream and polling") != std::string::npos);
}

TEST_CASE("explain knows the metrics of any hop, and the nearest of a flow", "[cli]") {
  CHECK(sixslots({"explain", "hop.0.cut"}).out.starts_with("hop.N.cut\n"));
  CHECK(sixslots({"explain", "click.latency.p96"}).err.find("did you mean 'click.latency.p95'?") !=
        std::string::npos);
}

}  // namespace
}  // namespace sixslots::cli

#include "cli/formats.hpp"
#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

TEST_CASE("report prints what run printed", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const std::string saved = folder.path("saved.json");
  const std::string printed = sixslots({"run", file, "--json", saved, "--records"}).out;
  const Ran again = sixslots({"report", saved});
  CHECK(again.status == ExitStatus::fine);
  CHECK(again.out == printed);
  CHECK(sixslots({"report", "-"}, content_of(saved)).out == printed);
  for (const Format& format : formats()) {
    const std::string option = "--" + std::string(format.option.name);
    INFO(option);
    const Ran ran = sixslots({"report", saved, option, "-"});
    CHECK(ran.status == ExitStatus::fine);
    CHECK(ran.out == sixslots({"run", file, option, "-", "-q"}).out);
  }
}

TEST_CASE("options of the run are part of what it saves", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const std::string saved = folder.path("saved.json");
  const std::string printed =
      sixslots({"run", file, "--set", "page.rows=3", "--vary", "page.design=polling,websocket",
                "--vary", "page.rows=1:3", "--seed", "7", "--replications", "2", "--json", saved,
                "--records"})
          .out;
  CHECK(sixslots({"report", saved}).out == printed);
}

TEST_CASE("what has no records says how to get them", "[cli]") {
  const TemporaryFolder folder;
  const std::string saved = folder.path("saved.json");
  sixslots({"run", folder.file("two.toml", small_scenario()), "--json", saved});
  const Ran html = sixslots({"report", saved, "--html", folder.path("x.html")});
  CHECK(html.status == ExitStatus::bad_input);
  CHECK(html.err == saved +
                        ": was written without --records, which html needs; --csv - can be made of "
                        "it\n");
  CHECK(folder.names() == std::vector<std::string>{"saved.json", "two.toml"});
  CHECK(sixslots({"report", saved}).status == ExitStatus::bad_input);
  CHECK(sixslots({"report", saved, "--csv", "-"}).status == ExitStatus::fine);
}

TEST_CASE("what is no result is refused", "[cli]") {
  const TemporaryFolder folder;
  const Ran none = sixslots({"report", folder.path("none.json")});
  CHECK(none.status == ExitStatus::bad_input);
  CHECK(none.err == folder.path("none.json") + ": cannot be read: No such file or directory\n");
  const Ran empty = sixslots({"report", folder.file("empty.json", "")});
  CHECK(empty.err == folder.path("empty.json") + ": cannot be read: empty\n");
  const Ran other = sixslots({"report", "-"}, "{}");
  CHECK(other.status == ExitStatus::bad_input);
  CHECK(other.err.starts_with("standard input: these are no results"));
}

TEST_CASE("a path that no format can write is known before the simulation", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("long.toml", small_scenario());
  for (const Format& format : formats()) {
    const std::string option = "--" + std::string(format.option.name);
    INFO(option);
    // Would take minutes.
    const Ran ran = sixslots({"run", file, "--set", "run.duration=24h", "--replications", "100000",
                              option, folder.path("none/out")});
    CHECK(ran.status == ExitStatus::bad_input);
    CHECK(ran.err == "sixslots: " + folder.path("none/out") +
                         " cannot be written: No such file or directory (see sixslots help run)\n");
  }
}

TEST_CASE("several formats may be written at once", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran ran = sixslots({"run", file, "--html", folder.path("a.html"), "--har",
                            folder.path("b.har"), "--csv", "-", "-q"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.out.starts_with("variant,"));
  CHECK(folder.names() == std::vector<std::string>{"a.html", "b.har", "two.toml"});
}

TEST_CASE("records are for the file of JSON", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"run", folder.file("two.toml", small_scenario()), "--records"});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.err.starts_with("sixslots: --records is about the file of --json"));
}

TEST_CASE("steps are printed at once in a pipe, and one by one in a terminal", "[cli]") {
  const TemporaryFolder folder;
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran all = sixslots({"run", file, "--step", "-q"});
  CHECK(all.status == ExitStatus::fine);
  CHECK(all.out.starts_with("First replication, "));
  CHECK(all.out.find("the run ends") != std::string::npos);

  Surroundings terminal;
  terminal.in_is_terminal = true;
  terminal.out_is_terminal = true;
  terminal.columns = 80;
  terminal.locale = "C.UTF-8";
  const Ran some = sixslots({"run", file, "--step", "-q"}, terminal, "\n\nq\n");
  CHECK(all.out.starts_with(some.out));
  CHECK(some.out.find("the run ends") == std::string::npos);
  CHECK(some.out.find("s  ") != std::string::npos);
}

TEST_CASE("a device that may have no end is not read", "[cli]") {
  const TemporaryFolder folder;
  const std::string refusal =
      "/dev/zero: cannot be read: it is a device; a file or a pipe is needed\n";
  const std::string file = folder.file("two.toml", small_scenario());
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"report", "/dev/zero"},
                                                    {"validate", "/dev/zero"},
                                                    {"merge", "/dev/zero"},
                                                    {"check", file, "--baseline", "/dev/zero"}}) {
    const Ran ran = sixslots(arguments);
    CHECK(ran.status == ExitStatus::bad_input);
    CHECK(ran.err == refusal);
  }
}

TEST_CASE("a folder is no file to read", "[cli]") {
  const TemporaryFolder folder;
  const Ran ran = sixslots({"report", folder.path("")});
  CHECK(ran.status == ExitStatus::bad_input);
  CHECK(ran.err.find("cannot be read: Is a directory") != std::string::npos);
  std::filesystem::create_directories(folder.path("baselines/two.toml"));
  const std::string file = folder.file("two.toml", small_scenario());
  const Ran check = sixslots({"check", file, "--baseline", folder.path("baselines")});
  CHECK(check.status == ExitStatus::bad_input);
  CHECK(check.err.find("cannot be read: Is a directory") != std::string::npos);
}

}  // namespace
}  // namespace sixslots::cli

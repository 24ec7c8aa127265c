#include "cli/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "cli/arguments.hpp"
#include "cli/stream_file.hpp"
#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a file appears whole, and a file that was there stays until then", "[cli]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("out", "old");
  {
    OutputFile file(path);
    CHECK(content_of(path) == "old");
    file.write("new");
  }
  CHECK(content_of(path) == "new");
  CHECK(folder.names() == std::vector<std::string>{"out"});
}

TEST_CASE("a file that was never written leaves nothing", "[cli]") {
  const TemporaryFolder folder;
  { const OutputFile file(folder.path("out")); }
  CHECK(folder.names().empty());
}

TEST_CASE("a symbolic link stays one", "[cli]") {
  const TemporaryFolder folder;
  const std::string target = folder.file("target", "old");
  fs::create_symlink(target, folder.path("link"));
  OutputFile(folder.path("link")).write("new");
  CHECK(fs::is_symlink(folder.path("link")));
  CHECK(content_of(target) == "new");
}

TEST_CASE("a file keeps its permissions", "[cli]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("out", "old");
  const fs::perms before = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(path, before);
  OutputFile(path).write("new");
  CHECK(fs::status(path).permissions() == before);
}

TEST_CASE("a device is written in place", "[cli]") {
  OutputFile("/dev/null").write("gone");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK_THROWS_WITH(OutputFile("/dev/full").write("x"),
                    "/dev/full cannot be written: No space left on device");
}

TEST_CASE("what is open already is written where it stands, and not replaced", "[cli]") {
  const TemporaryFolder folder;
  const std::string path = folder.file("out", "");
  const int descriptor = open(path.c_str(), O_WRONLY);
  REQUIRE(write(descriptor, "before ", 7) == 7);
  OutputFile("/dev/fd/" + std::to_string(descriptor)).write("inside ");
  REQUIRE(write(descriptor, "after", 5) == 5);
  close(descriptor);
  CHECK(content_of(path) == "before inside after");
  CHECK_THROWS_AS(OutputFile("/dev/fd/12345"), UsageError);
}

TEST_CASE("a device takes lines, and is not read", "[cli]") {
  StreamFile full("/dev/full");
  CHECK(full.lines().empty());
  CHECK_THROWS_WITH(full.append("line"), "/dev/full cannot be written: No space left on device");
  StreamFile("/dev/null").append("gone");
  CHECK(StreamFile("/dev/zero").lines().empty());
}

TEST_CASE("a starting scenario goes to a device without asking", "[cli]") {
  const Ran ran = sixslots({"init", "/dev/null"});
  CHECK(ran.status == ExitStatus::fine);
  CHECK(ran.err.empty());
  CHECK_THAT(sixslots({"init", "/dev/full"}).err,
             Catch::Matchers::Contains("/dev/full cannot be written: No space left on device"));
}

TEST_CASE("what cannot be written is refused when it is opened", "[cli]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(OutputFile(folder.path("")),
                    folder.path("") + " cannot be written: Is a directory");
  CHECK_THROWS_AS(OutputFile(folder.path("none/out")), UsageError);
}

}  // namespace
}  // namespace sixslots::cli

#include <sstream>

#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

/// A command in a document, and what the document says that it prints.
struct Shown {
  std::vector<std::string> words;
  std::vector<std::string> parts;  ///< of the output; between them something is left out
};

constexpr std::string_view prompt = "$ sixslots ";
constexpr std::string_view left_out = "[...]";

std::vector<std::string> split(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> found;
  for (std::string word; words >> word;) found.push_back(word);
  return found;
}

/// The commands in the ```console blocks of a document.
std::vector<Shown> commands_in(const std::string& document) {
  std::istringstream lines(content_of(document));
  std::vector<Shown> found;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = line == "```console";
    } else if (inside && line.starts_with(prompt)) {
      found.push_back({split(line.substr(prompt.size())), {""}});
    } else if (inside && line == left_out) {
      found.back().parts.push_back("");
    } else if (inside) {
      found.back().parts.back() += line + "\n";
    }
  }
  return found;
}

void check(const Shown& shown) {
  const Ran ran = sixslots(shown.words);
  if (shown.parts.size() == 1) {
    CHECK(ran.out == shown.parts.front());
    return;
  }
  std::size_t from = 0;
  for (const std::string& part : shown.parts) {
    const std::size_t at = ran.out.find(part, from);
    INFO("printed:\n" << ran.out << "\nand in it:\n" << part);
    REQUIRE(at != std::string::npos);
    from = at + part.size();
  }
  CHECK(ran.out.starts_with(shown.parts.front()));
}

/// The ```toml blocks of a document.
std::vector<std::string> scenarios_in(const std::string& document) {
  std::istringstream lines(content_of(document));
  std::vector<std::string> found;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "```toml") found.emplace_back();
    if (inside && !line.starts_with("```")) found.back() += line + "\n";
    if (line.starts_with("```")) inside = line == "```toml";
  }
  return found;
}

TEST_CASE("the scenarios in the documents run and hold what they expect", "[golden]") {
  for (const std::string document : {"README.md", "docs/tutorial.md"}) {
    const std::vector<std::string> all = scenarios_in(document);
    CHECK_FALSE(all.empty());
    for (const std::string& scenario : all) {
      const Ran ran = sixslots({"run", "-", "--quiet"}, scenario);
      INFO(document << "\n" << ran.out << ran.err);
      CHECK(ran.status == ExitStatus::fine);
    }
  }
}

TEST_CASE("what the documents show is what the program prints", "[golden]") {
  for (const std::string document : {"README.md", "docs/tutorial.md"}) {
    const std::vector<Shown> all = commands_in(document);
    CHECK_FALSE(all.empty());
    for (const Shown& shown : all) {
      INFO(document);
      check(shown);
    }
  }
}

}  // namespace
}  // namespace sixslots::cli

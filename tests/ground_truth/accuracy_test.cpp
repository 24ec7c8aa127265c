#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "reports/accuracy_page.hpp"
#include "scenarios/measured_case.hpp"
#include "scenarios/validation.hpp"
#include "tests/catch.hpp"

using namespace sixslots;
using scenarios::JudgedCase;
using scenarios::MeasuredCase;
using scenarios::Rule;

namespace {

const std::string folder = "tests/data/ground-truth/";

const std::vector<MeasuredCase>& measured_cases() {
  static const std::vector<MeasuredCase> cases = scenarios::read_cases_file(folder + "cases.json");
  return cases;
}

std::vector<JudgedCase> replay_all() {
  std::vector<JudgedCase> judged;
  for (const MeasuredCase& one : measured_cases()) judged.push_back(scenarios::replay(one));
  return judged;
}

const std::vector<JudgedCase>& judged_cases() {
  static const std::vector<JudgedCase> judged = replay_all();
  return judged;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("measured cases hold, but for those that are known not to") {
  std::set<std::string> known;
  for (const auto& difference : scenarios::read_known_differences(folder + "known.json")) {
    for (const std::string& key : difference.cases) CHECK(known.insert(key).second);
  }
  for (const JudgedCase& one : judged_cases()) {
    INFO(one.key << ": " << (one.passed() ? "holds" : one.faults.front().text));
    CHECK(one.passed() == !known.contains(one.key));
    known.erase(one.key);
  }
  CHECK(known.empty());
}

TEST_CASE("every verdict is right where a cold session's order is not in play") {
  for (const JudgedCase& one : judged_cases()) {
    INFO(one.key);
    if (one.key.find("-cold-") == std::string::npos) CHECK_FALSE(one.broke(Rule::verdict));
  }
}

TEST_CASE("the page about the accuracy is up to date", "[long]") {
  const std::string command = "sixslots validate " + folder + "cases.json --known " + folder +
                              "known.json --markdown docs/accuracy.md";
  const std::string page = reports::accuracy_page(
      judged_cases(), scenarios::read_known_differences(folder + "known.json"),
      scenarios::speeds_of_failing(measured_cases(), judged_cases()), command);
  if (std::getenv("SIXSLOTS_UPDATE") != nullptr) std::ofstream("docs/accuracy.md") << page;
  CHECK(contents("docs/accuracy.md") == page);
}

TEST_CASE("a case that holds would at the speed that the machine had, a wrong verdict at none") {
  for (std::size_t i = 0; i < measured_cases().size(); ++i) {
    const JudgedCase& judged = judged_cases()[i];
    const bool quick = judged.requests.size() < 25 && judged.group != "ws";
    if (!quick || (judged.passed() && i % 20 != 0)) continue;
    INFO(judged.key);
    const auto holds = scenarios::slowness_that_holds(measured_cases()[i]);
    if (judged.passed()) {
      REQUIRE(holds);
      CHECK(holds->least < 1.01);
      CHECK(holds->most > 0.99);
    } else if (judged.broke(Rule::verdict)) {
      CHECK_FALSE(holds);
    } else if (holds) {
      CHECK((holds->least > 1.0 || holds->most < 1.0));
      CHECK(holds->most <= scenarios::slowness_tried.most);
    }
  }
}

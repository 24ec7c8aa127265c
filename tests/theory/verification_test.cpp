#include "scenarios/theory/verification.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/theory/truth.hpp"

namespace sixslots::scenarios::theory {
namespace {

const std::vector<TheoryCase>& all_cases() {
  static const std::vector<TheoryCase> all = theory_cases("", true);
  return all;
}

/// The measure of a case that is a row of the table.
const Measure* measure_of(const Truth& row) {
  for (const TheoryCase& one : all_cases()) {
    if (one.group != row.group || one.parameters != row.parameters) continue;
    const auto found = std::ranges::find(one.measures, row.measure, &Measure::name);
    if (found != one.measures.end()) return &*found;
  }
  return nullptr;
}

TEST_CASE("the truth of each case is that of the table") {
  int rows = 0;
  for (const Truth& row : queueing_truth()) {
    const Measure* measure = measure_of(row);
    if (measure == nullptr) continue;
    INFO(row.id << ' ' << row.group << ' ' << row.parameters << ' ' << row.measure);
    // A law of the tool is in whole nanoseconds; the parameters of one row are not.
    const bool rounded = row.parameters.find("0.0055555556") != std::string::npos;
    CHECK(std::abs(measure->truth - row.value) <= (rounded ? 1e-6 : 1e-9) * std::abs(row.value));
    ++rows;
  }
  CHECK(rows == 234);
}

TEST_CASE("every row of the table is a case, or belongs to what no scenario can express") {
  std::set<std::string_view> excused;
  for (const Inexpressible& one : inexpressible()) excused.insert(one.group);
  std::set<std::string> missing;
  for (const Truth& row : queueing_truth()) {
    if (measure_of(row) != nullptr) continue;
    INFO(row.id << ' ' << row.group << ' ' << row.parameters << ' ' << row.measure);
    CHECK(excused.contains(row.group));
    if (!theory_cases(row.group, true).empty()) missing.insert(row.id);
  }
  // Of groups that have cases: what the table of inexpressible() says of them.
  CHECK(missing == std::set<std::string>{"Q016",          // P(wait > 0.2 s) = 6e-7
                                         "Q075", "Q076",  // overflow
                                         "Q100",          // infinite variance
                                         "Q129",          // an approximation
                                         "Q146", "Q147", "Q148",
                                         "Q149", "Q150",          // random round trips
                                         "Q153", "Q154", "Q155",  // random sizes
                                         "Q175", "Q176",          // preemption
                                         "Q188", "Q189", "Q191",  // bounds
                                         "Q258", "Q259", "Q260",  // rates that change
                                         "Q295", "Q296"});        // random handshakes
}

TEST_CASE("a case is a scenario as any other") {
  for (const TheoryCase& one : all_cases()) {
    const Scenario scenario = read_scenario(one.text(), one.group);
    CHECK_FALSE(scenario.world.requests.empty());
    CHECK(std::ranges::all_of(one.measures, [](const Measure& measure) {
      return std::isfinite(measure.truth) && std::isfinite(measure.target);
    }));
  }
}

TEST_CASE("simulated queues agree with theory") {
#ifdef NDEBUG
  const Verification all = verify(theory_cases("", false));
  REQUIRE(all.root_mean_square);
  CHECK(*all.root_mean_square >= least_root_mean_square);
  CHECK(*all.root_mean_square <= most_root_mean_square);
#else
  const Verification all = verify(theory_cases("engset", false));
#endif
  for (const VerifiedCase& one : all.cases) {
    for (const Measured& measured : one.measures) {
      INFO(one.group << ' ' << one.parameters << ' ' << measured.measure.name << ": "
                     << measured.value << " for " << measured.truth);
      CHECK(measured.judgement == Judgement::holds);
    }
  }
  CHECK(all.holds());
}

TEST_CASE("a verification does not depend on the number of threads") {
  const std::vector<TheoryCase> cases = theory_cases("storm", false);
  const std::span<const TheoryCase> fixed(cases.data() + 1, 1);
  const Verification one = verify(fixed, {.replications = 3, .threads = 1});
  const Verification many = verify(fixed, {.replications = 3, .threads = 16});
  REQUIRE(one.cases.size() == many.cases.size());
  for (std::size_t m = 0; m < one.cases[0].measures.size(); ++m) {
    CHECK(one.cases[0].measures[m].value == many.cases[0].measures[m].value);
  }
}

}  // namespace
}  // namespace sixslots::scenarios::theory

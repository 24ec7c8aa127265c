#include "cli/scenario_options.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>

#include "scenarios/error.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"

namespace sixslots::cli {
namespace {

using scenarios::Scenario;

constexpr Limits seeds = {0, std::numeric_limits<std::int64_t>::max()};
constexpr Limits replications = {1, 100'000};
constexpr Limits threads = {1, 1024};

Scenario read(const std::string& file, std::istream& in) {
  if (file != "-") return scenarios::read_scenario_file(file);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return scenarios::read_scenario(text, "standard input");
}

/// All that the options set, in the form of `--set`.
std::vector<std::string> settings(const Arguments& arguments) {
  std::vector<std::string> all = arguments.values("set");
  if (const auto seed = number(arguments, "seed", seeds)) {
    all.push_back(fmt::format("run.seed={}", *seed));
  }
  if (const auto count = number(arguments, "replications", replications)) {
    all.push_back(fmt::format("run.replications={}", *count));
  }
  return all;
}

}  // namespace

std::vector<Option> scenario_options() {
  return {
      {.name = "set",
       .value = "KEY=VALUE",
       .meaning = "change a key of the scenario, as if the file said so; may be repeated; "
                  "sixslots explain lists the keys",
       .times = Times::any},
      {.name = "vary",
       .value = "KEY=A,B,...",
       .meaning = "compare values of a key, also 1:8, 10:100:10 or 1:64:x2; may be repeated: every "
                  "combination is simulated",
       .times = Times::any},
      {.name = "seed", .value = "N", .meaning = "other random numbers: run.seed"},
      {.name = "replications", .value = "N", .meaning = "independent runs: run.replications"},
      threads_option(),
  };
}

std::vector<Scenario> asked_scenarios(const Arguments& arguments, std::istream& in) {
  const std::vector<std::string> to_set = settings(arguments);
  const std::vector<std::string> to_vary = arguments.values("vary");
  std::vector<Scenario> all;
  scenarios::Problems problems;
  for (const std::string& file : arguments.operands) {
    problems.collect([&] {
      Scenario scenario = read(file, in);
      apply_settings(scenario, to_set);
      for (const std::string& variation : to_vary) apply_variation(scenario, variation);
      all.push_back(std::move(scenario));
    });
  }
  problems.check();
  return all;
}

Option threads_option() {
  return {.name = "threads",
          .value = "N",
          .meaning =
              "replications simulated at once; otherwise as many as there are cores; "
              "results do not depend on it"};
}

int asked_threads(const Arguments& arguments) {
  return static_cast<int>(number(arguments, "threads", threads).value_or(0));
}

}  // namespace sixslots::cli

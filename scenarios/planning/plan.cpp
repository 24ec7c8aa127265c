#include "scenarios/planning/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/planning/search.hpp"
#include "scenarios/scale.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::string_view examples = "page.rows, or page.rows=1:200";

/// A search goes beyond no number that a run could not hold in memory.
constexpr std::int64_t most_by_default = 1'000'000'000'000'000;

std::string_view option_of(bool largest) { return largest ? "--max" : "--min"; }

std::pair<std::int64_t, std::int64_t> parse_range(std::string_view text, const Scale& scale,
                                                  const Key& key, const Subject& subject) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    fail(subject, fmt::format("'{}' is not a range from a lower to a higher number, as in {}", text,
                              examples));
  }
  const std::int64_t low = scale.parse(text.substr(0, colon), subject);
  const std::int64_t high = scale.parse(text.substr(colon + 1), subject);
  if (low >= high || low < key.range.low || high > key.range.high) {
    fail(subject, fmt::format("'{}' is no range within what the key takes, from {} to {}", text,
                              scale.print(key.range.low),
                              scale.print(std::min(key.range.high, most_by_default))));
  }
  return {low, high};
}

/// Every number is simulated with random numbers of its own, and as often as the others.
void refuse_random_numbers(const Address& address, const Subject& subject) {
  constexpr std::array own{"run.seed", "run.replications", "run.most_replications",
                           "run.precision"};
  if (std::ranges::find(own, address.key->path) == own.end()) return;
  fail(subject, "plan chooses random numbers and how many there are; plan another key");
}

/// The variants, without the key that is planned. A file may compare it; who asks for both has
/// mistaken one of them.
std::vector<Variant> variants_to_plan(const Scenario& scenario, const PlanQuestion& question) {
  Scenario rest = scenario;
  for (const Axis& axis : scenario.compare) {
    if (axis.key != question.key || axis.position.line > 0 || axis.values.size() == 1) continue;
    fail({axis.position, axis.key}, "this is the key that is planned; its values cannot be given");
  }
  std::erase_if(rest.compare, [&](const Axis& axis) { return axis.key == question.key; });
  std::vector<Variant> all = variants(rest);
  for (const Variant& variant : all) {
    if (!expectations_for(variant).empty()) continue;
    throw Error({scenario.file, 0, 0},
                fmt::format("nothing is to be kept{}; say what, as in --keep "
                            "\"click.latency.p99 < 300ms\", or write [expect]",
                            all.size() > 1 ? fmt::format(" by \"{}\"", variant.label) : ""));
  }
  return all;
}

}  // namespace

const PlanPoint* PlanAnswer::failing() const {
  const auto fails_beyond = [&](const PlanPoint& point) {
    const bool beyond = largest ? point.number > number : point.number < number;
    return !point.holds && (beyond || kind == Kind::nowhere);
  };
  // Points are in ascending order.
  if (largest) {
    const auto first = std::ranges::find_if(points, fails_beyond);
    return first == points.end() ? nullptr : &*first;
  }
  const auto last = std::find_if(points.rbegin(), points.rend(), fails_beyond);
  return last == points.rend() ? nullptr : &*last;
}

const PlanPoint* PlanAnswer::at_answer() const {
  const auto found = std::ranges::find(points, number, &PlanPoint::number);
  return found == points.end() ? nullptr : &*found;
}

std::string reversed_text(const PlanQuestion& question, const PlanAnswer& answer) {
  if (answer.reversed_at.empty()) return {};
  const bool everywhere = answer.kind == PlanAnswer::Kind::everywhere;
  return fmt::format(
      "the question is asked the wrong way round: the conditions hold at {} and fail at {}, so "
      "that "
      "{} is better; ask with {} {}",
      everywhere ? answer.value : answer.reversed_at,
      everywhere ? answer.reversed_at : answer.value, question.largest ? "more" : "less",
      option_of(!question.largest), by_name(question.key, answer.variant.scenario));
}

PlanQuestion parse_plan_question(std::string_view text, bool largest, const Scenario& scenario) {
  const Position position{std::string(option_of(largest)), 0, 0};
  const std::size_t equals = std::min(text.find('='), text.size());
  const Address address = locate(text.substr(0, equals), scenario, position);
  const Subject subject{position, address.path};
  const Scale* scale = scale_of(*address.key);
  refuse_random_numbers(address, subject);
  if (scale == nullptr) {
    fail(subject,
         fmt::format("this key takes no number; plan one that does, such as {}", examples));
  }
  PlanQuestion question{.key = address.path, .largest = largest, .range = {}};
  if (equals < text.size()) {
    question.range = parse_range(text.substr(equals + 1), *scale, *address.key, subject);
  }
  return question;
}

Plan plan(const Scenario& scenario, const PlanQuestion& question, const Progress& progress,
          const Effort& effort) {
  const std::vector<Variant> all = variants_to_plan(scenario, question);
  Plan result{.scenario = scenario,
              .hash = hash_of(scenario),
              .version = SIXSLOTS_VERSION,
              .question = question,
              .answers = {}};
  int expected = 0;
  for (const Variant& variant : all) expected += expected_replications(variant.scenario.run);
  int before = 0;
  const Progress overall = [&](double done, int total, std::string_view label) {
    if (progress) progress(before + done, std::max(before + total, expected), label);
  };
  for (const Variant& variant : all) {
    result.answers.push_back(search(variant, question, overall, effort));
    before += result.answers.back().replications;
  }
  if (std::ranges::none_of(result.answers, &std::string::empty, &PlanAnswer::reversed_at)) {
    throw Error({std::string(option_of(question.largest)), 0, 0},
                reversed_text(question, result.answers.front()));
  }
  return result;
}

}  // namespace sixslots::scenarios

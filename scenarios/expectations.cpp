#include "scenarios/expectations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/metrics.hpp"
#include "scenarios/selectors.hpp"

namespace sixslots::scenarios {
namespace {

using Operator = Expectation::Operator;

constexpr std::string_view otherwise = "otherwise";

struct Comparison {
  std::string_view text;
  Operator op;
};

constexpr Comparison comparisons[] = {
    // the longer ones first, since the shorter begin them
    {"<=", Operator::less_equal}, {">=", Operator::greater_equal}, {"==", Operator::equal},
    {"!=", Operator::not_equal},  {"<", Operator::less},           {">", Operator::greater},
};

std::string example(const MetricInfo& metric) {
  switch (metric.unit) {
    case MetricInfo::Unit::duration:
      return "< 300ms";
    case MetricInfo::Unit::ratio:
      return "< 5 %";
    case MetricInfo::Unit::rate:
      return "< 20/s";
    case MetricInfo::Unit::byte_rate:
      return "< 100KiB/s";
    case MetricInfo::Unit::count:
    case MetricInfo::Unit::connections_per_row:
      break;
  }
  return "== 0";
}

/// Conditions on the metrics of one scenario.
class Conditions {
 public:
  Conditions(const Scenario& scenario, Problems& problems, Selectors selectors)
      : compare_(scenario.compare),
        metrics_(metrics_of(scenario)),
        problems_(problems),
        selectors_(selectors) {}

  void read(const Value& table, const std::string& path) {
    for (const Entry& entry : table.entries) {
      const std::string child = path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key);
      problems_.collect([&] { read_entry(entry, child); });
    }
  }

  /// A condition on a metric, which must exist.
  [[nodiscard]] Expectation condition(const std::string& metric, const Value& value,
                                      const Position& at_metric) const;

  std::vector<Expectation> expectations;

 private:
  void read_entry(const Entry& entry, const std::string& metric) {
    if (entry.value.type != Value::Type::table) {
      expectations.push_back(condition(metric, entry.value, entry.position));
    } else if (find_metric(metrics_, metric) != nullptr) {
      for (const Entry& choice : entry.value.entries) {
        problems_.collect([&] { read_selected(choice, metric); });
      }
    } else if (begins_a_metric(metric)) {
      read(entry.value, metric);
    } else {
      fail_metric(metric, entry.position);
    }
  }

  void read_selected(const Entry& choice, const std::string& metric) {
    Expectation expectation = condition(metric, choice.value, choice.position);
    expectation.otherwise = choice.key == otherwise;
    if (!expectation.otherwise && selectors_ == Selectors::checked) {
      expectation.only_for = parse_selector(choice.key, compare_, {choice.position, metric});
    }
    expectations.push_back(expectation);
  }

  [[nodiscard]] bool begins_a_metric(const std::string& path) const {
    const auto begins = [&](const MetricInfo& m) { return m.name.rfind(path + ".", 0) == 0; };
    return std::ranges::any_of(metrics_, begins) || std::ranges::any_of(metric_patterns(), begins);
  }

  [[noreturn]] void fail_metric(const std::string& name, const Position& position) const {
    std::vector<std::string_view> names;
    for (const MetricInfo& metric : metrics_) names.push_back(metric.name);
    const std::size_t dot = std::min(name.find('.'), name.size());
    const std::string first = name.substr(0, dot);
    const MetricInfo* of_a_flow = find_metric(metric_patterns(), "FLOW" + name.substr(dot));
    const bool flow_is_known = of_a_flow != nullptr && begins_a_metric(first);
    const MetricInfo* pattern = flow_is_known ? of_a_flow : find_metric(metric_patterns(), name);
    if (pattern != nullptr && !needed_by(*pattern).empty()) {
      throw Error(position, fmt::format("'{}' is measured only {}", name, needed_by(*pattern)));
    }
    const std::string rest = of_a_flow != nullptr
                                 ? fmt::format("no [[request]] is named '{}'", first)
                                 : "\"sixslots list metrics\" shows all";
    throw Error(position, fmt::format("unknown metric '{}'{}", name,
                                      advice(nearest_name(name, names), rest)));
  }

  const std::vector<Axis>& compare_;
  std::vector<MetricInfo> metrics_;
  Problems& problems_;
  Selectors selectors_;
};

Expectation Conditions::condition(const std::string& metric, const Value& value,
                                  const Position& at_metric) const {
  const MetricInfo* info = find_metric(metrics_, metric);
  if (info == nullptr) fail_metric(metric, at_metric);
  const Subject subject{value.position, metric};
  for (const Comparison& comparison : comparisons) {
    if (value.type != Value::Type::text || value.text.rfind(comparison.text, 0) != 0) continue;
    std::string_view limit = std::string_view(value.text).substr(comparison.text.size());
    limit.remove_prefix(std::min(limit.find_first_not_of(' '), limit.size()));
    Expectation expectation;
    expectation.metric = metric;
    expectation.op = comparison.op;
    expectation.limit = parse_metric_value(info->unit, limit, subject);
    expectation.text = value.text;
    expectation.position = value.position;
    return expectation;
  }
  fail(subject,
       fmt::format("{} is not a condition; write <, <=, >, >=, == or != and a limit, as in "
                   "\"{}\"",
                   describe(value), example(*info)));
}

}  // namespace

std::vector<Expectation> read_expectations(const Value& table, const Scenario& scenario,
                                           Problems& problems, Selectors selectors) {
  if (table.type != Value::Type::table) {
    problems.add(table.position,
                 "expect: write [expect], and below it lines such as "
                 "\"click.starved\" = \"== 0\"");
    return {};
  }
  Conditions conditions(scenario, problems, selectors);
  conditions.read(table, "");
  return conditions.expectations;
}

const Expectation* tightest_limit(const Scenario& scenario, std::string_view prefix) {
  const Expectation* tightest = nullptr;
  for (const Expectation& expectation : scenario.expect) {
    const bool upper = expectation.op == Operator::less || expectation.op == Operator::less_equal;
    if (!upper || !expectation.metric.starts_with(prefix)) continue;
    if (tightest == nullptr || expectation.limit < tightest->limit) tightest = &expectation;
  }
  return tightest;
}

Expectation parse_expectation(std::string_view text, const Scenario& scenario,
                              const Position& position) {
  const std::size_t begin = std::min(text.find_first_of("<>=!"), text.size());
  std::string_view metric = text.substr(0, begin);
  while (!metric.empty() && metric.back() == ' ') metric.remove_suffix(1);
  Value condition;
  condition.text = text.substr(begin);
  condition.position = position;
  Problems none;
  return Conditions(scenario, none, Selectors::skipped)
      .condition(std::string(metric), condition, position);
}

}  // namespace sixslots::scenarios

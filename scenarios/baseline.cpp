#include "scenarios/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "models/model_version.hpp"
#include "scenarios/value.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::string_view schema = "sixslots-baseline/1";

/// Of each flow, and of the page: enough to tell what moved. Metrics of [expect] are added.
constexpr std::string_view of_a_flow[] = {".latency.mean", ".latency.p95", ".stalled.mean",
                                          ".starved"};
constexpr std::string_view of_the_page[] = {"staleness.p95", "connections.mean", "connections.peak",
                                            "requests.rate", "bytes.rate",       "workers.mean"};

bool is_kept(const std::string& metric, const Scenario& scenario) {
  const auto of_flow = [&](const models::RequestFlow& flow) {
    return std::ranges::any_of(
        of_a_flow, [&](std::string_view end) { return metric == flow.name + std::string(end); });
  };
  const bool expected =
      std::ranges::find(scenario.expect, metric, &Expectation::metric) != scenario.expect.end();
  return expected || std::ranges::find(of_the_page, metric) != std::end(of_the_page) ||
         std::ranges::any_of(scenario.world.requests, of_flow);
}

/// FNV-1a.
class Hash {
 public:
  void mix(std::uint64_t word) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ = (hash_ ^ (word >> (8 * byte) & 0xFFU)) * 0x100000001b3U;
    }
  }
  void mix(double value) {
    // One of the many that are not a number, and one zero.
    const double one = std::isnan(value) ? std::numeric_limits<double>::infinity() : value + 0.0;
    mix(std::bit_cast<std::uint64_t>(one));
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

std::string hash_of_results(const Results& results) {
  Hash hash;
  for (const VariantResult& result : results.variants) {
    for (const MetricValue& value : result.metrics) {
      hash.mix(static_cast<std::uint64_t>(value.kind));
      hash.mix(value.value);
    }
    for (const std::vector<double>& values : result.by_replication) {
      for (const double value : values) hash.mix(value);
    }
  }
  return hash.text();
}

std::string hash_of_first(const Results& results) {
  Hash hash;
  for (const VariantResult& result : results.variants) {
    for (const std::vector<double>& values : result.by_replication) {
      const std::size_t count = std::min<std::size_t>(values.size(), quick_replications);
      for (std::size_t i = 0; i < count; ++i) hash.mix(values[i]);
    }
  }
  return hash.text();
}

/// Six figures: what is stored is what is compared.
std::string figures(double value) {
  if (std::isnan(value)) return "nan";
  return fmt::format("{:.6g}", value + 0.0);
}

double number(std::string_view text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Baseline::OfVariant variant_of(const VariantResult& result) {
  Baseline::OfVariant variant{result.variant.label, result.replications, {}, {}};
  for (const MetricValue& metric : result.metrics) {
    if (!is_kept(metric.info.name, result.variant.scenario)) continue;
    variant.measures.push_back(*measure_of(result, metric.info.name));
  }
  return variant;
}

/// One number stands for all replications that agree.
std::string values_text(const std::vector<double>& values) {
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(figures(value));
  const bool agree = !texts.empty() && std::ranges::all_of(texts, [&](const std::string& text) {
    return text == texts.front();
  });
  return agree ? texts.front() : fmt::format("[{}]", fmt::join(texts, ", "));
}

/// The parts of a baseline's file, each of which must be there and of the right type.
class Reading {
 public:
  explicit Reading(const std::string& file) : file_(file) {}

  [[nodiscard]] const Value& member(const Value& table, std::string_view key,
                                    Value::Type type) const {
    const Value* value = find(table, key);
    if (value == nullptr) refuse(table.position, fmt::format("'{}' is missing", key));
    if (value->type != type) {
      refuse(value->position, fmt::format("{}: {} is not allowed here", key, describe(*value)));
    }
    return *value;
  }
  [[nodiscard]] std::string text(const Value& table, std::string_view key) const {
    return member(table, key, Value::Type::text).text;
  }
  template <class Integer>
  [[nodiscard]] Integer integer(const Value& table, std::string_view key, Integer low) const {
    const Value& value = member(table, key, Value::Type::integer);
    Integer result{};
    const char* end = value.text.data() + value.text.size();
    const auto [stop, fault] = std::from_chars(value.text.data(), end, result);
    if (fault != std::errc{} || stop != end || result < low) {
      refuse(value.position, fmt::format("{}: {} is out of range", key, value.text));
    }
    return result;
  }

  [[nodiscard]] Baseline::Measure measure(const Entry& entry, int replications) const {
    Baseline::Measure measure{entry.key, {}, entry.position};
    const auto count = static_cast<std::size_t>(replications);
    if (entry.value.type != Value::Type::list) {
      measure.values.assign(count, figure(entry.value));
      return measure;
    }
    for (const Value& item : entry.value.items) measure.values.push_back(figure(item));
    if (measure.values.size() != count) {
      refuse(entry.position, fmt::format("{}: {} values for {} replications", entry.key,
                                         measure.values.size(), count));
    }
    return measure;
  }

  [[noreturn]] void refuse(Position position, const std::string& message) const {
    if (position.file.empty()) position = {file_, 1, 1};
    throw Error(position, message + "; \"sixslots check --update-baseline\" writes the file anew");
  }

 private:
  [[nodiscard]] double figure(const Value& value) const {
    if (value.type != Value::Type::real && value.type != Value::Type::integer) {
      refuse(value.position, fmt::format("{} is not a number", describe(value)));
    }
    return number(value.text);
  }

  const std::string& file_;
};

}  // namespace

void make_quick(Scenario& scenario) {
  scenario.run.replications = std::min(scenario.run.replications, quick_replications);
  scenario.run.precision = {};
}

Baseline baseline_of(const Results& results) {
  Baseline baseline;
  baseline.scenario = results.scenario_hash;
  baseline.model = models::model_version;
  baseline.version = results.version;
  baseline.seed = results.scenario.run.seed;
  baseline.results = hash_of_results(results);
  baseline.first_results = hash_of_first(results);
  for (const VariantResult& result : results.variants) {
    baseline.variants.push_back(variant_of(result));
  }
  return baseline;
}

std::optional<Baseline::Measure> measure_of(const VariantResult& result, std::string_view metric) {
  const auto is_it = [&](const MetricValue& value) { return value.info.name == metric; };
  const auto found = std::ranges::find_if(result.metrics, is_it);
  if (found == result.metrics.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - result.metrics.begin());
  std::vector<double> values = result.by_replication[index];
  // Measured apart, by runs of its own.
  const bool apart = found->info.unit == MetricInfo::Unit::connections_per_row;
  if (apart) std::ranges::fill(values, found->value);
  for (double& value : values) value = number(figures(value));
  return Baseline::Measure{found->info.name, std::move(values), {}};
}

std::string to_text(const Baseline& baseline) {
  std::string text = fmt::format(
      "# What sixslots measured, to six figures: one number a replication, or one for all.\n"
      "# \"sixslots check --update-baseline\" writes this file.\n"
      "schema = \"{}\"\n"
      "scenario = \"{}\"\nmodel = {}\nversion = \"{}\"\nseed = {}\n"
      "results = \"{}\"\nfirst_results = \"{}\"\n",
      schema, baseline.scenario, baseline.model, baseline.version, baseline.seed, baseline.results,
      baseline.first_results);
  for (const Baseline::OfVariant& variant : baseline.variants) {
    text += fmt::format("\n[[variant]]\nlabel = {}\nreplications = {}\n[variant.measured]\n",
                        quoted(variant.label), variant.replications);
    for (const Baseline::Measure& measure : variant.measures) {
      text += fmt::format("{} = {}\n", quoted(measure.metric), values_text(measure.values));
    }
  }
  return text;
}

Baseline parse_baseline(std::string_view text, const std::string& file) {
  const Value content = parse_toml(text, file);
  const Reading reading(file);
  const std::string found = reading.text(content, "schema");
  if (found != schema) {
    reading.refuse(find(content, "schema")->position,
                   fmt::format("\"{}\" is not a baseline that this version reads", found));
  }
  Baseline baseline;
  baseline.file = file;
  baseline.scenario = reading.text(content, "scenario");
  baseline.model = reading.integer<int>(content, "model", 1);
  baseline.version = reading.text(content, "version");
  baseline.seed = reading.integer<std::uint64_t>(content, "seed", 0);
  baseline.results = reading.text(content, "results");
  baseline.first_results = reading.text(content, "first_results");
  for (const Value& variant : reading.member(content, "variant", Value::Type::list).items) {
    if (variant.type != Value::Type::table) reading.refuse(variant.position, "write [[variant]]");
    Baseline::OfVariant& one = baseline.variants.emplace_back();
    one.label = reading.text(variant, "label");
    one.replications = reading.integer<int>(variant, "replications", 1);
    one.position = variant.position;
    for (const Entry& entry : reading.member(variant, "measured", Value::Type::table).entries) {
      one.measures.push_back(reading.measure(entry, one.replications));
    }
  }
  return baseline;
}

}  // namespace sixslots::scenarios

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// What a scenario measured once, kept as a small text file to compare later results with: the
/// metrics that matter, in each replication, and hashes of everything.
struct Baseline {
  struct Measure {
    std::string metric;
    /// Of each replication, to six figures; not a number where there was nothing to measure.
    std::vector<double> values;
    Position position;
  };
  struct OfVariant {
    std::string label;
    int replications = 0;
    std::vector<Measure> measures;
    Position position;
  };
  std::string file;      ///< where it was read from
  std::string scenario;  ///< hash of the scenario's text and settings
  int model = 0;         ///< models::model_version
  std::string version;   ///< of sixslots
  std::uint64_t seed = 0;
  std::string results;        ///< hash of every metric of every variant
  std::string first_results;  ///< the same of the first replications, as many as --quick simulates
  std::vector<OfVariant> variants;
};

/// So many replications a quick look simulates: the fewest that give an interval. They are the
/// first of a full run, whose random numbers they share.
inline constexpr int quick_replications = 5;

/// A scenario's first replications instead of all.
void make_quick(Scenario& scenario);

Baseline baseline_of(const Results& results);

/// A metric as a baseline would keep it; nothing where there is no such metric.
std::optional<Baseline::Measure> measure_of(const VariantResult& result, std::string_view metric);

/// The file's content, TOML; reads what it wrote. Throws an Error with the place of what is wrong.
std::string to_text(const Baseline& baseline);
Baseline parse_baseline(std::string_view text, const std::string& file);

}  // namespace sixslots::scenarios

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/experiment.hpp"
#include "scenarios/theory/theory_case.hpp"

namespace sixslots::scenarios::theory {

/// How a measured number compares with theory.
enum class Judgement : std::uint8_t {
  holds,
  off,        ///< theory is outside of the interval of 99.99 % confidence
  too_short,  ///< the interval is so wide that it could not tell
};

/// A measure, simulated. Values in seconds, shares and counts.
struct Measured {
  Measure measure;
  double value = 0.0;       ///< of a quantile: the share of requests beyond the true one
  double truth = 0.0;       ///< what `value` must be
  Interval interval;        ///< of 95 % confidence
  std::optional<double> z;  ///< errors off; none where all replications are equal
  Judgement judgement = Judgement::holds;
};

/// A case and all of its measures.
struct VerifiedCase {
  std::string group;
  std::string parameters;
  int replications = 0;
  std::vector<Measured> measures;
};

struct Verification {
  std::vector<VerifiedCase> cases;
  int measures = 0;
  int held = 0;
  int scores = 0;                          ///< measures with a z
  std::optional<double> root_mean_square;  ///< of the z; nothing with fewer than `fewest_scores`

  [[nodiscard]] bool holds() const;
};

/// Student's t with 19 degrees of freedom has a root mean square of 1.06. Below the band intervals
/// are too wide to notice anything, above it they are too narrow.
inline constexpr double least_root_mean_square = 0.9;
inline constexpr double most_root_mean_square = 1.25;
inline constexpr int fewest_scores = 30;

/// How the cases are run.
struct VerificationRun {
  int replications = 0;    ///< 0: as each case says
  std::uint64_t seed = 0;  ///< other random numbers in every case
  int threads = 0;
};

/// Compares values of the replications with theory.
Measured judge(const Measure& measure, std::span<const Weighted> replications);

/// Simulates the cases, as an experiment does.
Verification verify(std::span<const TheoryCase> cases, const VerificationRun& run = {},
                    const Progress& progress = {});

/// The cases of a group, or of all where the name is empty.
std::vector<TheoryCase> theory_cases(std::string_view group, bool lengthy_too);

}  // namespace sixslots::scenarios::theory

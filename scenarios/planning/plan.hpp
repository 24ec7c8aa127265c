#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/experiment.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// An answer is acted upon, so that its interval is wider than those of measurements.
inline constexpr double plan_confidence = 0.99;

/// The largest or smallest number of a key is sought at which a scenario's expectations hold.
struct PlanQuestion {
  std::string key;      ///< "page.rows"
  bool largest = true;  ///< false: the smallest
  /// Where to look, in the key's base units (scale.hpp); without it the search begins at the
  /// scenario's own number and doubles or halves it.
  std::optional<std::pair<std::int64_t, std::int64_t>> range;
};

/// Reads "page.rows" or "page.rows=1:200". Throws an Error for a key that is unknown or takes no
/// number, and for a range that is none.
PlanQuestion parse_plan_question(std::string_view text, bool largest, const Scenario& scenario);

/// What was simulated at one number.
struct PlanPoint {
  std::int64_t number = 0;
  std::string value;  ///< the number as a scenario file has it: "84.6/s"
  bool holds = false;
  bool sure = false;  ///< the verdict is no matter of luck, at plan_confidence
  VariantResult result;
};

/// The answer for one variant.
struct PlanAnswer {
  enum class Kind : std::uint8_t {
    found,
    everywhere,  ///< holds at all numbers that were looked at; `value` is the last of them
    nowhere,     ///< fails at all of them; `value` is the last of them
  };
  Variant variant;
  Kind kind = Kind::found;
  std::int64_t number = 0;
  std::string value;
  /// What the answer may be, at plan_confidence: both ends belong to it. Of a key that counts, the
  /// numbers whose verdict could be luck; where nothing is left to luck, the last number that was
  /// seen to hold and the first that was seen to fail.
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::string low_value;
  std::string high_value;
  /// Of one that was found: at the easier of these ends the conditions hold, and not by luck. False
  /// where there was no easier number to look at.
  bool safe = false;
  bool fitted = false;            ///< from a curve through five numbers, not from single verdicts
  std::vector<PlanPoint> points;  ///< about the answer, by ascending number
  int probes = 0;                 ///< numbers that were simulated
  int replications = 0;           ///< of all probes
  /// Where the answer, or what it may be, ends with the numbers that were looked at: the next one,
  /// if simulating it would have taken far longer than those. Otherwise empty.
  std::string too_dear;
  /// Of an answer that holds everywhere an easier number that fails, and of one that holds nowhere
  /// a harder one that holds: the question is asked the wrong way round. Otherwise empty.
  std::string reversed_at;

  bool largest = true;  ///< as the question has it

  /// The nearest number beyond the answer that was simulated and fails, or nullptr.
  [[nodiscard]] const PlanPoint* failing() const;
  /// The point at the answer, or nullptr.
  [[nodiscard]] const PlanPoint* at_answer() const;
  /// The easier end of what the answer may be.
  [[nodiscard]] const std::string& easier_end() const { return largest ? low_value : high_value; }
};

/// Of an answer that is reversed_at another number: which numbers say so, and how to ask. Empty for
/// others.
std::string reversed_text(const PlanQuestion& question, const PlanAnswer& answer);

/// The answers for all variants of a scenario.
struct Plan {
  Scenario scenario;
  std::string hash;
  std::string version;
  PlanQuestion question;
  std::vector<PlanAnswer> answers;
};

/// Answers a question for each variant. Every number is simulated with random numbers of its own
/// (crossing.hpp says why). Throws an Error where a variant expects nothing, where the key's
/// numbers do not go together with the scenario, and where the question is asked the wrong way
/// round of all variants.
Plan plan(const Scenario& scenario, const PlanQuestion& question, const Progress& progress = {},
          const Effort& effort = {});

}  // namespace sixslots::scenarios

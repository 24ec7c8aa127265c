#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// What a gate makes of an expectation. Undecided: so few replications allow both.
enum class Judgement : std::uint8_t { pass, fail, undecided };

/// What was measured is a bound below a limit that is to be exceeded: the value itself may be on
/// either side.
bool is_open(const Verdict& verdict);

/// An expectation, judged on the bound of its metric's 95 % interval and not on its value: 99 ms
/// are not below 100 ms when they could as well be 103 ms.
struct Judged {
  std::string variant;  ///< its label
  Expectation expectation;
  MetricValue measured;
  Judgement judgement = Judgement::pass;
  std::string cure;  ///< where more simulation would tell: how much, or of what kind
};

/// Every expectation of every variant, in their order.
///
/// What every replication agrees on, counts, extremes and what the end of the runs cut off are
/// judged by the value, as `sixslots run` does; so is what nothing was measured of, which fails.
/// But a bound below a limit that is to be exceeded says neither yes nor no. A quantile whose
/// replications have too few requests for an interval is judged by how many requests exceed the
/// limit.
std::vector<Judged> judge(const Results& results);

/// How many replications a mean or quantile would probably need until its interval lies on one side
/// of the limit; 0 where no number up to 100,000 would do.
int replications_to_decide(int replications, const MetricValue& measured, double limit);

}  // namespace sixslots::scenarios

#pragma once

#include "scenarios/kept.hpp"
#include "scenarios/results.hpp"

namespace sixslots::scenarios {

/// Whether a measured value by itself is on the right side of a limit. A lower bound exceeds what
/// it is not below; nothing measured is on no side.
bool holds(const Expectation& expectation, const MetricValue& measured);

/// Judges a verdict that has its expectation, what was measured and whether that holds; `all` and
/// `diagnosis` are of its variant.
///
/// It is judged on the bound of its metric's 95 % interval and not on its value: 99 ms are not
/// below 100 ms when they could as well be 103 ms. What every replication agrees on, counts,
/// extremes and what the end of the runs cut off are judged by the value; so is what nothing was
/// measured of, which fails. But a bound below a limit that is to be exceeded says neither yes nor
/// no. A quantile whose replications have too few requests for an interval is judged by how many
/// requests exceed the limit.
void judge(Verdict& verdict, const Replications& all, const Diagnosis& diagnosis);

/// How many replications a mean or quantile would probably need until its interval lies on one side
/// of the limit; 0 where no number up to 100,000 would do.
int replications_to_decide(int replications, const MetricValue& measured, double limit);

}  // namespace sixslots::scenarios

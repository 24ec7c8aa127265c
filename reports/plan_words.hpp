#pragma once

#include <string>
#include <vector>

#include "scenarios/planning/plan.hpp"

namespace sixslots::reports {

/// The key that was planned, with the name of the request that it is of.
std::string key_text(const scenarios::Plan& plan);

/// "The largest page.rows that keeps click.starved == 0"; where variants keep different things,
/// "what [expect] says".
std::string question_text(const scenarios::Plan& plan);

/// "5", "84.6/s", "none", "more than 200".
std::string answer_text(const scenarios::Plan& plan, const scenarios::PlanAnswer& answer);

/// "84 to 85.3/s", "5 or 6"; empty where the answer is certain, or there is none.
std::string doubt_text(const scenarios::PlanAnswer& answer);

/// The numbers to show of those that were simulated about an answer: the nearest on each side, and
/// the one that failure_text() tells of.
std::vector<const scenarios::PlanPoint*> points_about(const scenarios::PlanAnswer& answer);

/// "… 14 numbers farther away; ...": those that are not shown; empty where all are.
std::string left_out_text(const scenarios::PlanAnswer& answer);

/// "262 [229, 298] ms", "not measured": what a condition is about.
std::string measured_text(const scenarios::Verdict& verdict);

/// The flows, by their index, of which requests fail at the numbers that are shown, though no
/// condition speaks of it: their times may be kept because an answer that refuses comes fast.
std::vector<std::size_t> failing_besides(const scenarios::PlanAnswer& answer);

/// "16 of 1339": the requests of a flow that fail at a number.
std::string failed_text(const scenarios::PlanPoint& point, std::size_t flow);

/// "At 22, 16 of 1339 clicks fail, which no condition speaks of; --keep "click.failed == 0" does.";
/// empty where none of these fails at the answer.
std::string unkept_text(const scenarios::PlanAnswer& answer);

/// "6: click.starved is 34"; empty where nothing fails.
std::string failure_text(const scenarios::PlanAnswer& answer);

/// What the search could not say: that it looked no further, or that the question is asked the
/// wrong way round; empty where there is nothing to say.
std::string search_text(const scenarios::Plan& plan, const scenarios::PlanAnswer& answer);

/// The same of several answers, for a report that tells no more about each.
std::vector<std::string> search_texts(const scenarios::Plan& plan);

/// Of a point that fails the first condition that does.
const scenarios::Verdict& first_failure(const scenarios::PlanPoint& point);

}  // namespace sixslots::reports

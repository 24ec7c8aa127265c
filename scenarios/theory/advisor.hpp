#pragma once

#include <optional>
#include <string>

#include "scenarios/scenario.hpp"
#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

/// What theory says of a scenario that is one of the queues it has solved.
struct ClosedForm {
  std::string queue;  ///< "M/M/6"
  std::string flow;   ///< whose requests queue: a name of `[[request]]`
  Law wait;           ///< stalled, until it has a slot
};

/// The queue that a variant is, where it is one exactly: a steady load of one kind of request on
/// the slots of one browser, over HTTP/1.1, without distance and without anything else that takes
/// time. Nothing for every other variant: an approximation would be taken for a truth.
std::optional<ClosedForm> closed_form(const Scenario& variant);

}  // namespace sixslots::scenarios::theory

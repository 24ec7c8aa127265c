#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/theory/measure.hpp"
#include "scenarios/theory/queue_scenario.hpp"

namespace sixslots::scenarios::theory {

/// A scenario that is one of the queues that theory has solved, and what theory says of it.
struct TheoryCase {
  std::string group;       ///< a key of theory_groups()
  std::string parameters;  ///< "lambda=60.0;mu=20.0;c=6"; names the case inside its group
  QueueScenario scenario;
  std::vector<Measure> measures;  ///< at least one
  bool lengthy = false;           ///< needs so many requests that it is left out unless asked for
  bool keep_records = false;      ///< the measures look at requests one by one

  /// The scenario as a file, with random numbers of its own.
  [[nodiscard]] std::string text() const;
};

/// A kind of queue.
struct TheoryGroup {
  std::string_view name;
  std::string_view model;  ///< "M/M/c: the six slots of HTTP/1.1"
  std::vector<TheoryCase> (*cases)();
};
std::span<const TheoryGroup> theory_groups();

/// A kind of queue, or a part of one, that theory has solved and no scenario can express.
struct Inexpressible {
  std::string_view group;
  std::string_view what;
  std::string_view reason;
};
std::span<const Inexpressible> inexpressible();

}  // namespace sixslots::scenarios::theory

#pragma once

#include <cstdint>
#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Whether a variant is good enough, for tables that show it as green or red.
enum class Grade : std::uint8_t {
  green,  ///< no felt request is starved, unanswered or refused, every row's stream opens, and the
          ///< variant keeps what [expect] says of the felt latency
  red,
  none,  ///< nobody asked for anything
};

struct Graded {
  Grade grade = Grade::none;
  bool waits = false;  ///< green, but much of its time it was stalled or queued
  std::string text;    ///< the 95th percentile; of a red one what is wrong with it
};

/// Of a study that has a flow.
Graded grade(const Study& study, const VariantView& view);

}  // namespace sixslots::reports

#pragma once

#include <string>
#include <vector>

namespace sixslots::reports {

/// A value on an axis and what stands there.
struct Tick {
  double value = 0.0;
  std::string label;
};

/// Maps values to coordinates of a drawing.
struct Axis {
  enum class Scale { linear, logarithmic };

  Scale scale = Scale::linear;
  double low = 0.0;
  double high = 1.0;   ///< more than `low`, which is positive where the scale is logarithmic
  double begin = 0.0;  ///< the coordinate of `low`
  double end = 100.0;  ///< the coordinate of `high`; less than `begin` on an axis that goes up
  std::vector<Tick> ticks;

  /// The coordinate of a value; values beyond an end are put there.
  [[nodiscard]] double at(double value) const;
  /// The axis with a tick at most every `distance` units, the ones between left out.
  [[nodiscard]] Axis thinned(double distance) const;
};

/// Time from 0 to so many seconds.
Axis time_axis(double seconds, double begin, double end);

/// Durations in seconds, by their logarithm: from the decade at or below `low` to that above
/// `high`, with ticks at 10 ms, 100 ms, 1 s, 10 s.
Axis latency_axis(double low, double high, double begin, double end);

/// Numbers from 0 to at least `most`, with round ticks.
Axis number_axis(double most, double begin, double end);

/// Numbers from `low` to `high`, with round ticks between them; one number where both are the same.
Axis range_axis(double low, double high, double begin, double end);

/// 0 to 100 %.
Axis share_axis(double begin, double end);

}  // namespace sixslots::reports

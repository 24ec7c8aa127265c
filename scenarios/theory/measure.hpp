#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "models/observations.hpp"
#include "scenarios/statistics/interval.hpp"
#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

/// A number that theory knows and a simulation measures.
struct Measure {
  /// What kind of number the replications average, which decides how narrow its interval must be.
  enum class Kind : std::uint8_t {
    mean,      ///< a mean, a share, a level
    quantile,  ///< the share of requests beyond the true quantile
    variance,  ///< a mean square: shown as its root
    spread,    ///< the variance of an average over a replication
  };
  std::string name;  ///< as in docs/statistics.md: "EWq", "Wq_p99", "PW0"
  Kind kind = Kind::mean;
  double truth = 0.0;   ///< what theory says, in the measure's own unit
  double target = 0.0;  ///< what a replication's value is on average when theory holds
  std::function<Weighted(const models::Observations& seen)> value;  ///< of a replication
};

/// The time of a request that a measure is about.
enum class Time : std::uint8_t {
  in_browser,  ///< waits for a slot or stream
  at_proxy,    ///< waits for an upstream connection
  at_app,      ///< waits for a worker
  unserved,    ///< the whole latency less the service: all waits, of those not served too
  connecting,  ///< waits for a slot, and for its connection
  in_system,   ///< the whole latency
};

/// A time of the requests of one flow, or of all flows together.
struct Times {
  static constexpr int all = -1;
  Time time = Time::in_browser;
  int flow = all;
};

// Measures of a law of such a time.
Measure mean(std::string name, const Times& times, double truth);
Measure mean(std::string name, const Times& times, const Law& law);
Measure mean_if_positive(std::string name, const Times& times, const Law& law);
Measure deviation(std::string name, const Times& times, const Law& law);
/// P(time > 0).
Measure waits(std::string name, const Times& times, double truth);
Measure above(std::string name, const Times& times, const Law& law, double t);
Measure quantile(std::string name, const Times& times, const Law& law, double percent);

// Measures of the whole.
Measure waiting(std::string name, double truth);             ///< in the browser, over time
Measure working(std::string name, double truth, double of);  ///< at the app over time, as a share
Measure failed(std::string name, double truth);              ///< share of requests
Measure gave_up(std::string name, double truth);             ///< share of requests
Measure served(std::string name, double truth, double seconds);  ///< a second
Measure unfinished(std::string name, double truth);              ///< at the end of the run
Measure nothing_unfinished(std::string name, double truth);      ///< 1 where all are done
Measure last_end(std::string name, double truth);                ///< of the requests of a run
Measure last_end_deviation(std::string name, const Law& law);
Measure last_end_above(std::string name, const Law& law, double t);
/// Mean wait of the first `count` requests, or of the last of them alone; needs their records.
Measure first_waits(std::string name, double truth, int count, bool last_alone);
/// Requests that wait at the app for a worker, over time; needs the records.
Measure waiting_at_app(std::string name, double truth, double warm_up);
/// Share of time in which more than `level` requests are at the app; needs the series.
Measure level_above(std::string name, double truth, double target, int level, double warm_up);
Measure level_deviation(std::string name, double mean, double truth, double warm_up);
/// The variance of an average over `seconds`, times the seconds.
Measure spread_of_waiting(std::string name, double truth, double mean, double seconds);
Measure spread_of_working(std::string name, double truth, double mean, double seconds);
Measure spread_of_both(std::string name, double truth, double mean, double seconds);
/// The variance of the mean wait of so many requests, times their number.
Measure spread_of_waits(std::string name, double truth, double mean);

}  // namespace sixslots::scenarios::theory

#include "scenarios/theory/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace sixslots::scenarios::theory {
namespace {

using models::FlowStatistics;
using models::Observations;

FlowStatistics flow_of(const Observations& seen, int flow) {
  if (flow != Times::all) return seen.flows[static_cast<std::size_t>(flow)];
  FlowStatistics together;
  for (const FlowStatistics& one : seen.flows) together.merge(one);
  return together;
}

/// The times themselves, where they are tallied.
const sim::Tally& tally_of(const FlowStatistics& flow, Time time) {
  switch (time) {
    case Time::at_proxy:
      return flow.proxy_queue;
    case Time::at_app:
      return flow.worker_queue;
    case Time::in_system:
      return flow.latency;
    default:
      return flow.stalled;
  }
}

Weighted mean_of(const FlowStatistics& flow, Time time) {
  double seconds = tally_of(flow, time).known_seconds();
  auto count = static_cast<double>(tally_of(flow, time).count());
  if (time == Time::connecting) seconds += flow.connecting.known_seconds();
  if (time == Time::unserved) {
    seconds = flow.latency.known_seconds() - flow.service.known_seconds();
    count = static_cast<double>(flow.latency.count());
  }
  return {count > 0.0 ? seconds / count : 0.0, count};
}

Weighted share_above(const sim::Tally& tally, double t) {
  const auto nanoseconds = static_cast<std::int64_t>(std::llround(t * 1e9));
  return {tally.share_above(sim::Duration(nanoseconds)), static_cast<double>(tally.count())};
}

/// The sum of squared distances from `centre`, a bucket at its middle: a bucket is at most 0.4 %
/// wide.
double squares(const sim::Histogram& histogram, double centre) {
  double sum = 0.0;
  for (const sim::Histogram::Bucket bucket : histogram.buckets()) {
    const double middle = (sim::seconds(bucket.lowest) + sim::seconds(bucket.highest)) / 2.0;
    sum += static_cast<double>(bucket.count) * (middle - centre) * (middle - centre);
  }
  return sum;
}

Weighted mean_square(const sim::Tally& tally, double centre) {
  const double sum =
      squares(tally.finished_histogram(), centre) + squares(tally.censored_histogram(), centre);
  const auto count = static_cast<double>(tally.count());
  return {count > 0.0 ? sum / count : 0.0, count};
}

double seconds_of_end(const Observations& seen) {
  double last = 0.0;
  for (const FlowStatistics& flow : seen.flows) {
    last = std::max(last, sim::seconds(flow.latency.max().value_or(sim::Duration())));
  }
  return last;
}

/// The average over time, from the end of the warm-up on, of a function of the requests at the app.
template <class Function>
double level_average(const Observations& seen, double warm_up, const Function& function) {
  const double end = sim::seconds(seen.end.time_since_epoch());
  double since = warm_up;
  double sum = 0.0;
  std::int64_t level = 0;
  const auto until = [&](double time) {
    if (time > since) {
      sum += function(level) * (time - since);
      since = time;
    }
  };
  for (const models::Series::Point& point : seen.workers_busy.points) {
    until(sim::seconds(point.time.time_since_epoch()));
    level = point.level;
  }
  until(end);
  return sum / (end - warm_up);
}

Measure plain(std::string name, double truth, std::function<Weighted(const Observations&)> value) {
  return {std::move(name), Measure::Kind::mean, truth, truth, std::move(value)};
}

Measure spread(std::string name, double truth,
               const std::function<double(const Observations&)>& average, double mean,
               double seconds) {
  Measure measure = plain(std::move(name), truth, [=](const Observations& seen) {
    const double off = average(seen) - mean;
    return Weighted{off * off * seconds, 1.0};
  });
  measure.kind = Measure::Kind::spread;
  return measure;
}

}  // namespace

Measure mean(std::string name, const Times& times, double truth) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    return mean_of(flow_of(seen, times.flow), times.time);
  });
}

Measure mean(std::string name, const Times& times, const Law& law) {
  return mean(std::move(name), times, law.mean);
}

Measure mean_if_positive(std::string name, const Times& times, const Law& law) {
  return plain(std::move(name), law.mean / law.tail(0.0), [=](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, times.flow);
    const Weighted all = mean_of(flow, times.time);
    const double waited = share_above(tally_of(flow, times.time), 0.0).value;
    return Weighted{waited > 0.0 ? all.value / waited : 0.0, all.weight * waited};
  });
}

Measure deviation(std::string name, const Times& times, const Law& law) {
  const double centre = law.mean;
  Measure measure = plain(std::move(name), law.deviation, [=](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, times.flow);
    return mean_square(tally_of(flow, times.time), centre);
  });
  measure.kind = Measure::Kind::variance;
  measure.target = law.deviation * law.deviation;
  return measure;
}

Measure waits(std::string name, const Times& times, double truth) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    return share_above(tally_of(flow_of(seen, times.flow), times.time), 0.0);
  });
}

Measure above(std::string name, const Times& times, const Law& law, double t) {
  return plain(std::move(name), law.tail(t), [=](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, times.flow);
    return share_above(tally_of(flow, times.time), t);
  });
}

Measure quantile(std::string name, const Times& times, const Law& law, double percent) {
  const double value = law.quantile(percent / 100.0);
  Measure measure = above(std::move(name), times, law, value);
  measure.kind = Measure::Kind::quantile;
  measure.truth = value;
  return measure;
}

Measure waiting(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    return Weighted{seen.waiting_mean, 1.0};
  });
}

Measure working(std::string name, double truth, double of) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    return Weighted{seen.workers_mean / of, 1.0};
  });
}

Measure failed(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, Times::all);
    const auto count = static_cast<double>(flow.count);
    return Weighted{static_cast<double>(flow.failed) / count, count};
  });
}

Measure gave_up(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, Times::all);
    const auto count = static_cast<double>(flow.count);
    return Weighted{static_cast<double>(flow.given_up) / count, count};
  });
}

Measure served(std::string name, double truth, double seconds) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    const FlowStatistics flow = flow_of(seen, Times::all);
    return Weighted{static_cast<double>(flow.service.finished()) / seconds, 1.0};
  });
}

Measure unfinished(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    return Weighted{static_cast<double>(flow_of(seen, Times::all).censored), 1.0};
  });
}

Measure nothing_unfinished(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    return Weighted{flow_of(seen, Times::all).censored == 0 ? 1.0 : 0.0, 1.0};
  });
}

Measure last_end(std::string name, double truth) {
  return plain(std::move(name), truth, [](const Observations& seen) {
    return Weighted{seconds_of_end(seen), 1.0};
  });
}

Measure last_end_deviation(std::string name, const Law& law) {
  const double centre = law.mean;
  Measure measure = plain(std::move(name), law.deviation, [=](const Observations& seen) {
    const double off = seconds_of_end(seen) - centre;
    return Weighted{off * off, 1.0};
  });
  measure.kind = Measure::Kind::variance;
  measure.target = law.deviation * law.deviation;
  return measure;
}

Measure last_end_above(std::string name, const Law& law, double t) {
  return plain(std::move(name), law.tail(t), [=](const Observations& seen) {
    return Weighted{seconds_of_end(seen) > t ? 1.0 : 0.0, 1.0};
  });
}

Measure first_waits(std::string name, double truth, int count, bool last_alone) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    double sum = 0.0;
    int number = 0;
    for (const models::RequestRecord& record : seen.records) {
      if (record.flow < 0 || number == count) continue;
      ++number;
      if (!last_alone || number == count) sum += sim::seconds(stalled(record, seen.end));
    }
    return Weighted{last_alone ? sum : sum / count, 1.0};
  });
}

Measure waiting_at_app(std::string name, double truth, double warm_up) {
  return plain(std::move(name), truth, [=](const Observations& seen) {
    const double end = sim::seconds(seen.end.time_since_epoch());
    double sum = 0.0;
    for (const models::RequestRecord& record : seen.records) {
      if (!record.arrived) continue;
      const double from = sim::seconds(record.arrived->time_since_epoch());
      const double to = from + sim::seconds(models::worker_queue(record, seen.end));
      sum += std::max(to - std::max(from, warm_up), 0.0);
    }
    return Weighted{sum / (end - warm_up), 1.0};
  });
}

Measure level_above(std::string name, double truth, double target, int level, double warm_up) {
  Measure measure = plain(std::move(name), truth, [=](const Observations& seen) {
    const auto is_above = [=](std::int64_t n) { return n > level ? 1.0 : 0.0; };
    return Weighted{level_average(seen, warm_up, is_above), 1.0};
  });
  measure.target = target;
  return measure;
}

Measure level_deviation(std::string name, double mean, double truth, double warm_up) {
  Measure measure = plain(std::move(name), truth, [=](const Observations& seen) {
    const auto square = [=](std::int64_t n) {
      const double off = static_cast<double>(n) - mean;
      return off * off;
    };
    return Weighted{level_average(seen, warm_up, square), 1.0};
  });
  measure.kind = Measure::Kind::variance;
  measure.target = truth * truth;
  return measure;
}

Measure spread_of_waiting(std::string name, double truth, double mean, double seconds) {
  return spread(
      std::move(name), truth, [](const Observations& seen) { return seen.waiting_mean; }, mean,
      seconds);
}

Measure spread_of_working(std::string name, double truth, double mean, double seconds) {
  return spread(
      std::move(name), truth, [](const Observations& seen) { return seen.workers_mean; }, mean,
      seconds);
}

Measure spread_of_both(std::string name, double truth, double mean, double seconds) {
  const auto both = [](const Observations& seen) { return seen.waiting_mean + seen.workers_mean; };
  return spread(std::move(name), truth, both, mean, seconds);
}

Measure spread_of_waits(std::string name, double truth, double mean) {
  Measure measure = plain(std::move(name), truth, [=](const Observations& seen) {
    const Weighted waits = mean_of(flow_of(seen, Times::all), Time::in_browser);
    const double off = waits.value - mean;
    return Weighted{off * off * waits.weight, 1.0};
  });
  measure.kind = Measure::Kind::spread;
  return measure;
}

}  // namespace sixslots::scenarios::theory

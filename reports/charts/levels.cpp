#include "reports/charts/levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace sixslots::reports {
namespace {

using models::RequestRecord;
using models::Series;

using Stretches = std::vector<std::pair<sim::Time, sim::Time>>;

/// Between two moments of each request that has the first; without the second, to the end.
Stretches between(const VariantView& view, sim::Moment RequestRecord::*from,
                  sim::Moment RequestRecord::*to) {
  const models::Observations& sample = view.result->sample;
  Stretches stretches;
  for (const RequestRecord& record : sample.records) {
    if (!(record.*from)) continue;
    const sim::Time left = record.finished.value_or(sample.end);
    stretches.push_back({*(record.*from), std::min((record.*to).value_or(left), left)});
  }
  return stretches;
}

std::string app_of(const models::WorldSpec& world) {
  return fmt::format("app ({})", world.hops.back().kind);
}

/// A queue in which nobody ever waited is not worth a lane.
void add_queue(std::vector<Level>& levels, const std::string& where, const Series& series) {
  Level level{"requests waiting", where, series};
  if (level.peak() > 0) levels.push_back(std::move(level));
}

/// What is open and waits at each proxy, of all users.
void add_proxies(std::vector<Level>& levels, const VariantView& view) {
  const models::WorldSpec& world = view.world();
  const models::Observations& sample = view.result->sample;
  for (std::size_t i = 0; i + 1 < world.hops.size() && i < sample.hop_queues.size(); ++i) {
    const std::string where = fmt::format("proxy ({})", world.hops[i].kind);
    levels.push_back({"connections open", where, sample.hop_connections[i]});
    add_queue(levels, where, sample.hop_queues[i]);
  }
}

}  // namespace

std::int64_t Level::peak() const {
  std::int64_t peak = 0;
  for (const Series::Point& point : series.points) peak = std::max(peak, point.level);
  return peak;
}

Series overlap(const Stretches& stretches) {
  std::map<sim::Time, std::int64_t> changes;
  for (const auto& [from, to] : stretches) {
    if (to <= from) continue;
    ++changes[from];
    --changes[to];
  }
  Series series;
  std::int64_t level = 0;
  for (const auto& [time, change] : changes) {
    if (change == 0) continue;
    level += change;
    series.points.push_back({time, level});
  }
  return series;
}

std::vector<Level> levels_of(const VariantView& view) {
  const models::Observations& sample = view.result->sample;
  const models::WorldSpec& world = view.world();
  // Requests are kept of the first user alone.
  const bool many = world.fleet.users > 1;
  const std::string browsers = many ? "all browsers" : "browser";
  const std::string whose = many ? "first user's " : "";
  std::vector<Level> levels = {
      {"connections open", browsers, sample.open_connections},
      {"requests waiting", browsers, sample.waiting_requests},
  };
  add_proxies(levels, view);
  levels.push_back({whose + "requests open", app_of(world),
                    overlap(between(view, &RequestRecord::arrived, &RequestRecord::finished))});
  if (!sample.hop_queues.empty()) add_queue(levels, app_of(world), sample.hop_queues.back());
  if (world.hops.back().workers > 0) {
    levels.push_back({"workers busy", app_of(world), sample.workers_busy});
  }
  return levels;
}

std::vector<Point> steps(const Series& series, const TimeFrame& frame, double bottom, double top,
                         std::int64_t peak) {
  const double unit = (bottom - top) / static_cast<double>(std::max<std::int64_t>(peak, 1));
  std::vector<Point> outline = {{time_begin, bottom}};
  double y = bottom;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const double x = frame.at(series.points[i].time);
    // What happens within half a unit is drawn as its highest level, and ends at its last.
    std::int64_t highest = series.points[i].level;
    while (i + 1 < series.points.size() && frame.at(series.points[i + 1].time) < x + 0.5) {
      highest = std::max(highest, series.points[++i].level);
    }
    const double highest_y = bottom - unit * static_cast<double>(highest);
    const double last_y = bottom - unit * static_cast<double>(series.points[i].level);
    outline.push_back({x, y});
    outline.push_back({x, highest_y});
    if (last_y != highest_y) {
      outline.push_back({x + 0.5, highest_y});
      outline.push_back({x + 0.5, last_y});
    }
    y = last_y;
  }
  outline.push_back({time_end, y});
  outline.push_back({time_end, bottom});
  return outline;
}

}  // namespace sixslots::reports

#include "reports/charts/timeline_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/charts/levels.hpp"
#include "reports/request_text.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::RequestRecord;
using Records = std::vector<const RequestRecord*>;

constexpr std::size_t most_connections = 12;
constexpr double lane = 18.0;        // one connection
constexpr double level_lane = 40.0;  // one level
constexpr double head = 22.0;
constexpr double label_left = 4.0;
constexpr double note_right = time_begin - 10.0;

struct Lanes {
  std::map<std::uint32_t, Records> connections;
  std::vector<Level> levels;

  [[nodiscard]] std::size_t shown() const { return std::min(connections.size(), most_connections); }
  [[nodiscard]] std::size_t left_out() const { return connections.size() - shown(); }
  [[nodiscard]] double height() const {
    return head + lane * static_cast<double>(shown() + (left_out() > 0 ? 1 : 0)) +
           level_lane * static_cast<double>(levels.size()) + 6.0;
  }
};

Lanes lanes_of(const VariantView& view) {
  Lanes lanes;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.granted && record.connection > 0) {
      lanes.connections[record.connection].push_back(&record);
    }
  }
  lanes.levels = levels_of(view);
  return lanes;
}

/// Does it carry one request at a time?
bool is_exclusive(const VariantView& view, const Records& records) {
  return !view.multiplexed() || records.front()->kind == models::RequestKind::web_socket;
}

void draw_label(Svg& svg, double top, double height, std::string_view name, std::string_view note) {
  const double y = top + height / 2.0 + 4.0;
  svg.text({label_left, y}, name);
  svg.text({note_right, y}, note, "d end");
}

void draw_exclusive(Svg& svg, const VariantView& view, const TimeFrame& frame,
                    const Records& records, double top) {
  const sim::Time end = view.result->sample.end;
  for (const RequestRecord* record : records) {
    const Box box =
        frame.bar(*record->granted, record->finished.value_or(end), top, lane, lane - 4.0);
    const std::string label = label_of(*record, view.world());
    svg.rect(box, record->finished ? "r" : "r open");
    if (box.width > text_width(label) + 14.0) svg.plate({box.x + 8.0, top + 13.0}, label);
  }
}

void draw_shared(Svg& svg, const VariantView& view, const TimeFrame& frame, const Records& records,
                 double top) {
  std::vector<std::pair<sim::Time, sim::Time>> stretches;
  for (const RequestRecord* record : records) {
    stretches.push_back({*record->granted, record->finished.value_or(view.result->sample.end)});
  }
  const Level level{.name = {}, .where = {}, .series = overlap(stretches)};
  svg.area(steps(level.series, frame, top + lane - 1.0, top + 2.0, level.peak()), "level");
}

void draw_connection(Svg& svg, const VariantView& view, const TimeFrame& frame,
                     std::uint32_t number, const Records& records, double top) {
  const bool exclusive = is_exclusive(view, records);
  std::string note = counted(records.size(), exclusive ? "request" : "stream");
  draw_label(svg, top, lane, fmt::format("connection {}", number), note);
  if (exclusive) {
    draw_exclusive(svg, view, frame, records, top);
  } else {
    draw_shared(svg, view, frame, records, top);
  }
}

void draw_level(Svg& svg, const TimeFrame& frame, const Level& level, double top) {
  const bool waiting = level.name.find("waiting") != std::string::npos;
  const double bottom = top + level_lane - 3.0;
  svg.text({label_left, top + 18.0}, level.name);
  svg.text({label_left, top + 32.0}, fitted(level.where, 190.0), "d");
  svg.text({note_right, top + 18.0}, fmt::format("at most {}", level.peak()), "d end");
  svg.area(steps(level.series, frame, bottom, top + 6.0, level.peak()),
           waiting ? "level waiting" : "level");
  svg.line({time_begin, bottom}, {time_end, bottom}, "rule");
}

}  // namespace

std::string timeline_chart(const VariantView& view) {
  const Lanes lanes = lanes_of(view);
  Svg svg(drawing_width, lanes.height(), "Connections and queues over time, " + name_of(view),
          "What holds each connection of the browser in the first replication, and how many "
          "connections are open and requests wait; the table below has the peaks");
  const TimeFrame frame(view.result->sample.end);
  frame.draw(svg, head, lanes.height() - 6.0);
  svg.line({0.0, head}, {drawing_width, head}, "rule");
  double top = head;
  for (const auto& [number, records] : lanes.connections) {
    if (top >= head + lane * static_cast<double>(lanes.shown())) break;
    draw_connection(svg, view, frame, number, records, top);
    top += lane;
  }
  if (lanes.left_out() > 0) {
    svg.text({label_left, top + 13.0},
             fmt::format("… {} that were open besides", counted(lanes.left_out(), "connection")),
             "d");
    top += lane;
  }
  for (const Level& level : lanes.levels) {
    draw_level(svg, frame, level, top);
    top += level_lane;
  }
  return svg.markup();
}

}  // namespace sixslots::reports

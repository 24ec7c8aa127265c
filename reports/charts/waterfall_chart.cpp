#include "reports/charts/waterfall_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "reports/charts/time_frame.hpp"
#include "reports/request_text.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::RequestRecord;
using Records = std::vector<const RequestRecord*>;

constexpr double row_height = 17.0;
constexpr double head = 22.0;
constexpr double baseline = 12.5;  // of a row's text

struct Column {
  std::string_view name;
  double left;
  double width;
};
constexpr Column name_column{"Name", 4.0, 150.0};
constexpr Column type_column{"Type", 158.0, 86.0};
constexpr Column connection_column{"Conn.", 246.0, 30.0};
constexpr Column result_column{"Result", 290.0, 80.0};

bool ended_badly(const RequestRecord& record) {
  if (!record.finished) return !record.opened;
  return record.outcome == models::Outcome::failed || record.status >= 400;
}

/// Which rows are kept where there are too many: the lowest first.
int rank(const RequestRecord& record, const Study& study) {
  const bool felt = record.flow == static_cast<std::int32_t>(study.flow);
  if (felt && ended_badly(record)) return 0;
  if (!record.finished && record.granted) return 1;
  if (felt) return 2;
  return ended_badly(record) ? 3 : 4;
}

sim::Duration age(const RequestRecord& record, sim::Time end) {
  return record.finished.value_or(end) - record.created;
}

/// Half of the free rows for each rank at first, so that none takes them all; then what is left.
Records kept(const Study& study, const VariantView& view) {
  Records by_rank[5];
  for (const RequestRecord& record : view.result->sample.records) {
    by_rank[rank(record, study)].push_back(&record);
  }
  const sim::Time end = view.result->sample.end;
  Records all;
  Records later;
  for (Records& records : by_rank) {
    std::ranges::stable_sort(records, [&](const RequestRecord* a, const RequestRecord* b) {
      return age(*a, end) > age(*b, end);
    });
    const std::size_t room = (most_waterfall_rows - all.size() + 1) / 2;
    const auto first = static_cast<std::ptrdiff_t>(std::min(records.size(), room));
    all.insert(all.end(), records.begin(), records.begin() + first);
    later.insert(later.end(), records.begin() + first, records.end());
  }
  const std::size_t room = std::min(later.size(), most_waterfall_rows - all.size());
  all.insert(all.end(), later.begin(), later.begin() + static_cast<std::ptrdiff_t>(room));
  return all;
}

void draw_head(Svg& svg, const TimeFrame& frame, double bottom) {
  for (const Column& column : {name_column, type_column, connection_column, result_column}) {
    svg.text({column.left, head - 7.0}, column.name, "h");
  }
  frame.draw(svg, head, bottom);
  svg.line({0.0, head}, {drawing_width, head}, "rule");
}

void draw_texts(Svg& svg, const RequestRecord& record, const models::WorldSpec& world, double top) {
  const double y = top + baseline;
  std::string name = label_of(record, world);
  if (world.tabs > 1) name = fmt::format("{} (tab {})", name, record.tab + 1);
  svg.text({name_column.left, y}, fitted(name, name_column.width));
  svg.text({type_column.left, y}, resource_type(record.kind), "d");
  if (record.connection > 0) {
    svg.text({connection_column.left, y}, fmt::format("{}", record.connection), "d");
  }
  const bool bad = ended_badly(record);
  svg.text({result_column.left, y}, fitted(outcome_of(record), result_column.width),
           bad ? "b" : "");
}

/// Where the bar is long enough.
void write_into(Svg& svg, double left, double right, std::string_view text, double top) {
  if (right - left > text_width(text) + 12.0) svg.plate({left + 8.0, top + baseline}, text);
}

/// From the call on in vain.
void draw_starved(Svg& svg, const RequestRecord& record, const TimeFrame& frame, sim::Time end,
                  double top) {
  const Box box = frame.bar(record.created, end, top, row_height, 13.0);
  const bool row = record.flow == models::row_traffic;
  svg.rect(box, row ? "v" : "x");
  const std::string_view text = row ? "waits, never sent" : "never sent";
  write_into(svg, box.x, box.x + box.width, text, top);
}

void draw_sent(Svg& svg, const RequestRecord& record, const TimeFrame& frame, sim::Time end,
               double top) {
  const sim::Time connecting = *record.granted - record.connecting;
  const sim::Time gone = record.finished.value_or(end);
  const sim::Time opened = std::min(record.opened.value_or(gone), gone);
  const auto part = [&](sim::Time from, sim::Time to, double height, std::string_view style) {
    if (to > from) svg.rect(frame.bar(from, to, top, row_height, height), style);
  };
  part(record.created, connecting, 5.0, "w");
  part(connecting, *record.granted, 8.0, "c");
  const bool unanswered = !record.finished && !record.opened;
  part(*record.granted, opened, 12.0, unanswered ? "u" : "s");
  if (unanswered) write_into(svg, frame.at(*record.granted), frame.at(end), "no answer", top);
  part(opened, gone, 12.0, record.finished ? "r" : "r open");
}

void draw_row(Svg& svg, const RequestRecord& record, const VariantView& view,
              const TimeFrame& frame, double top) {
  const sim::Time end = view.result->sample.end;
  svg.begin_group(story_of(record, view.world(), end));
  draw_texts(svg, record, view.world(), top);
  if (record.granted) {
    draw_sent(svg, record, frame, end, top);
  } else if (record.finished) {
    svg.rect(frame.bar(record.created, *record.finished, top, row_height, 5.0), "w");
  } else {
    draw_starved(svg, record, frame, end, top);
  }
  svg.end_group();
}

}  // namespace

Records waterfall_rows(const Study& study, const VariantView& view) {
  Records all = kept(study, view);
  std::ranges::sort(
      all, {}, [](const RequestRecord* record) { return std::tuple(record->created, record->id); });
  return all;
}

std::string waterfall_chart(const Study& study, const VariantView& view) {
  const Records rows = waterfall_rows(study, view);
  const double bottom = head + row_height * static_cast<double>(rows.size());
  Svg svg(drawing_width, bottom + 4.0, "Waterfall of requests, " + name_of(view),
          fmt::format("{} of the first replication against time; the table below has the same",
                      counted(rows.size(), "request")));
  std::vector<Box> stripes;
  for (std::size_t i = 1; i < rows.size(); i += 2) {
    stripes.push_back({0.0, head + row_height * static_cast<double>(i), drawing_width, row_height});
  }
  svg.rects(stripes, "stripe");
  const TimeFrame frame(view.result->sample.end);
  draw_head(svg, frame, bottom);
  double top = head;
  for (const RequestRecord* record : rows) {
    draw_row(svg, *record, view, frame, top);
    top += row_height;
  }
  return svg.markup();
}

}  // namespace sixslots::reports

#include "reports/waterfall.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/bar.hpp"
#include "reports/request_text.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::RequestKind;
using models::RequestRecord;

constexpr int name_width = 14;
constexpr int note_width = 11;  // with the space before it

/// The time that the bars of one waterfall show.
struct Axis {
  sim::Time end;
  int cells;

  [[nodiscard]] Bar bar() const { return Bar(cells, end); }
};

void print_lane(Sheet& sheet, std::string_view name, const Bar& bar, std::string_view note,
                Ink ink = Ink::plain) {
  sheet.line({{left_aligned(shorten(name, name_width - 1), name_width)},
              {bar.text() + " ", ink},
              {std::string(note), ink}});
}

void print_axis(Sheet& sheet, const Axis& axis) {
  const int ticks = axis.cells >= 40 ? 4 : 2;
  std::string text;
  for (int tick = 0; tick <= ticks; ++tick) {
    const std::string label = short_duration(axis.end.time_since_epoch() * tick / ticks);
    const int at = axis.cells * tick / ticks - (tick == ticks ? display_width(label) : 0);
    text = left_aligned(text, at) + (tick == 0 ? "0" : label);
  }
  sheet.line(left_aligned("", name_width) + text, Ink::dim);
}

using Records = std::vector<const RequestRecord*>;

void draw_holding(Bar& bar, const RequestRecord& record) {
  if (record.finished) {
    bar.hold(*record.granted, *record.finished);
  } else {
    bar.hold_to_the_end(*record.granted);
  }
}

/// One request at a time: each stretch carries the name of what holds the connection.
void print_connection(Sheet& sheet, const Axis& axis, std::uint32_t number, const Records& records,
                      const models::WorldSpec& world) {
  Bar bar = axis.bar();
  for (const RequestRecord* record : records) draw_holding(bar, *record);
  for (const RequestRecord* record : records) {
    bar.write(fmt::format(" {} ", to_ascii(label_of(*record, world))), *record->granted,
              record->finished.value_or(axis.end));
  }
  const bool open = std::ranges::any_of(records, [](const auto* r) { return !r->finished; });
  const std::string note = open ? "" : fmt::format("{} sent", records.size());
  print_lane(sheet, fmt::format("connection {}", number), bar, note);
}

/// Many streams on one connection.
void print_session(Sheet& sheet, const Axis& axis, std::uint32_t number, const Records& records) {
  Bar bar = axis.bar();
  std::uint64_t open = 0;
  sim::Time first_open = axis.end;
  for (const RequestRecord* record : records) {
    draw_holding(bar, *record);
    if (record->finished) continue;
    ++open;
    first_open = std::min(first_open, *record->granted);
  }
  if (open > 0) bar.write(fmt::format(" {} held ", counted(open, "stream")), first_open, axis.end);
  print_lane(sheet, fmt::format("connection {}", number), bar,
             fmt::format("{} sent", records.size()));
}

void print_connections(Sheet& sheet, const Axis& axis, const VariantView& view, std::size_t most) {
  std::map<std::uint32_t, Records> connections;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.granted && record.connection > 0) connections[record.connection].push_back(&record);
  }
  std::size_t printed = 0;
  for (const auto& [number, records] : connections) {
    if (++printed > most) break;
    if (view.multiplexed() && records.front()->kind != RequestKind::web_socket) {
      print_session(sheet, axis, number, records);
    } else {
      print_connection(sheet, axis, number, records, view.world());
    }
  }
  if (connections.size() > most) {
    sheet.line("… " + counted(connections.size() - most, "more connection"), Ink::dim);
  }
}

/// "slot", "stream", or what WebSockets wait for that have a pool of their own.
std::string_view awaited(const VariantView& view, const Records& waiting) {
  const bool are_sockets = std::ranges::all_of(
      waiting, [](const RequestRecord* record) { return record->kind == RequestKind::web_socket; });
  if (are_sockets && view.world().browser.web_socket.own_pool) return "handshake";
  return view.multiplexed() ? "stream" : "slot";
}

/// "14 more rows"; a script has names instead.
std::string names_of(const VariantView& view, const Records& waiting) {
  if (view.world().scripted.empty()) return counted(waiting.size(), "more row");
  return waiting.size() == 1 ? label_of(*waiting.front(), view.world())
                             : counted(waiting.size(), "more stream");
}

/// Rows whose requests never got a connection or stream, in one line.
void print_waiting_rows(Sheet& sheet, const Axis& axis, const VariantView& view) {
  Records waiting;
  for (const RequestRecord& record : view.result->sample.records) {
    const bool waits = !record.granted && !record.finished;
    if (record.flow == models::row_traffic && waits) waiting.push_back(&record);
  }
  if (waiting.empty()) return;
  const sim::Time since = waiting.front()->created;
  Bar bar = axis.bar();
  bar.wait_in_vain(since);
  const std::string_view what = waiting.size() == 1 ? "waits" : "wait";
  bar.write(fmt::format(" {} for a {} ", what, awaited(view, waiting)), since, axis.end);
  print_lane(sheet, names_of(view, waiting), bar, "never sent", Ink::dim);
}

void draw(Bar& bar, const RequestRecord& record) {
  if (record.finished && !record.granted) return bar.wait(record.created, *record.finished);
  if (!record.granted) return bar.wait_in_vain(record.created);
  bar.wait(record.created, *record.granted);
  draw_holding(bar, record);
}

std::string fate_note(const RequestRecord& record) {
  if (!record.finished) return record.granted ? "no answer" : "never sent";
  if (record.outcome == models::Outcome::failed) return "failed";
  if (record.status >= 400) return fmt::format("status {}", record.status);
  return short_duration(*record.finished - record.created);
}

/// Worth a line of its own: the reader sees it wait, or it did not end well.
bool stands_out(const RequestRecord& record, const Bar& scale, sim::Time end) {
  const bool ended_well = record.outcome == models::Outcome::done && record.status < 400;
  return !ended_well ||
         scale.cell_of(record.finished.value_or(end)) > scale.cell_of(record.created) + 1;
}

void print_flow(Sheet& sheet, const Axis& axis, const VariantView& view, std::size_t flow,
                std::size_t most) {
  const std::string name = clean(view.world().requests[flow].name);
  Records together;
  std::size_t own_lines = 0;
  std::size_t left_out = 0;
  for (const RequestRecord& record : view.result->sample.records) {
    if (record.flow != static_cast<std::int32_t>(flow)) continue;
    if (!stands_out(record, axis.bar(), axis.end)) {
      together.push_back(&record);
    } else if (++own_lines > most) {
      ++left_out;
    } else {
      Bar bar = axis.bar();
      draw(bar, record);
      print_lane(sheet, name, bar, fate_note(record), record.finished ? Ink::plain : Ink::bad);
    }
  }
  if (left_out > 0) sheet.line(fmt::format("… {} more like these", left_out), Ink::dim);
  if (together.empty()) return;
  Bar bar = axis.bar();
  for (const RequestRecord* record : together) draw(bar, *record);
  print_lane(sheet, fmt::format("{} × {}", together.size(), name), bar, "answered");
}

}  // namespace

void print_waterfall(Sheet& sheet, const Study& study, const VariantView& view,
                     const WaterfallSize& size) {
  const models::Observations& sample = view.result->sample;
  sheet.paragraph({}, "First replication, " + name_of(view), Ink::strong);
  const Axis axis{sample.end, std::max(8, sheet.width() - name_width - note_width)};
  print_axis(sheet, axis);
  print_connections(sheet, axis, view, size.connections);
  print_waiting_rows(sheet, axis, view);
  if (!study.has_flow()) return;
  print_flow(sheet, axis, view, study.flow, size.requests);
  for (std::size_t flow = 0; flow < view.flows.size(); ++flow) {
    if (flow != study.flow) print_flow(sheet, axis, view, flow, 1);
  }
}

void print_waterfall_legend(Sheet& sheet) {
  sheet.paragraph({}, "░ waits  █ holds a connection  ▶ still does at the end  ✗ never sent",
                  Ink::dim);
}

}  // namespace sixslots::reports

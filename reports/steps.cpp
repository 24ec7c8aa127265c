#include "reports/steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/request_text.hpp"
#include "reports/sheet.hpp"
#include "reports/study.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::RequestRecord;

/// In the order in which they are told where they happen at one moment.
enum class Happening : std::uint8_t { ended, called, sent, opened };

struct Event {
  sim::Time time;
  Happening happening;
  const RequestRecord* record;
};

std::vector<Event> events_of(const models::Observations& sample) {
  std::vector<Event> events;
  for (const RequestRecord& record : sample.records) {
    const auto add = [&](sim::Moment time, Happening happening) {
      if (time) events.push_back({*time, happening, &record});
    };
    add(record.created, Happening::called);
    add(record.granted, Happening::sent);
    if (is_stream(record)) add(record.opened, Happening::opened);
    add(record.finished, Happening::ended);
  }
  std::ranges::stable_sort(events, {}, [](const Event& event) {
    // What ends at the moment of its call was called first.
    const bool at_once = event.record->created == event.time;
    return std::tuple(event.time, at_once && event.happening == Happening::ended ? Happening::opened
                                                                                 : event.happening);
  });
  return events;
}

/// Who waits and who holds what, as the events go by.
class Story {
 public:
  explicit Story(const VariantView& view) : view_(view) {}

  /// The sentence for an event; empty where another one tells it.
  std::string tell(const Event& event) {
    switch (event.happening) {
      case Happening::called:
        return called(*event.record, event.time);
      case Happening::sent:
        return sent(*event.record, event.time);
      case Happening::opened:
        return fmt::format("{} opens, and keeps its {} until it ends", name(*event.record),
                           exclusive(*event.record) ? "connection" : "stream");
      case Happening::ended:
        break;
    }
    return ended(*event.record);
  }

  [[nodiscard]] std::string end() const {
    if (waiting_.empty()) return "the run ends; nothing waits in the browser";
    return fmt::format("the run ends; never sent: {}", kinds(waiting_));
  }

 private:
  using Records = std::vector<const RequestRecord*>;

  [[nodiscard]] std::string name(const RequestRecord& record) const {
    std::string text = label_of(record, view_.world());
    if (view_.world().tabs > 1) text += fmt::format(" (tab {})", record.tab + 1);
    return text;
  }

  [[nodiscard]] bool exclusive(const RequestRecord& record) const {
    return !view_.multiplexed() || record.kind == models::RequestKind::web_socket;
  }

  std::string called(const RequestRecord& record, sim::Time now) {
    if (record.granted == now) {
      holding_[record.connection].push_back(&record);
      return fmt::format("{} is called, and sent on connection {}", name(record),
                         record.connection);
    }
    if (!waits_for_slot(record)) {
      connecting_.push_back(&record);
      return fmt::format("{} is called; a connection is set up for it", name(record));
    }
    const std::string text =
        fmt::format("{} is called and queued{}; {}", name(record), place_of(record), slots());
    waiting_.push_back(&record);
    return text;
  }

  /// Longer than its own connection takes.
  [[nodiscard]] bool waits_for_slot(const RequestRecord& record) const {
    const sim::Time last = record.finished.value_or(view_.result->sample.end);
    return models::stalled(record, last) > sim::Duration::zero();
  }

  /// " behind 14 event streams": those of its class and of better ones are served first.
  [[nodiscard]] std::string place_of(const RequestRecord& record) const {
    const models::BrowserProfile& browser = view_.world().browser;
    const models::PriorityTable& classes =
        view_.multiplexed() ? browser.http2_priority : browser.http1_priority;
    Records before;
    for (const RequestRecord* other : waiting_) {
      if (classes[index(other->kind)] <= classes[index(record.kind)]) before.push_back(other);
    }
    if (!before.empty()) return " behind " + kinds(before);
    return waiting_.empty() ? "" : " before " + kinds(waiting_);
  }

  std::string sent(const RequestRecord& record, sim::Time now) {
    if (record.created == now) return {};  // told with its call
    std::erase(waiting_, &record);
    std::erase(connecting_, &record);
    holding_[record.connection].push_back(&record);
    std::string text = fmt::format("{} is sent on connection {}", name(record), record.connection);
    const sim::Duration wait = models::stalled(record, now);
    if (record.connecting > sim::Duration::zero()) {
      text += fmt::format(", set up in {}", short_duration(record.connecting));
    }
    if (wait > sim::Duration::zero()) text += fmt::format(", stalled {}", short_duration(wait));
    if (!waiting_.empty())
      text += fmt::format("; {} still wait{}", kinds(waiting_), waiting_.size() == 1 ? "s" : "");
    return text;
  }

  std::string ended(const RequestRecord& record) {
    std::erase(waiting_, &record);
    std::erase(connecting_, &record);
    Records& held = holding_[record.connection];
    const bool held_one = std::erase(held, &record) > 0;
    std::string text = fmt::format("{} ends: {}", name(record), outcome_of(record));
    if (held_one && exclusive(record)) {
      text += fmt::format("; connection {} is free", record.connection);
    }
    return text;
  }

  /// "14 event streams and 2 POSTs": what waits, the first first.
  [[nodiscard]] std::string kinds(const Records& records) const {
    std::vector<std::pair<std::string, std::uint64_t>> counts;
    for (const RequestRecord* record : records) {
      const std::string noun = noun_of_kind(*record);
      const auto known =
          std::ranges::find(counts, noun, &std::pair<std::string, std::uint64_t>::first);
      if (known == counts.end()) {
        counts.emplace_back(noun, 1);
      } else {
        ++known->second;
      }
    }
    std::vector<std::string> parts;
    for (const auto& [noun, count] : counts) parts.push_back(counted(count, noun));
    return joined(parts);
  }

  [[nodiscard]] std::string noun_of_kind(const RequestRecord& record) const {
    if (record.kind == models::RequestKind::event_source) return "event stream";
    if (record.kind == models::RequestKind::web_socket) return "WebSocket";
    if (record.flow >= 0) return label_of(record, view_.world());
    return record.flow == models::page_traffic ? "document" : "poll";
  }

  /// "slots: row 1, row 2, ..."; of a session how many streams it carries.
  [[nodiscard]] std::string slots() const {
    std::vector<std::string> holders;
    for (const auto& [connection, records] : holding_) {
      if (records.empty() || connection == 0) continue;
      if (exclusive(*records.front())) {
        holders.push_back(name(*records.front()));
      } else {
        holders.push_back(
            fmt::format("{} on connection {}", counted(records.size(), "stream"), connection));
      }
    }
    for (const RequestRecord* record : connecting_) {
      holders.push_back(name(*record) + " (connecting)");
    }
    if (holders.empty()) return "no slot is taken";
    return fmt::format("slots: {}", fmt::join(holders, ", "));
  }

  const VariantView& view_;
  Records waiting_;     // for a slot or stream
  Records connecting_;  // have one, but it is still set up
  std::map<std::uint32_t, Records> holding_;
};

std::string printed(sim::Time time, const std::string& text, Ink ink, const TerminalStyle& style) {
  Sheet sheet(style);
  const std::string clock = fmt::format("{:>8.3f} s  ", sim::seconds(time.time_since_epoch()));
  sheet.paragraph({clock, Ink::dim}, text, ink);
  return sheet.text();
}

}  // namespace

std::vector<std::string> step_report(const scenarios::Results& results,
                                     const TerminalStyle& style) {
  const Study subject = study(results);
  if (subject.variants.empty()) return {};
  const VariantView& view = subject.variants[subject.worst];
  Sheet heading(style);
  heading.paragraph({}, fmt::format("First replication, {}, event by event", name_of(view)),
                    Ink::strong);
  std::vector<std::string> steps = {heading.text()};
  Story story(view);
  for (const Event& event : events_of(view.result->sample)) {
    const bool waits = event.happening == Happening::called && event.record->granted != event.time;
    const std::string text = story.tell(event);
    if (text.empty()) continue;
    steps.push_back(printed(event.time, text, waits ? Ink::strong : Ink::plain, style));
  }
  steps.push_back(printed(view.result->sample.end, story.end(), Ink::bad, style));
  return steps;
}

}  // namespace sixslots::reports

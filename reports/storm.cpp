#include "reports/storm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/variants_table.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using models::ServerEvent;
using Unit = scenarios::MetricInfo::Unit;

/// More would not be read; other formats have them all.
constexpr std::size_t most_rows = 12;

double value_of(const VariantView& view, std::string_view name) {
  return metric(*view.result, name).value;
}

std::string kind_of(const VariantView& view, int hop) {
  return clean(view.world().hops[static_cast<std::size_t>(hop)].kind);
}

/// "3 workers of php-fpm", "3 upstream connections of haproxy"
std::string what_is_lost(const VariantView& view, const ServerEvent& event) {
  const bool is_app = event.hop + 1 == static_cast<int>(view.world().hops.size());
  return fmt::format(
      "{} of {}",
      counted(static_cast<std::uint64_t>(event.workers), is_app ? "worker" : "upstream connection"),
      kind_of(view, event.hop));
}

/// "the restart of nginx", "the loss of 3 workers of php-fpm"
std::string what_happens(const VariantView& view, const ServerEvent& event) {
  using Kind = ServerEvent::Kind;
  switch (event.kind) {
    case Kind::restart:
      return fmt::format("the restart of {}", kind_of(view, event.hop));
    case Kind::worker_loss:
      return fmt::format("the loss of {}", what_is_lost(view, event));
    case Kind::outage:
      return "the outage";
    case Kind::disconnection:
      return "the disconnection";
  }
  return {};
}

/// Which of several it was that cost a stream is not counted: then all of them are named.
std::string events_of(const VariantView& view) {
  const auto& events = view.world().events;
  const auto first = std::ranges::min_element(events, {}, &ServerEvent::at);
  const std::string at = short_duration(first->at);
  if (events.size() > 1) return fmt::format("the {} events from {} on", events.size(), at);
  return fmt::format("{} at {}", what_happens(view, *first), at);
}

bool has_several_events(const VariantView& view) { return view.world().events.size() > 1; }

/// "60 s (event.0.lingers)"
std::string lingering(const VariantView& view, const ServerEvent& event) {
  const auto& events = view.world().events;
  return fmt::format("{} (event.{}.lingers)", short_duration(event.lingers),
                     &event - events.data());
}

std::string effect_of(const VariantView& view, const ServerEvent& event) {
  using Kind = ServerEvent::Kind;
  switch (event.kind) {
    case Kind::restart:
      if (event.hop > 0) {
        const auto before = static_cast<std::size_t>(event.hop - 1);
        return fmt::format("While {} is down, {} answers {}.", kind_of(view, event.hop),
                           kind_of(view, event.hop - 1),
                           view.world().hops[before].status_when_down);
      }
      return fmt::format(
          "A restart of {} fails what is under way there, and what comes before it is back.",
          kind_of(view, event.hop));
    case Kind::worker_loss:
      return "A worker that is lost takes with it what it works on, and leaves the rest to the "
             "others.";
    case Kind::outage:
      return "The outage lets nothing through.";
    case Kind::disconnection:
      return fmt::format(
          "The disconnection fails what is under way, and what browsers ask for until it ends{}.",
          event.lingers > sim::Duration::zero()
              ? "; what lost streams held is held for " + lingering(view, event)
              : "");
  }
  return {};
}

/// Of the worst variant.
std::string clicks_sentence(const Study& study) {
  const std::string text = clicks_after_events(study, study.worst);
  if (text.empty()) return {};
  if (study.variants.size() == 1) return sentence(text) + ".";
  return fmt::format("With {}, {}.", name_of(study.variants[study.worst]), text);
}

std::string count_of(double count) { return short_value(Unit::count, count); }

}  // namespace

bool has_events(const VariantView& view) { return !view.world().events.empty(); }

StormView storm_of(const VariantView& view) {
  StormView storm;
  storm.event = events_of(view);
  storm.several = has_several_events(view);
  storm.lost = value_of(view, "streams.lost");
  storm.peak = value_of(view, "reconnects.peak");
  storm.deaf = value_of(view, "pages.deaf");
  storm.away = value_of(view, "streams.away");
  storm.recovery = metric(*view.result, "reconnects.recovery");
  return storm;
}

std::string effects_of_events(const VariantView& view) {
  std::vector<std::string> effects;
  for (const ServerEvent& event : view.world().events) {
    std::string effect = effect_of(view, event);
    if (std::ranges::find(effects, effect) == effects.end()) effects.push_back(std::move(effect));
  }
  return fmt::format("{}", fmt::join(effects, " "));
}

bool tells_of_storms(const Study& study) { return std::ranges::any_of(study.variants, has_events); }

std::string storm_caption(const Study& study) {
  const auto first = std::ranges::find_if(study.variants, has_events);
  const std::string event = events_of(*first);
  const bool same = std::ranges::all_of(study.variants, [&](const VariantView& view) {
    return !has_events(view) || events_of(view) == event;
  });
  return same ? fmt::format("After {}", event) : std::string("After events");
}

std::string storm_legend(const Study& study) {
  const bool several = std::ranges::any_of(study.variants, has_several_events);
  const std::string text = fmt::format(
      "lost: streams that ended while open; /s: reconnections in one second, the most; all back: "
      "from {} until the last one was open again{}; deaf: pages with a stream closed for good",
      several ? "an event" : "the event", several ? ", the longest" : "");
  if (!study.has_flow()) return text;
  return fmt::format("{}; p50 to failed: {} under way between {}", text,
                     noun_of(*study.felt(study.variants.front()).flow).plural,
                     several ? "an event and the moment when all are back" : "the event and then");
}

Table storm_table(const Study& study, std::size_t most) {
  Table table;
  table.columns = {{"lost", 4, true}, {"/s", 6, false}, {"all back", 5, false}, {"deaf", 7, false}};
  if (study.has_flow()) {
    table.columns.push_back({"p50", 1, true});
    table.columns.push_back({"p95", 3, false});
    table.columns.push_back({"failed", 2, false});
  }
  for (const VariantView& view : study.variants) {
    if (table.rows.size() == most) break;
    if (!has_events(view)) continue;
    const StormView storm = storm_of(view);
    Table::Row row = labelled_row(view);
    row.cells = {count_of(storm.lost), count_of(storm.peak),
                 storm.lost > 0.0 ? short_value(storm.recovery) : "–", count_of(storm.deaf)};
    if (study.has_flow()) {
      const std::string flow = study.felt(view).flow->name;
      for (const std::string_view name : {".storm.p50", ".storm.p95", ".storm_failed"}) {
        row.cells.push_back(short_value(metric(*view.result, flow + std::string(name))));
      }
    }
    if (storm.deaf > 0.0 || storm.away > 0.0) row.ink = Ink::bad;
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string storm_sentence(const Study& study) {
  const VariantView* deafest = nullptr;
  const VariantView* wildest = nullptr;
  const auto most = [](const VariantView*& so_far, const VariantView& other,
                       double StormView::*what) {
    if (so_far == nullptr || storm_of(other).*what > storm_of(*so_far).*what) so_far = &other;
  };
  for (const VariantView& view : study.variants) {
    if (!has_events(view)) continue;
    most(deafest, view, &StormView::deaf);
    most(wildest, view, &StormView::peak);
  }
  if (deafest == nullptr) return {};
  const StormView deaf = storm_of(*deafest);
  if (deaf.deaf >= 0.5) {
    return fmt::format("After {}, {} {} deaf for good with {}.", deaf.event,
                       counted(static_cast<std::uint64_t>(std::llround(deaf.deaf)), "page"),
                       deaf.deaf < 1.5 ? "stays" : "stay", name_of(*deafest));
  }
  const StormView wild = storm_of(*wildest);
  if (wild.peak < 2.0) return clicks_sentence(study);
  const std::string lost = count_of(wild.lost);
  return fmt::format("After {}, {} {} lost, and {} ask again in one second with {}.", wild.event,
                     lost, lost == "1" ? "stream is" : "streams are", count_of(wild.peak),
                     name_of(*wildest));
}

void print_storms(Sheet& sheet, const Study& study) {
  if (!tells_of_storms(study)) return;
  sheet.blank();
  sheet.paragraph({}, storm_caption(study), Ink::strong);
  const Table table = storm_table(study, most_rows);
  print_table(sheet, table);
  const auto with = static_cast<std::size_t>(std::ranges::count_if(study.variants, has_events));
  if (with > table.rows.size()) {
    sheet.line(fmt::format("… {}; the JSON report has all of them",
                           counted(with - table.rows.size(), "more variant")),
               Ink::dim);
  }
  sheet.paragraph({}, storm_legend(study), Ink::dim);
}

}  // namespace sixslots::reports

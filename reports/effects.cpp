#include "reports/effects.hpp"

#include <fmt/format.h>

#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;

/// "the click never reaches the server", and how many of them the page does not wait for.
std::string never_reaching(const FlowView& view) {
  const models::FlowStatistics& flow = *view.statistics;
  const Noun noun = noun_of(*view.flow);
  const std::string text = never_sent(view) == flow.count
                               ? noun.one + " never reaches the server"
                               : part_of(never_sent(view), flow.count, noun.plural,
                                         {"never reaches the server", "never reach the server"});
  if (flow.given_up == 0) return text;
  return fmt::format("{}; the page gives up {}", text,
                     part_of(flow.given_up, flow.count, noun.plural));
}

/// "all 9 clicks reach the server and get no answer before the run ends"
std::string without_answer(const FlowView& view) {
  const std::string all =
      part_of(view.statistics->censored, view.statistics->count, noun_of(*view.flow).plural);
  const bool one = view.statistics->censored == 1;
  if (2 * view.link.on_the_way > view.link.unfinished) {
    return fmt::format("{} {} still on the way to the server when the run ends", all,
                       one ? "is" : "are");
  }
  return fmt::format("{} {} the server and {} no answer before the run ends", all,
                     one ? "reaches" : "reach", one ? "gets" : "get");
}

/// "for a worker", "for an upstream connection of haproxy"
std::string line_at_server(const VariantView& view, const FlowView& felt) {
  const models::FlowStatistics& flow = *felt.statistics;
  if (waits_for_workers(flow)) return "for a worker";
  const std::optional<Wall> wall = longest_line(view, flow);
  return wall ? fmt::format("for {} of {}", one_of(*wall), clean(wall->place)) : "before the app";
}

/// " while they wait for a worker", where most of those that fail do.
std::string cut_in_line_text(const VariantView& view, const FlowView& felt) {
  const models::FlowStatistics& flow = *felt.statistics;
  const CutInLine cut = cut_in_line(view, flow);
  if (2 * (cut.at_proxies + cut.at_app) <= flow.failed) return {};
  return fmt::format(" while {} {}", flow.failed == 1 ? "it waits" : "they wait",
                     line_at_server(view, felt));
}

std::string times(const FlowView& felt) {
  return takes(noun_of(*felt.flow).one, felt.p50, felt.p95);
}

/// How many fail; what more of them suffer from comes first.
std::string failing_text(const VariantView& view, const FlowView& felt) {
  const models::FlowStatistics& flow = *felt.statistics;
  const std::string text =
      part_of(flow.failed, flow.count, noun_of(*felt.flow).plural, failing(view, felt)) +
      cut_in_line_text(view, felt);
  return waits_more_than_it_fails(felt) ? fmt::format("{}, and {}", times(felt), text) : text;
}

}  // namespace

std::string blank_rows(const VariantView& view) {
  const StreamCount& streams = view.streams;
  if (streams.never_opened() == 0) return {};
  return never_opening(view, streams.never_opened());
}

std::string effect(const VariantView& view, const FlowView& felt) {
  const Noun noun = noun_of(*felt.flow);
  switch (felt.fate) {
    case Fate::starved:
      return never_reaching(felt);
    case Fate::unanswered:
      return without_answer(felt);
    case Fate::refused:
      return failing_text(view, felt);
    case Fate::none:
      return "nobody makes " + noun.one;
    case Fate::slow:
    case Fate::answered:
      break;
  }
  if (leaves_undone(felt)) {
    return fmt::format("{} takes {} at the median, and {}", noun.one, short_value(felt.p50),
                       going_nowhere(felt));
  }
  return times(felt);
}

std::string waiting_part(const VariantView& view, const FlowView& felt) {
  const bool told_by_failures =
      felt.fate == Fate::refused &&
      (!waits_more_than_it_fails(felt) || !cut_in_line_text(view, felt).empty());
  if (!waits_all_along(felt) || told_by_failures) return {};
  std::vector<std::string> parts;
  const auto share = [](double value) { return short_value(MetricInfo::Unit::ratio, value); };
  if (felt.stalled_share >= 0.1) {
    parts.push_back(fmt::format("{} of its time it is stalled in the browser{}",
                                share(felt.stalled_share), who_is_ahead(view)));
  }
  if (felt.queued_share >= 0.1) {
    parts.push_back(fmt::format("{} of its time it waits {}", share(felt.queued_share),
                                line_at_server(view, felt)));
  }
  if (felt.link.share() >= 0.1) {
    parts.push_back(share(felt.link.share()) +
                    " of its time it waits for others on the access link");
  }
  return parts.empty() ? "" : "; " + joined(parts);
}

}  // namespace sixslots::reports

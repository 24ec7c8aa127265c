#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricInfo;
using scenarios::MetricValue;

/// "14 of 20 event streams never open", or nothing.
std::string blank_rows(const VariantView& view) {
  const StreamCount& streams = view.streams;
  if (streams.never_opened() == 0) return {};
  return never_opening(view, streams.never_opened());
}

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

/// What becomes of the felt flow, without "with VARIANT".
std::string effect(const VariantView& view, const FlowView& felt) {
  const models::FlowStatistics& flow = *felt.statistics;
  const Noun noun = noun_of(*felt.flow);
  switch (felt.fate) {
    case Fate::starved:
      return never_reaching(felt);
    case Fate::unanswered:
      return part_of(flow.censored, flow.count, noun.plural,
                     {"reaches the server and gets no answer before the run ends",
                      "reach the server and get no answer before the run ends"});
    case Fate::refused:
      return part_of(flow.failed, flow.count, noun.plural, failing(view, felt)) +
             cut_in_line_text(view, felt);
    case Fate::none:
      return "nobody makes " + noun.one;
    case Fate::slow:
    case Fate::answered:
      break;
  }
  if (leaves_undone(felt)) {
    return fmt::format("{} takes {} at the median, and {}", noun.one, short_value(felt.p50),
                       starving(felt));
  }
  return fmt::format("{} takes {} at the median and {} at the 95th percentile", noun.one,
                     short_value(felt.p50), short_value(felt.p95));
}

/// "; 43 % of that it is stalled in the browser", or nothing.
std::string waiting_part(const VariantView& view, const FlowView& felt) {
  if (felt.fate != Fate::slow) return {};
  std::vector<std::string> parts;
  const auto share = [](double value) { return short_value(MetricInfo::Unit::ratio, value); };
  if (felt.stalled_share >= 0.1) {
    parts.push_back(share(felt.stalled_share) + " of its time it is stalled in the browser");
  }
  if (felt.queued_share >= 0.1) {
    parts.push_back(fmt::format("{} of its time it waits {}", share(felt.queued_share),
                                line_at_server(view, felt)));
  }
  return parts.empty() ? "" : "; " + joined(parts);
}

/// All variants whose felt flow has the fate of the worst one.
Group as_bad_as_the_worst(const Study& study) {
  const Fate worst = study.fate(study.variants[study.worst]);
  Group group;
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    if (study.fate(study.variants[i]) == worst) group.push_back(i);
  }
  return group;
}

/// "At the median it takes 165 ms with A, and 170 ms with B."
std::string cure_sentence(const Study& study, const std::vector<Group>& groups) {
  std::vector<std::string> parts;
  for (const Group& group : groups) {
    parts.push_back(fmt::format("{} with {}", median_of(study, group), name_of(study, group)));
  }
  return fmt::format(" At the median it takes {}.", fmt::join(parts, ", and "));
}

std::string what_is_wrong(const Study& study, const Group& bad) {
  const VariantView& worst = study.variants[study.worst];
  const FlowView& felt = study.felt(worst);
  const std::string with = sentence("with " + name_of(study, bad, "or"));
  if (bad.size() > 1) {
    if (felt.fate == Fate::starved || felt.fate == Fate::unanswered) {
      return fmt::format("{}, {} hangs. At worst, with {}, {}{}{}.", with, noun_of(*felt.flow).one,
                         name_of(worst), blank_rows(worst),
                         blank_rows(worst).empty() ? "" : " and ", effect(worst, felt));
    }
    return fmt::format("{}, {} {}. At worst, with {}, {}{}.", with, noun_of(*felt.flow).one,
                       felt.fate == Fate::refused ? "sometimes fails" : "waits", name_of(worst),
                       effect(worst, felt), waiting_part(worst, felt));
  }
  const std::string blank = blank_rows(worst);
  return fmt::format("{}, {}{}{}{}.", with, blank, blank.empty() ? "" : " and ",
                     effect(worst, felt), waiting_part(worst, felt));
}

/// "nobody makes the click: no page is in front", or why nobody could.
std::string nobody(const VariantView& view, const models::RequestFlow& flow) {
  const models::FleetSpec& fleet = view.world().fleet;
  std::string why = "the run is too short";
  const bool hidden = flow.tabs == models::FlowTabs::visible && fleet.hidden_share.value >= 1.0;
  if (fleet.session && fleet.session->mean() <= 0.0) {
    why = "users leave at once";
  } else if (hidden) {
    why = "no page is in front";
  } else if (const std::string blank = never_loads(view); !blank.empty()) {
    return blank;
  }
  return fmt::format("nobody makes {}: {}", noun_of(flow).one, why);
}

/// What a variant leaves undone of its flows, apart from a felt one that is told of: "the request
/// “autosave” never reaches the server".
std::string undone(const Study& study, const VariantView& view, bool felt_is_told) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < view.flows.size(); ++i) {
    if (!leaves_undone(view.flows[i]) || (i == study.flow && felt_is_told)) continue;
    parts.push_back(effect(view, view.flows[i]));
  }
  return joined(parts);
}

/// "with 6 rows in firefox, the request “autosave” never reaches the server.": of the first variant
/// that is not told of and leaves something undone.
std::string undone_besides(const Study& study, const Group& told) {
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    const bool is_told = std::ranges::find(told, i) != told.end();
    if (is_told && hangs(study.fate(study.variants[i]))) continue;
    const std::string text = undone(study, study.variants[i], is_told);
    if (text.empty()) continue;
    if (study.variants.size() == 1) return text + ".";
    return fmt::format("with {}, {}.", name_of(study.variants[i]), text);
  }
  return {};
}

/// Of the only variant.
std::string click_is_fine(const Study& study, const VariantView& only) {
  const std::string blank = blank_rows(only);
  const std::string other = undone(study, only, true);
  return sentence(fmt::format("{}with {}, {}{}{}.", other.empty() ? "Nothing hangs: " : "",
                              name_of(only), effect(only, study.felt(only)),
                              other.empty() ? "" : ", but " + other,
                              blank.empty() ? "" : ", but " + blank));
}

std::string nothing_hangs(const Study& study) {
  Group answered;
  Group unused;
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    (study.fate(study.variants[i]) == Fate::none ? unused : answered).push_back(i);
  }
  const FlowView& felt = study.felt(study.variants[study.worst]);
  const Noun noun = noun_of(*felt.flow);
  if (answered.empty()) {
    return sentence(nobody(study.variants[study.worst], *felt.flow)) + ".";
  }
  if (study.variants.size() == 1) return click_is_fine(study, study.variants.front());
  const std::string hanging = undone_besides(study, answered);
  const std::string_view lead = hanging.empty() ? "Nothing hangs: " : "";
  std::string text = sentence(fmt::format(
      "{}{} takes {} at the median in every variant{}, {} at the 95th percentile with {}.", lead,
      noun.one, median_of(study, answered), unused.empty() ? "" : " where somebody makes it",
      short_value(felt.p95), name_of(study.variants[study.worst])));
  if (!hanging.empty()) text += " But " + hanging;
  if (!unused.empty()) {
    text += fmt::format(" With {}, {}.", name_of(study, unused),
                        nobody(study.variants[unused.front()], *felt.flow));
  }
  for (const VariantView& view : study.variants) {
    const std::string blank = blank_rows(view);
    if (!blank.empty()) return text + fmt::format(" But with {}, {}.", name_of(view), blank);
  }
  return text;
}

std::string without_flow(const Study& study) {
  const VariantView& worst = study.variants[study.worst];
  const MetricValue peak = metric(*worst.result, "connections.peak");
  const MetricValue per_row = metric(*worst.result, "connections.per_row");
  std::string text = fmt::format("Nobody clicks here. With {}, {} connections are open at most",
                                 name_of(worst), short_value(peak));
  const std::string blank = blank_rows(worst);
  if (!blank.empty()) text += fmt::format(", and {}", blank);
  return text + fmt::format("; one more row wants {} more.", short_value(per_row));
}

std::string of_the_clicks(const Study& study) {
  if (!study.has_flow()) return without_flow(study);
  const Fate worst = study.fate(study.variants[study.worst]);
  if (worst == Fate::answered || worst == Fate::none) return nothing_hangs(study);
  const Group bad = as_bad_as_the_worst(study);
  const auto is_good = [&](const VariantView& view) {
    return study.fate(view) < worst && gets_through(study)(view);
  };
  const std::vector<Group> groups = cures(study, study.worst, is_good);
  std::string text = what_is_wrong(study, bad);
  if (!groups.empty()) {
    text += cure_sentence(study, groups);
  } else if (study.variants.size() > 1) {
    text += " None of the variants simulated here cures it.";
  }
  const std::string besides = undone_besides(study, bad);
  return besides.empty() ? text : text + " " + sentence(besides);
}

}  // namespace

std::string verdict(const Study& study) {
  if (study.variants.empty()) return "Nothing was simulated.";
  const std::string storm = storm_sentence(study);
  return of_the_clicks(study) + (storm.empty() ? "" : " " + storm);
}

}  // namespace sixslots::reports

#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "reports/effects.hpp"
#include "reports/evidence.hpp"
#include "reports/storm.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

using scenarios::MetricValue;

/// The felt flow has the fate of the worst variant, and gets through no more than it does there.
bool is_as_bad_as_the_worst(const Study& study, const VariantView& view) {
  const VariantView& worst = study.variants[study.worst];
  const Predicate passes = gets_through(study);
  return study.fate(view) == study.fate(worst) && (passes(worst) || !passes(view));
}

Group as_bad_as_the_worst(const Study& study) {
  Group group;
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    if (is_as_bad_as_the_worst(study, study.variants[i])) group.push_back(i);
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

/// What users of a variant suffer from, beside what is told.
struct Suffering {
  std::string what;    ///< "the click hangs"
  std::string effect;  ///< "the click never reaches the server"
  double harm = 0.0;   ///< the worst is told of
};

/// Variants that suffer from the same.
struct Sufferers {
  Group variants;
  Suffering worst;
  std::size_t where = 0;  ///< the variant of `worst`
};

/// "with 6 rows in firefox, the request “autosave” never reaches the server."
std::string text_of(const Study& study, const Sufferers& those) {
  if (study.variants.size() == 1) return those.worst.effect + ".";
  const std::string at_worst =
      fmt::format("with {}, {}.", name_of(study.variants[those.where]), those.worst.effect);
  if (those.variants.size() == 1) return at_worst;
  return fmt::format("with {}, {}; at worst, {}", name_of(study, those.variants, "or"),
                     those.worst.what, at_worst);
}

/// All variants that suffer from something, those together that do from the same; a sentence each.
std::string besides(const Study& study,
                    const std::function<std::optional<Suffering>(std::size_t)>& suffering) {
  std::vector<Sufferers> all;
  for (std::size_t i = 0; i < study.variants.size(); ++i) {
    std::optional<Suffering> its = suffering(i);
    if (!its) continue;
    const auto same = std::ranges::find_if(
        all, [&](const Sufferers& those) { return those.worst.what == its->what; });
    if (same == all.end()) {
      all.push_back({{i}, std::move(*its), i});
      continue;
    }
    same->variants.push_back(i);
    if (its->harm > same->worst.harm) {
      same->worst = std::move(*its);
      same->where = i;
    }
  }
  std::string text;
  for (const Sufferers& those : all) {
    const std::string one = text_of(study, those);
    text += text.empty() ? one : " " + sentence(one);
  }
  return text;
}

/// What a variant leaves undone of its flows, apart from a felt one that is told of.
std::optional<Suffering> undone(const Study& study, const VariantView& view, bool felt_is_told) {
  std::vector<std::string> nouns;
  std::vector<std::string> effects;
  double share = 0.0;
  for (std::size_t i = 0; i < view.flows.size(); ++i) {
    const FlowView& flow = view.flows[i];
    if (!leaves_undone(flow) || (i == study.flow && felt_is_told)) continue;
    nouns.push_back(noun_of(*flow.flow).one);
    effects.push_back(effect(view, flow));
    share += static_cast<double>(flow.statistics->censored + flow.statistics->given_up) /
             static_cast<double>(flow.statistics->count);
  }
  if (nouns.empty()) return std::nullopt;
  return Suffering{fmt::format("{} {}", joined(nouns), nouns.size() == 1 ? "hangs" : "hang"),
                   joined(effects), share};
}

/// Of the variants that are not told of as hanging.
std::string undone_besides(const Study& study, const Group& told) {
  return besides(study, [&](std::size_t i) -> std::optional<Suffering> {
    const bool is_told = std::ranges::find(told, i) != told.end();
    if (is_told && hangs(study.fate(study.variants[i]))) return std::nullopt;
    return undone(study, study.variants[i], is_told);
  });
}

std::string blank_besides(const Study& study) {
  return besides(study, [&](std::size_t i) -> std::optional<Suffering> {
    const VariantView& view = study.variants[i];
    if (view.streams.never_opened() == 0) return std::nullopt;
    return Suffering{fmt::format("some {} never open", streams_noun(view).plural), blank_rows(view),
                     static_cast<double>(view.streams.never_opened())};
  });
}

/// Nothing hangs where somebody makes requests: then it is said why others make none.
bool tells_of_unused(const Study& study) {
  const Fate worst = study.fate(study.variants[study.worst]);
  return worst == Fate::answered || worst == Fate::none;
}

/// Where users make requests all the same; of the others their page is all that is told.
std::string pages_besides(const Study& study) {
  return besides(study, [&](std::size_t i) -> std::optional<Suffering> {
    const VariantView& view = study.variants[i];
    const std::string failing = failing_pages(view);
    const bool is_told =
        study.has_flow() && study.fate(view) == Fate::none && tells_of_unused(study);
    if (failing.empty() || is_told) return std::nullopt;
    return Suffering{"some pages never load", failing, metric(*view.result, "pages.failed").value};
  });
}

/// Where waiting harms more users elsewhere.
std::string failing_besides(const Study& study, const Group& told) {
  return besides(study, [&](std::size_t i) -> std::optional<Suffering> {
    const VariantView& view = study.variants[i];
    const bool is_told = std::ranges::find(told, i) != told.end();
    if (is_told || study.fate(view) != Fate::refused) return std::nullopt;
    const FlowView& felt = study.felt(view);
    return Suffering{noun_of(*felt.flow).one + " sometimes fails", effect(view, felt),
                     static_cast<double>(felt.statistics->failed)};
  });
}

/// Of the only variant.
std::string click_is_fine(const Study& study, const VariantView& only) {
  const std::string blank = blank_rows(only);
  const std::optional<Suffering> also = undone(study, only, true);
  const std::string other = also ? also->effect : "";
  const bool is_fine = other.empty() && blank.empty() && failing_pages(only).empty() &&
                       study.felt(only).p95.value <= tolerable_wait;
  return sentence(fmt::format("{}with {}, {}{}{}.", is_fine ? "Nothing hangs: " : "", name_of(only),
                              effect(only, study.felt(only)), other.empty() ? "" : ", but " + other,
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
  const bool all_load = std::ranges::all_of(
      study.variants, [](const VariantView& view) { return failing_pages(view).empty(); });
  const std::string blank = blank_besides(study);
  const bool is_fine =
      hanging.empty() && blank.empty() && all_load && felt.p95.value <= tolerable_wait;
  const std::string_view lead = is_fine ? "Nothing hangs: " : "";
  std::string text = sentence(fmt::format(
      "{}{} takes {} at the median in every variant{}, {} at the 95th percentile with {}.", lead,
      noun.one, median_of(study, answered), unused.empty() ? "" : " where somebody makes it",
      short_value(felt.p95), name_of(study.variants[study.worst])));
  if (!hanging.empty()) text += " But " + hanging;
  if (!unused.empty()) {
    text += fmt::format(" With {}, {}.", name_of(study, unused),
                        nobody(study.variants[unused.front()], *felt.flow));
  }
  return blank.empty() ? text : text + " But " + blank;
}

std::string without_flow(const Study& study) {
  const VariantView& worst = study.variants[study.worst];
  const MetricValue peak = metric(*worst.result, "connections.peak");
  const MetricValue per_row = metric(*worst.result, "connections.per_row");
  std::string text = fmt::format("Nobody clicks here. With {}, {} {} open at most", name_of(worst),
                                 counted(whole_count(peak.value), "connection"),
                                 whole_count(peak.value) == 1 ? "is" : "are");
  const std::string blank = blank_rows(worst);
  if (!blank.empty()) text += fmt::format(", and {}", blank);
  const bool has_rows = per_row.kind == MetricValue::Kind::exact;
  if (has_rows) text += fmt::format("; one more row wants {} more", short_value(per_row));
  return text + ".";
}

std::string of_the_clicks(const Study& study) {
  if (!study.has_flow()) return without_flow(study);
  if (tells_of_unused(study)) return nothing_hangs(study);
  const Fate worst = study.fate(study.variants[study.worst]);
  const Group bad = as_bad_as_the_worst(study);
  const auto is_good = [&](const VariantView& view) {
    return study.fate(view) <= worst && gets_through(study)(view) &&
           !is_as_bad_as_the_worst(study, view);
  };
  const std::vector<Group> groups = cures(study, study.worst, is_good);
  std::string text = what_is_wrong(study, bad);
  if (!groups.empty()) {
    text += cure_sentence(study, groups);
  } else if (study.variants.size() > 1) {
    text += " None of the variants simulated here cures it.";
  }
  for (const std::string& besides :
       {undone_besides(study, bad), hangs(worst) ? "" : failing_besides(study, bad)}) {
    if (!besides.empty()) text += " " + sentence(besides);
  }
  return text;
}

}  // namespace

std::string verdict(const Study& study) {
  if (study.variants.empty()) return "Nothing was simulated.";
  std::string text = of_the_clicks(study);
  for (const std::string& besides : {pages_besides(study), storm_sentence(study)}) {
    if (!besides.empty()) text += " " + sentence(besides);
  }
  return text;
}

}  // namespace sixslots::reports

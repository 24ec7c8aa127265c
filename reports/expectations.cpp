#include "reports/expectations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/precision.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Verdict;

constexpr std::size_t most_failures = 10;
constexpr std::size_t most_passes = 2;

bool same(const scenarios::Expectation& a, const scenarios::Expectation& b) {
  return a.metric == b.metric && a.text == b.text && a.position.line == b.position.line;
}

std::string what(const Verdict& verdict) {
  return clean(fmt::format("{} {}", verdict.expectation.metric, verdict.expectation.text));
}

/// "FAIL click.starved == 0  stream-per-row, http/1.1: got 119 (dashboard.toml:12)"
void print_each(Sheet& sheet, const Span& lead, const std::vector<Fared::One>& those) {
  for (std::size_t i = 0; i < std::min(those.size(), most_failures); ++i) {
    const Verdict& verdict = *those[i].verdict;
    const scenarios::Position& place = verdict.expectation.position;
    std::string text =
        fmt::format("{}  {}: {}", what(verdict), those[i].label, found_text(verdict));
    if (place.line > 0) text += fmt::format(" ({}:{})", clean(place.file), place.line);
    sheet.paragraph(lead, text);
  }
  if (those.size() <= most_failures) return;
  sheet.paragraph(lead, fmt::format("{}  {} more variants", what(*those.front().verdict),
                                    those.size() - most_failures));
}

/// One line each, or one for all: "PASS click.starved == 0  7 variants: 0"
void print_passes(Sheet& sheet, const Fared& fared) {
  if (fared.passed.size() > most_passes) {
    std::vector<scenarios::MetricValue> measured;
    for (const Fared::One& one : fared.passed) measured.push_back(one.verdict->measured);
    sheet.paragraph({"PASS ", Ink::good},
                    fmt::format("{}  {} variants: {}", what(*fared.passed.front().verdict),
                                fared.passed.size(), short_range(measured)));
    return;
  }
  for (const Fared::One& one : fared.passed) {
    sheet.paragraph({"PASS ", Ink::good}, fmt::format("{}  {}: {}", what(*one.verdict), one.label,
                                                      short_value(one.verdict->measured)));
  }
}

}  // namespace

std::vector<Fared::One>& Fared::those_like(const Verdict& verdict) {
  using scenarios::Judgement;
  if (verdict.judgement == Judgement::pass) return passed;
  return verdict.judgement == Judgement::undecided ? open : failed;
}

const scenarios::Expectation& Fared::expectation() const {
  const auto& any = !failed.empty() ? failed : !open.empty() ? open : passed;
  return any.front().verdict->expectation;
}

std::string found_text(const Verdict& verdict) {
  const scenarios::MetricValue& measured = verdict.measured;
  const std::string text =
      fmt::format("got {}", measured.interval ? with_interval(measured) : short_value(measured));
  return verdict.cure.empty() ? text : text + "; " + verdict.cure;
}

std::vector<Fared> by_expectation(const scenarios::Results& results) {
  std::vector<Fared> all;
  for (const scenarios::VariantResult& result : results.variants) {
    for (const Verdict& verdict : result.verdicts) {
      const auto is_it = [&](const Fared& fared) {
        return same(fared.expectation(), verdict.expectation);
      };
      const auto found = std::ranges::find_if(all, is_it);
      Fared& fared = found == all.end() ? all.emplace_back() : *found;
      fared.those_like(verdict).push_back({&verdict, clean(result.variant.label)});
    }
  }
  return all;
}

void print_expectations(Sheet& sheet, const scenarios::Results& results) {
  const std::vector<Fared> all = by_expectation(results);
  if (all.empty()) return;
  sheet.blank();
  sheet.line("Expectations", Ink::strong);
  for (const Fared& fared : all) {
    print_each(sheet, {"FAIL ", Ink::bad}, fared.failed);
    print_each(sheet, {"OPEN ", Ink::strong}, fared.open);
    print_passes(sheet, fared);
  }
}

}  // namespace sixslots::reports

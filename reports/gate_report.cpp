#include "reports/gate_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/sheet.hpp"
#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Gated;
using scenarios::Judgement;

constexpr std::size_t most_of_a_kind = 20;

Span lead_of(Judgement judgement) {
  switch (judgement) {
    case Judgement::fail:
      return {"FAIL ", Ink::bad};
    case Judgement::undecided:
      return {"OPEN ", Ink::strong};
    case Judgement::pass:
      break;
  }
  return {"PASS ", Ink::good};
}

std::string line_of(const GateItem& item) {
  std::string text = item.name;
  if (!item.variant.empty()) text += "  " + item.variant;
  text += ": " + item.message;
  if (item.position.line > 0) {
    text += fmt::format(" ({}:{})", clean(item.position.file), item.position.line);
  }
  return text;
}

/// Those that fail or are undecided one by one, as far as anybody reads.
void print_open(Sheet& sheet, const std::vector<GateItem>& items, Judgement judgement) {
  std::size_t count = 0;
  for (const GateItem& item : items) {
    if (item.judgement != judgement || ++count > most_of_a_kind) continue;
    sheet.paragraph(lead_of(judgement), line_of(item));
  }
  if (count <= most_of_a_kind) return;
  sheet.paragraph(lead_of(judgement), fmt::format("… {} more", count - most_of_a_kind));
}

/// What passes in several variants is one line.
void print_passes(Sheet& sheet, const std::vector<GateItem>& items) {
  std::vector<std::pair<const GateItem*, std::size_t>> passes;
  for (const GateItem& item : items) {
    if (item.judgement != Judgement::pass) continue;
    const auto known = std::ranges::find_if(passes, [&](const auto& pass) {
      return item.kind == GateItem::Kind::expectation && pass.first->name == item.name;
    });
    if (known == passes.end()) {
      passes.emplace_back(&item, 1);
    } else {
      ++known->second;
    }
  }
  for (const auto& [item, count] : passes) {
    const Span lead = lead_of(Judgement::pass);
    if (count > 1) {
      sheet.paragraph(lead, fmt::format("{}  {}", item->name, counted(count, "variant")));
    } else {
      sheet.paragraph(lead, line_of(*item));
    }
  }
}

void print_drift(Sheet& sheet, const Gated& gated) {
  if (gated.drift && !gated.drift->passes()) {
    sheet.paragraph({}, reason_of(gated));
    if (!gated.updated) {
      sheet.paragraph({}, "If it is meant to be so, add --update-baseline and commit the file.");
    }
  }
  if (gated.updated) sheet.paragraph({}, "Written: " + clean(gated.baseline));
}

void print(Sheet& sheet, const Gated& gated) {
  sheet.paragraph({}, title_of(gated), Ink::strong);
  sheet.paragraph({}, fmt::format("{}: {}", clean(gated.file), summary_of(gated)));
  const std::vector<GateItem> items = gate_items(gated);
  print_open(sheet, items, Judgement::fail);
  print_open(sheet, items, Judgement::undecided);
  print_passes(sheet, items);
  print_drift(sheet, gated);
  sheet.paragraph(
      {},
      fmt::format("seed {}, {}, scenario {}, sixslots {}", gated.seed,
                  counted(static_cast<std::uint64_t>(gated.replications), "replication"),
                  gated.hash, gated.version),
      Ink::dim);
  sheet.blank();
}

}  // namespace

std::string gate_report(const scenarios::GateOutcome& outcome, const TerminalStyle& style) {
  Sheet sheet(style);
  for (const Gated& gated : outcome.scenarios) print(sheet, gated);
  sheet.paragraph(lead_of(outcome.passes() ? Judgement::pass : Judgement::fail),
                  summary_of(outcome), Ink::strong);
  return sheet.text();
}

}  // namespace sixslots::reports

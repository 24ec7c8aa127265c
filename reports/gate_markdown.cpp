#include <fmt/format.h>

#include <algorithm>

#include "reports/gate_report.hpp"
#include "reports/markdown_text.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Gated;
using scenarios::GateOutcome;
using scenarios::Judgement;

/// Of each scenario; a summary above a megabyte is refused by GitHub.
constexpr std::size_t most_rows = 100;

std::string_view sign_of(Judgement judgement) {
  switch (judgement) {
    case Judgement::fail:
      return "❌";
    case Judgement::undecided:
      return "⚠️";
    case Judgement::pass:
      break;
  }
  return "✅";
}

std::string row_of(const GateItem& item) {
  return markdown_row({std::string(sign_of(item.judgement)), markdown_text(item.name),
                       markdown_text(item.variant), markdown_text(item.message)});
}

std::string table_of(const std::vector<GateItem>& items) {
  std::string text = "| | what | variant | found |\n| :-- | :-- | :-- | :-- |\n";
  const std::size_t shown = std::min(items.size(), most_rows);
  for (std::size_t i = 0; i < shown; ++i) text += row_of(items[i]);
  if (shown < items.size()) text += fmt::format("\n… {} more\n", items.size() - shown);
  return text;
}

std::string details(const Gated& gated) {
  std::vector<GateItem> open = gate_items(gated);
  const auto first_pass = std::ranges::find(open, Judgement::pass, &GateItem::judgement);
  const std::vector<GateItem> passes(first_pass, open.end());
  open.erase(first_pass, open.end());
  std::string text;
  if (!open.empty()) text += table_of(open) + "\n";
  if (gated.drift && !gated.drift->passes()) text += markdown_text(reason_of(gated)) + "\n\n";
  if (!passes.empty()) {
    text += fmt::format("<details><summary>What passes: {}</summary>\n\n{}\n</details>\n\n",
                        passes.size(), table_of(passes));
  }
  return text;
}

}  // namespace

std::string gate_markdown(const GateOutcome& outcome) {
  std::string text = fmt::format("## {} sixslots check: {}\n\n",
                                 sign_of(outcome.passes() ? Judgement::pass : Judgement::fail),
                                 markdown_text(summary_of(outcome)));
  for (const Gated& gated : outcome.scenarios) {
    const bool passes = gated.passes(outcome.strictness);
    text += fmt::format("### {} {}\n\n`{}`: {}\n\n{}",
                        sign_of(passes ? Judgement::pass : Judgement::fail),
                        markdown_text(title_of(gated)), gated.file,
                        markdown_text(summary_of(gated)), details(gated));
  }
  return text;
}

}  // namespace sixslots::reports

#include <fmt/format.h>

#include "reports/gate_report.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Gated;
using scenarios::GateOutcome;
using scenarios::Judgement;

/// GitHub shows ten annotations of a kind for each step.
constexpr std::size_t most_shown = 10;

/// The data of a workflow command, and with ':' and ',' a property of it (actions/toolkit,
/// packages/core/src/command.ts).
std::string escaped(std::string_view raw, std::string_view special) {
  std::string text;
  for (const char c : raw) {
    const bool is_special = special.find(c) != std::string_view::npos;
    text += is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return text;
}
std::string as_data(std::string_view raw) { return escaped(raw, "%\r\n"); }
std::string as_property(std::string_view raw) { return escaped(raw, "%\r\n:,"); }

std::string annotation(std::string_view kind, const Gated& gated, const GateItem& item) {
  std::string text = fmt::format("::{} file={}", kind, as_property(item.position.file));
  if (item.position.line > 0) text += fmt::format(",line={}", item.position.line);
  if (item.position.column > 0) text += fmt::format(",col={}", item.position.column);
  const std::string variant = item.variant.empty() ? "" : item.variant + ": ";
  std::string message = variant + item.message;
  if (item.kind == GateItem::Kind::drift) message += "\n" + reason_of(gated);
  return text + fmt::format(",title={}::{}\n", as_property(item.name), as_data(message));
}

std::string annotations_of(const GateOutcome& outcome, Judgement judgement, std::string_view kind) {
  std::string text;
  std::size_t count = 0;
  for (const Gated& gated : outcome.scenarios) {
    for (const GateItem& item : gate_items(gated)) {
      if (item.judgement != judgement || ++count > most_shown) continue;
      text += annotation(kind, gated, item);
    }
  }
  if (count > most_shown) {
    text += fmt::format("{} more in the log or the files of sixslots check\n", count - most_shown);
  }
  return text;
}

}  // namespace

std::string gate_annotations(const GateOutcome& outcome) {
  const bool strict = outcome.strictness == scenarios::Strictness::strict;
  return annotations_of(outcome, Judgement::fail, "error") +
         annotations_of(outcome, Judgement::undecided, strict ? "error" : "warning");
}

}  // namespace sixslots::reports

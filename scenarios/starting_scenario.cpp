#include "scenarios/starting_scenario.hpp"

#include <fmt/format.h>

#include "scenarios/defaults.hpp"
#include "scenarios/key_paths.hpp"

namespace sixslots::scenarios {
namespace {

/// Keys that exclude others: of `arrivals`, process and rate stay.
constexpr std::string_view alternatives[] = {"request.N.arrivals.at", "request.N.arrivals.every",
                                             "request.N.arrivals.think", "request.N.arrivals.gap",
                                             "request.N.arrivals.first"};

constexpr std::string_view head =
    R"(# A scenario of sixslots. Every key is optional and shows its default; "sixslots explain KEY"
# says more about one. Keys behind a "#" follow from the preset above them, or exclude another.

)";

constexpr std::string_view tail = R"(
# Every combination of these values is simulated, on the same random numbers.
[compare]
"page.design" = ["stream-per-row", "single-stream"]

# What must hold, or the command fails; "sixslots list metrics" shows what can be named.
[expect]
# "click.latency.p99" = "< 300ms"
# "click.starved" = { single-stream = "== 0", otherwise = ">= 0" }
)";

bool is_alternative(const Key& key) {
  for (const std::string_view path : alternatives) {
    if (path == key.path) return true;
  }
  return false;
}

/// Scripts stand instead of a design, named paths instead of hops; events and a mix of browsers are
/// the exception.
bool is_of_another_kind(const Key& key) {
  return key.path == "path" || key.path.starts_with("named_path.") ||
         key.path.starts_with("tab.") || key.path.starts_with("event.") ||
         key.path.starts_with("fleet.browser.");
}

}  // namespace

std::string starting_scenario() {
  std::string text(head);
  std::string_view table;
  for (const Key& key : keys()) {
    if (is_of_another_kind(key)) continue;
    if (table_of(key.path) != table) {
      table = table_of(key.path);
      text += fmt::format("\n{}\n", section_name(table));
    }
    const std::string_view name = key.path.substr(table.empty() ? 0 : table.size() + 1);
    const bool commented = preset_of(key) != nullptr || is_alternative(key);
    text += fmt::format("# {}\n{}{} = {}\n", key.meaning, commented ? "#" : "", name,
                        example_value(key));
  }
  return text + std::string(tail);
}

}  // namespace sixslots::scenarios

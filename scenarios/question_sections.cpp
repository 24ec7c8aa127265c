#include "scenarios/question_sections.hpp"

#include <algorithm>
#include <array>

namespace sixslots::scenarios {
namespace {

constexpr std::array sections = {
    QuestionSection{
        "compare",
        R"(Each line lists values of a key. Every combination of them is a variant, and all variants meet the same
random numbers, so that they differ by what was compared alone. At most 10,000 variants.)",
        R"([compare]
"page.design"    = ["stream-per-row", "single-stream"]
"hop.0.protocol" = ["http/1.1", "h2"]
)"},
    QuestionSection{
        "expect",
        R"(Each line is a metric and what must hold for it: `<`, `<=`, `>`, `>=`, `==` or `!=`, and a limit. A table
makes it depend on the variant: compared values that the variant must have, with spaces between them, and
`otherwise` for the variants that no line names. Where two keys take the same value, write `key=value`.)",
        R"([expect]
"connections.peak" = "<= 6"
"click.starved"    = { "stream-per-row http/1.1" = ">= 1", otherwise = "== 0" }
)"},
};

}  // namespace

std::span<const QuestionSection> question_sections() { return sections; }

const QuestionSection* find_question_section(std::string_view name) {
  const auto* found = std::ranges::find(sections, name, &QuestionSection::name);
  return found == sections.end() ? nullptr : found;
}

}  // namespace sixslots::scenarios

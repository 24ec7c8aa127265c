#pragma once

#include <span>
#include <string_view>

namespace sixslots::scenarios {

/// A section of the file that asks of what the others describe: what stands in it is no key of its
/// own, but another section's key, or a metric.
struct QuestionSection {
  std::string_view name;     ///< "expect"
  std::string_view meaning;  ///< in Markdown, in lines of a page
  std::string_view example;  ///< in TOML, with the section's header
};

std::span<const QuestionSection> question_sections();

/// The section of that name, or nullptr.
const QuestionSection* find_question_section(std::string_view name);

}  // namespace sixslots::scenarios

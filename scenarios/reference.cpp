#include "scenarios/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/defaults.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/key_paths.hpp"
#include "scenarios/key_values.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/question_sections.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::string_view introduction = R"(# Scenario files

A scenario is a [TOML](https://toml.io) file. Every key is optional; an unknown one is an error. This
page lists all of them as `sixslots explain` does, and `sixslots init` writes a complete file to start
from. A key is called by its table and name, as in `page.rows`, on the command line (`--set
page.rows=40`, `--vary page.rows=1:64`), in `[compare]` and by `sixslots explain page.rows`. In `hop.N`
and `request.N` the N counts from 0; a request may be called by its name too, as in
`request.click.service`.
)";

/// A cell of a table, in which a bar would end it.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

std::string default_cell(const Key& key) {
  const std::string value = default_value(key);
  if (value.empty()) return "none";
  const Key* preset = preset_of(key);
  if (preset == nullptr) return fmt::format("`{}`", value);
  return fmt::format("by `{}`: `{}`", preset->path.substr(section_of(preset->path).size() + 1),
                     value);
}

std::string value_cell(const Key& key) {
  return std::holds_alternative<Choice>(key.field) ? "one of the names below" : allowed_values(key);
}

/// The tables of the file: "run", "browser", ..., "request.N"; "" for the keys before all of them.
std::vector<std::string_view> tables() {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    if (std::ranges::find(names, table_of(key.path)) == names.end())
      names.push_back(table_of(key.path));
  }
  return names;
}

std::string choices_in(std::string_view table) {
  std::string text;
  for (const Key& key : keys()) {
    const Choice* choice = std::get_if<Choice>(&key.field);
    if (choice == nullptr || table_of(key.path) != table) continue;
    text += fmt::format("\n`{}`:\n\n", key.path);
    for (const NameInfo& info : choice->names()) {
      text += fmt::format("- `\"{}\"`: {}\n", info.name, info.meaning);
    }
  }
  return text;
}

std::string table_text(std::string_view table) {
  std::string text =
      table.empty() ? "\n## Before all tables\n" : fmt::format("\n## `{}`\n", section_name(table));
  if (const std::string_view like = same_keys_as(table); !like.empty()) {
    return text + fmt::format("\nThe keys of `{}`.\n", section_name(like));
  }
  text += "\n| key | takes | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : keys()) {
    if (table_of(key.path) != table) continue;
    const std::string_view name = key.path.substr(table.empty() ? 0 : table.size() + 1);
    text += fmt::format("| `{}` | {} | {} | {} |\n", name, cell(value_cell(key)),
                        cell(default_cell(key)), cell(key.meaning));
  }
  return text + choices_in(table);
}

std::string unit_line(const Measure& measure) {
  std::vector<std::string_view> suffixes;
  for (const Unit& unit : measure.units) suffixes.push_back(unit.suffix);
  return fmt::format("- a {}: {}\n", measure.noun, enumerate(suffixes, "`", "or"));
}

std::string units() {
  std::string text =
      "\n## Units\n\nA value with a dimension is a text with its unit, as in `\"1.5s\"`; a bare "
      "number is an error. Only a share may do without: `0.05` is `\"5 %\"`. Values are exact: "
      "`\"0.1s\"` is 100,000,000 ns.\n\n";
  for (const Measure* measure :
       {&durations(), &sizes(), &bit_rates(), &event_rates(), &byte_rates()}) {
    text += unit_line(*measure);
  }
  return text;
}

std::string distributions() {
  std::string text =
      "\n## Distributions\n\nA duration alone is a constant. Otherwise a table, such as "
      "`{ distribution = \"lognormal\", median = \"35ms\", p95 = \"120ms\" }`:\n\n"
      "| distribution | parameters | meaning |\n|---|---|---|\n";
  for (const DistributionForm& form : distribution_forms()) {
    std::vector<std::string_view> names;
    for (const DistributionParameter& parameter : form.parameters) names.push_back(parameter.name);
    text += fmt::format("| `\"{}\"` | {} | {} |\n", form.name, enumerate(names, "`"), form.meaning);
  }
  return text;
}

std::string metrics() {
  std::string text =
      "\n## Metrics\n\nFLOW is the name of a request.\n\n| metric | meaning |\n|---|---|\n";
  for (const MetricInfo& metric : metric_patterns()) {
    text += fmt::format("| `{}` | {} |\n", metric.name, metric.meaning);
  }
  return text;
}

std::string questions() {
  std::string text;
  for (const QuestionSection& section : question_sections()) {
    text += fmt::format("\n## `[{}]`\n\n{}\n\n```toml\n{}```\n", section.name, section.meaning,
                        section.example);
  }
  return text;
}

}  // namespace

std::string reference_markdown() {
  std::string text(introduction);
  for (const std::string_view table : tables()) text += table_text(table);
  return text + units() + distributions() + questions() + metrics();
}

}  // namespace sixslots::scenarios

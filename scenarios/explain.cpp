#include "scenarios/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/defaults.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/key_paths.hpp"
#include "scenarios/key_values.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/question_sections.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::size_t width = 80;

/// A word in the margin, and a text beside it, in lines of at most 80 columns.
std::string paragraph(std::string_view margin, std::string_view text, std::size_t indent = 10) {
  std::string line = fmt::format("{:<{}}", margin, indent);
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (line.size() > indent && line.size() + 1 + word.size() > width) {
      result += line + '\n';
      line = std::string(indent, ' ');
    }
    line += fmt::format("{}{}", line.size() > indent ? " " : "", word);
    begin = end + 1;
  }
  return result + line + '\n';
}

std::string list_item(std::string_view name, std::string_view meaning, std::size_t longest) {
  return paragraph(fmt::format("{:10}{}", "", name), meaning, 10 + longest + 2);
}

std::string name_lines(const std::vector<NameInfo>& infos) {
  std::size_t longest = 0;
  for (const NameInfo& info : infos) longest = std::max(longest, info.name.size());
  std::string lines;
  for (const NameInfo& info : infos) lines += list_item(info.name, info.meaning, longest);
  return lines;
}

bool takes_distribution(const Key& key) {
  return std::holds_alternative<Place<sim::Distribution>>(key.field) ||
         std::holds_alternative<Place<std::optional<sim::Distribution>>>(key.field);
}

std::string distribution_lines() {
  std::string lines;
  for (const DistributionForm& form : distribution_forms()) {
    std::vector<std::string_view> names;
    for (const DistributionParameter& parameter : form.parameters) names.push_back(parameter.name);
    lines += list_item(form.name, fmt::format("{}: {}", enumerate(names), form.meaning), 16);
  }
  return lines;
}

/// Which presets give which value: chrome 256; firefox and safari "none".
std::string preset_values(const Key& key) {
  const std::vector<NameInfo> presets = std::get<Choice>(preset_of(key)->field).names();
  std::vector<std::pair<std::string, std::vector<std::string_view>>> groups;
  for (const NameInfo& preset : presets) {
    const std::string value = value_of_preset(key, preset.name);
    const auto group = std::ranges::find(groups, value, [](const auto& g) { return g.first; });
    if (group == groups.end()) {
      groups.push_back({value, {preset.name}});
    } else {
      group->second.push_back(preset.name);
    }
  }
  std::string text;
  for (const auto& [value, names] : groups) {
    text += fmt::format("{}{} of {}", text.empty() ? "" : "; ", value, enumerate(names));
  }
  return groups.size() == 1 ? "the same for all" : text;
}

/// A line of the file: [page] rows = 20
std::string example(const Key& key) {
  const std::string_view table = table_of(key.path);
  const std::string_view name = key.path.substr(table.empty() ? 0 : table.size() + 1);
  const std::string header = table.empty() ? "" : section_name(table) + " ";
  return fmt::format("{:<10}{}{} = {}\n", "example", header, name, example_value(key));
}

std::string explain_key(const Key& key) {
  std::string text = fmt::format("{}\n", key.path) + paragraph("", key.meaning);
  if (const Choice* choice = std::get_if<Choice>(&key.field)) {
    text += paragraph("takes", "one of") + name_lines(choice->names());
  } else {
    text += paragraph("takes", allowed_values(key));
  }
  if (takes_distribution(key)) text += distribution_lines();
  const std::string value = default_value(key);
  text += fmt::format("{:<10}{}\n", "default", value.empty() ? "none" : value);
  if (const Key* preset = preset_of(key)) {
    text += paragraph("presets", fmt::format("{} ({})", preset_values(key), preset->path));
  }
  return text + example(key);
}

std::string explain_section(std::string_view section) {
  std::string text;
  for (const Key& key : keys()) {
    const bool inside = section.empty() || key.path.rfind(fmt::format("{}.", section), 0) == 0;
    if (inside) text += fmt::format("{}\n", key.path) + paragraph("", key.meaning);
  }
  return text;
}

/// The text as a terminal shows it: without Markdown's quotes and ends of lines.
std::string plain(std::string_view markdown) {
  std::string text(markdown);
  std::erase(text, '`');
  std::ranges::replace(text, '\n', ' ');
  return text;
}

std::string explain_question(const QuestionSection& section) {
  const std::string text =
      fmt::format("{}\n", section.name) + paragraph("", plain(section.meaning));
  return fmt::format("{}example\n{}", text, section.example);
}

const MetricInfo* metric_like(std::string_view name) {
  if (const MetricInfo* metric = find_metric(metric_patterns(), name)) return metric;
  const std::size_t dot = std::min(name.find('.'), name.size());
  if (name.starts_with("hop.")) {
    const std::size_t next = std::min(name.find('.', dot + 1), name.size());
    return find_metric(metric_patterns(), fmt::format("hop.N{}", name.substr(next)));
  }
  return find_metric(metric_patterns(), fmt::format("FLOW{}", name.substr(dot)));
}

/// "requests.rat": what the page's own metrics begin with begins no key.
std::optional<std::string> nearest_of_the_page(std::string_view name, std::size_t dot) {
  std::vector<std::string_view> names;
  for (const MetricInfo& metric : metric_patterns()) {
    if (metric.name.substr(0, metric.name.find('.')) == name.substr(0, dot)) {
      names.push_back(metric.name);
    }
  }
  const std::vector<std::string_view> sections = names_in("");
  if (std::ranges::find(sections, name.substr(0, dot)) != sections.end()) return std::nullopt;
  const std::optional<std::string_view> near = nearest_name(name, names);
  return near ? std::optional(std::string(*near)) : std::nullopt;
}

/// "click.latency.p96": the flow is known, and the metric is not.
std::optional<std::string> nearest_metric(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  if (const auto near = nearest_of_the_page(name, dot)) return near;
  const std::string like = fmt::format("FLOW{}", name.substr(dot));
  std::vector<std::string_view> names;
  for (const MetricInfo& metric : metric_patterns()) names.push_back(metric.name);
  const std::optional<std::string_view> near = nearest_name(like, names);
  if (!near || !near->starts_with("FLOW.")) return std::nullopt;
  return fmt::format("{}{}", name.substr(0, dot), near->substr(near->find('.')));
}

}  // namespace

std::string explain(std::string_view subject) {
  const std::string like = pattern(subject);
  if (const Key* key = find_key(like)) return explain_key(*key);
  if (const QuestionSection* question = find_question_section(subject)) {
    return explain_question(*question);
  }
  const std::string section = explain_section(is_list(like) ? like + ".N" : like);
  if (!section.empty()) return section;
  if (const MetricInfo* metric = metric_like(subject)) {
    return fmt::format("{}\n", metric->name) + paragraph("", metric->meaning);
  }
  if (const std::optional<std::string> metric = nearest_metric(subject)) {
    throw Error({"explain", 0, 0}, fmt::format("unknown metric '{}'; did you mean '{}'? \"sixslots "
                                               "list metrics\" shows all",
                                               subject, *metric));
  }
  throw Error({"explain", 0, 0}, unknown_key(subject));
}

}  // namespace sixslots::scenarios

#include "scenarios/distributions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using Names = std::vector<std::string_view>;
using sim::Distribution;

constexpr std::string_view example = R"({ distribution = "exponential", mean = "50ms" })";

Names parameter_names(const DistributionForm& form) {
  Names names;
  for (const DistributionParameter& parameter : form.parameters) names.push_back(parameter.name);
  return names;
}

/// "median and p95, or mean and scv"
std::string parameters_of(std::string_view name) {
  std::string text;
  for (const DistributionForm& form : distribution_forms()) {
    if (form.name != name) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", or ", enumerate(parameter_names(form)));
  }
  return text;
}

bool gives(const Value& table, const DistributionForm& form) {
  const auto given = [&](std::string_view name) { return find(table, name) != nullptr; };
  return table.entries.size() == form.parameters.size() + 1 &&
         std::ranges::all_of(parameter_names(form), given);
}

std::string_view form_name(const Value& table, const Subject& subject) {
  Names known;
  for (const DistributionForm& form : distribution_forms()) {
    if (std::ranges::find(known, form.name) == known.end()) known.push_back(form.name);
  }
  const Value* name = find(table, "distribution");
  if (name == nullptr) {
    fail(subject,
         fmt::format("the table does not say which distribution; write one such as {}", example));
  }
  const auto found = std::ranges::find(known, name->text);
  if (found != known.end() && name->type == Value::Type::text) return *found;
  fail({name->position, subject.name},
       fmt::format("unknown distribution {}{}", describe(*name),
                   advice(nearest_name(name->text, known), "known are " + enumerate(known))));
}

const DistributionForm& chosen_form(const Value& table, const Subject& subject) {
  const std::string_view name = form_name(table, subject);
  std::string given;
  for (const Entry& entry : table.entries) {
    if (entry.key != "distribution")
      given += fmt::format("{}{}", given.empty() ? "" : ", ", entry.key);
  }
  for (const DistributionForm& form : distribution_forms()) {
    if (form.name == name && gives(table, form)) return form;
  }
  fail(subject, fmt::format("the distribution \"{}\" takes {}, not {}", name, parameters_of(name),
                            given.empty() ? "nothing" : given));
}

Argument duration_argument(const DistributionParameter& parameter, const Value& value,
                           const Subject& subject) {
  const bool textual = value.type != Value::Type::table && value.type != Value::Type::list;
  const sim::Duration duration = parse_duration(textual ? value.text : describe(value), subject);
  const auto nanoseconds = static_cast<double>(duration.count());
  if (nanoseconds < parameter.low || nanoseconds > parameter.high) {
    const auto limit = [](double v) { return print(sim::Duration(std::llround(v))); };
    fail(subject, fmt::format("{} is out of range; write a duration from {} to {}", describe(value),
                              limit(parameter.low), limit(parameter.high)));
  }
  return {duration, 0.0};
}

Argument number_argument(const DistributionParameter& parameter, const Value& value,
                         const Subject& subject) {
  const bool whole = parameter.type == DistributionParameter::Type::whole_number;
  const bool fits =
      value.type == Value::Type::integer || (!whole && value.type == Value::Type::real);
  const double number = fits ? parse_number(value.text, subject) : 0.0;
  if (!fits || number < parameter.low || number > parameter.high) {
    fail(subject, fmt::format("{} is not allowed; write a {} from {} to {}", describe(value),
                              whole ? "whole number" : "number", parameter.low, parameter.high));
  }
  return {{}, number};
}

Argument argument(const DistributionParameter& parameter, const Value& table,
                  const Subject& subject) {
  const Value& value = *find(table, parameter.name);
  const Subject inner{value.position, fmt::format("{}, {}", subject.name, parameter.name)};
  if (parameter.type == DistributionParameter::Type::duration) {
    return duration_argument(parameter, value, inner);
  }
  return number_argument(parameter, value, inner);
}

std::string print_argument(const DistributionParameter& parameter, double value) {
  if (parameter.type == DistributionParameter::Type::duration) {
    return quoted(print(sim::Duration(std::llround(value * 1e9))));
  }
  return fmt::format("{:.9g}", value);
}

std::string print_as(const DistributionForm& form, const Distribution& distribution) {
  const std::array<double, 3> values = form.values(distribution);
  std::string text = fmt::format("distribution = \"{}\"", form.name);
  for (std::size_t i = 0; i < form.parameters.size(); ++i) {
    text += fmt::format(", {} = {}", form.parameters[i].name,
                        print_argument(form.parameters[i], values[i]));
  }
  return fmt::format("{{ {} }}", text);
}

}  // namespace

sim::Distribution parse_distribution(const Value& value, const Subject& subject) {
  if (value.type != Value::Type::table) {
    if (value.type == Value::Type::list || value.type == Value::Type::flag) {
      fail(subject, fmt::format("{} is not allowed; write a duration, or a table such as {}",
                                describe(value), example));
    }
    return Distribution::constant(parse_duration(value.text, subject));
  }
  const DistributionForm& form = chosen_form(value, subject);
  std::vector<Argument> arguments;
  for (const DistributionParameter& parameter : form.parameters) {
    arguments.push_back(argument(parameter, value, subject));
  }
  if (form.order == DistributionForm::Order::ascending &&
      arguments[1].duration < arguments[0].duration) {
    fail(subject,
         fmt::format("{} is below {}: {} < {}", form.parameters[1].name, form.parameters[0].name,
                     print(arguments[1].duration), print(arguments[0].duration)));
  }
  return form.make(arguments);
}

std::string print(const sim::Distribution& distribution) {
  if (distribution.kind() == Distribution::Kind::constant) {
    return quoted(print(distribution.quantile(0.5)));
  }
  std::string best;
  for (const DistributionForm& form : distribution_forms()) {
    if (form.kind != distribution.kind()) continue;
    const std::string text = print_as(form, distribution);
    if (best.empty() || text.size() < best.size()) best = text;
  }
  return best;
}

}  // namespace sixslots::scenarios

#include "scenarios/key_values.hpp"

#include <fmt/format.h>

#include "scenarios/distributions.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using models::BitRate;
using models::Bytes;
using sim::Distribution;
using sim::Duration;

bool is_scalar(const Value& value) {
  return value.type != Value::Type::list && value.type != Value::Type::table;
}

/// Puts a checked value into a place of each type.
struct Assign {
  const Key& key;
  Scenario& scenario;
  std::size_t index;
  const Value& value;
  const Subject& subject;

  void operator()(Place<std::string> place) const {
    if (value.type != Value::Type::text && !(value.unquoted && is_scalar(value))) refuse();
    place(scenario, index) = value.text;
  }
  void operator()(Place<bool> place) const {
    if (value.type != Value::Type::flag) refuse();
    place(scenario, index) = value.text == "true";
  }
  void operator()(Place<int> place) const {
    place(scenario, index) = is_word() ? 0 : static_cast<int>(whole_number());
  }
  void operator()(Place<std::optional<int>> place) const {
    std::optional<int> number;
    if (!is_word()) number = static_cast<int>(whole_number());
    place(scenario, index) = number;
  }
  void operator()(Place<std::uint64_t> place) const {
    place(scenario, index) = static_cast<std::uint64_t>(whole_number());
  }
  void operator()(Place<double> place) const {
    const double rate = parse_event_rate(quantity(), subject);
    if (rate * 1e6 < static_cast<double>(key.range.low)) out_of_range();
    if (rate * 1e6 > static_cast<double>(key.range.high)) out_of_range();
    place(scenario, index) = rate;
  }
  void operator()(Place<Duration> place) const {
    place(scenario, index) = is_word() ? Duration{} : duration();
  }
  void operator()(Place<std::optional<Duration>> place) const {
    std::optional<Duration> time;
    if (!is_word()) time = duration();
    place(scenario, index) = time;
  }
  void operator()(Place<Bytes> place) const {
    const Bytes size = parse_size(quantity(), subject);
    place(scenario, index) = {checked(size.count)};
  }
  void operator()(Place<BitRate> place) const {
    const BitRate rate = parse_bit_rate(quantity(), subject);
    place(scenario, index) = rate.unlimited() ? rate : BitRate{checked(rate.bits_per_second)};
  }
  void operator()(Place<std::vector<Duration>> place) const;
  void operator()(Place<Distribution> place) const {
    place(scenario, index) = parse_distribution(value, subject);
  }
  void operator()(Place<std::optional<Distribution>> place) const {
    std::optional<Distribution> law;
    if (!is_word()) law = parse_distribution(value, subject);
    place(scenario, index) = law;
  }
  void operator()(Place<Ratio> place) const {
    place(scenario, index) = is_word() ? Ratio{} : ratio();
  }
  void operator()(const Choice& choice) const;

 private:
  [[noreturn]] void refuse() const {
    const bool needless_quotes =
        value.type == Value::Type::text && parse_unquoted(value.text, {}).type != Value::Type::text;
    fail(subject, fmt::format("{} is not allowed; write {}{}", describe(value), allowed_values(key),
                              needless_quotes ? ", without quotes" : ""));
  }
  [[noreturn]] void out_of_range() const {
    fail(subject,
         fmt::format("{} is out of range; write {}", describe(value), allowed_values(key)));
  }
  [[nodiscard]] bool is_word() const {
    return value.type == Value::Type::text && !key.word.empty() && value.text == key.word;
  }
  [[nodiscard]] std::int64_t checked(std::int64_t number) const {
    if (number < key.range.low || number > key.range.high) out_of_range();
    return number;
  }
  [[nodiscard]] std::int64_t whole_number() const {
    if (value.type != Value::Type::integer) refuse();
    return checked(parse_count(value.text, subject));
  }
  /// The text of a number with a unit.
  [[nodiscard]] const std::string& quantity() const {
    const bool number = value.type == Value::Type::integer || value.type == Value::Type::real;
    if (!number && value.type != Value::Type::text) refuse();
    return value.text;
  }
  [[nodiscard]] Ratio ratio() const {
    const Ratio ratio{parse_ratio(quantity(), subject)};
    if (ratio.value * 1e6 < static_cast<double>(key.range.low)) out_of_range();
    if (ratio.value * 1e6 > static_cast<double>(key.range.high)) out_of_range();
    return ratio;
  }
  [[nodiscard]] Duration duration() const {
    return Duration(checked(parse_duration(quantity(), subject).count()));
  }
};

/// The items of a list; on the command line, `10s,12s` is one too.
std::vector<Value> items_of(const Value& value) {
  std::vector<Value> items = value.items;
  if (value.type == Value::Type::list) return items;
  std::string_view rest = value.text;
  for (std::size_t comma = 0; comma != std::string_view::npos;) {
    comma = rest.find(',');
    items.push_back(parse_unquoted(rest.substr(0, comma), value.position));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return items;
}

void Assign::operator()(Place<std::vector<Duration>> place) const {
  if (value.type != Value::Type::list && !(value.unquoted && is_scalar(value))) refuse();
  std::vector<Duration> durations;
  for (const Value& item : items_of(value)) {
    const Subject at_item{item.position, subject.name};
    durations.push_back(Assign{key, scenario, index, item, at_item}.duration());
  }
  place(scenario, index) = durations;
}

void Assign::operator()(const Choice& choice) const {
  if (!is_scalar(value)) refuse();
  std::vector<std::string_view> names;
  for (const NameInfo& info : choice.names()) {
    if (info.name == value.text) return choice.choose(scenario, index, info.name);
    names.push_back(info.name);
  }
  const std::string rest = "write " + allowed_values(key);
  fail(subject, fmt::format("{} is unknown{}", describe(value),
                            advice(nearest_name(value.text, names), rest)));
}

}  // namespace

void assign(const Key& key, Scenario& scenario, std::size_t index, const Value& value,
            const Subject& subject) {
  std::visit(Assign{key, scenario, index, value, subject}, key.field);
  if (key.then != nullptr) key.then(scenario, index);
}

}  // namespace sixslots::scenarios

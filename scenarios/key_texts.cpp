#include <fmt/format.h>

#include "scenarios/distributions.hpp"
#include "scenarios/key_values.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

using models::BitRate;
using models::Bytes;
using sim::Distribution;
using sim::Duration;

/// Says what each type of key takes.
struct Allowed {
  const Range& range;

  std::string operator()(Place<std::string>) const { return "a text"; }
  std::string operator()(Place<bool>) const { return "true or false"; }
  std::string operator()(Place<int>) const { return whole_number(); }
  std::string operator()(Place<std::optional<int>>) const { return whole_number(); }
  std::string operator()(Place<std::uint64_t>) const { return whole_number(); }
  std::string operator()(Place<double>) const {
    const auto rate = [](std::int64_t millionths) {
      return print_event_rate(static_cast<double>(millionths) / 1e6);
    };
    return fmt::format("a rate from {} to {}", rate(range.low), rate(range.high));
  }
  std::string operator()(Place<Duration>) const { return duration(); }
  std::string operator()(Place<std::optional<Duration>>) const { return duration(); }
  std::string operator()(Place<Bytes>) const {
    const auto limit = [](std::int64_t count) { return print(Bytes{count}); };
    return fmt::format("a size from {} to {}", limit(range.low), limit(range.high));
  }
  std::string operator()(Place<BitRate>) const {
    const auto limit = [](std::int64_t count) { return print(BitRate{count}); };
    return fmt::format("a bit rate from {} to {}, or \"{}\"", limit(range.low), limit(range.high),
                       unlimited_rate);
  }
  std::string operator()(Place<std::vector<Duration>>) const {
    return "a list of durations, such as [\"10s\", \"12s\"]";
  }
  std::string operator()(Place<Distribution>) const { return "a duration or a distribution"; }
  std::string operator()(Place<std::optional<Distribution>>) const {
    return "a duration or a distribution";
  }
  std::string operator()(Place<Ratio>) const {
    const auto percent = [](std::int64_t millionths) {
      return static_cast<double>(millionths) / 1e4;
    };
    const double least = percent(range.low);
    const double most = percent(range.high);
    return fmt::format("a share from \"{} %\" to \"{} %\", or from {} to {} without a unit", least,
                       most, least / 100.0, most / 100.0);
  }
  std::string operator()(const Choice& choice) const {
    const std::vector<NameInfo> infos = choice.names();
    std::vector<std::string_view> names;
    for (const NameInfo& info : infos) names.push_back(info.name);
    return enumerate(names, "\"", "or");
  }

 private:
  [[nodiscard]] std::string whole_number() const {
    return fmt::format("a whole number from {} to {}", range.low, range.high);
  }
  [[nodiscard]] std::string duration() const {
    const auto limit = [](std::int64_t count) { return print(Duration(count)); };
    return fmt::format("a duration from {} to {}", limit(range.low), limit(range.high));
  }
};

/// Writes what is in a place of each type, as TOML.
struct Print {
  std::string_view word;
  Scenario& scenario;
  std::size_t index;

  std::string operator()(Place<std::string> place) const { return quoted(at(place)); }
  std::string operator()(Place<bool> place) const { return at(place) ? "true" : "false"; }
  std::string operator()(Place<int> place) const {
    return at(place) == 0 && !word.empty() ? quoted(word) : std::to_string(at(place));
  }
  std::string operator()(Place<std::optional<int>> place) const {
    return at(place) ? std::to_string(*at(place)) : quoted(word);
  }
  std::string operator()(Place<std::uint64_t> place) const { return std::to_string(at(place)); }
  std::string operator()(Place<double> place) const { return quoted(print_event_rate(at(place))); }
  std::string operator()(Place<Duration> place) const {
    const bool absent = at(place) == Duration{} && !word.empty();
    return quoted(absent ? std::string(word) : print(at(place)));
  }
  std::string operator()(Place<std::optional<Duration>> place) const {
    return quoted(at(place) ? print(*at(place)) : std::string(word));
  }
  std::string operator()(Place<Bytes> place) const { return quoted(print(at(place))); }
  std::string operator()(Place<BitRate> place) const { return quoted(print(at(place))); }
  std::string operator()(Place<std::vector<Duration>> place) const {
    std::string items;
    for (const Duration time : at(place)) {
      items += fmt::format("{}{}", items.empty() ? "" : ", ", quoted(print(time)));
    }
    return fmt::format("[{}]", items);
  }
  std::string operator()(Place<Distribution> place) const { return print(at(place)); }
  std::string operator()(Place<std::optional<Distribution>> place) const {
    return at(place) ? print(*at(place)) : quoted(word);
  }
  std::string operator()(Place<Ratio> place) const {
    const double ratio = at(place).value;
    return quoted(ratio == 0.0 && !word.empty() ? std::string(word)
                                                : fmt::format("{:.10g} %", ratio * 100.0));
  }
  std::string operator()(const Choice& choice) const {
    return quoted(choice.chosen(scenario, index));
  }

 private:
  template <class T>
  T& at(Place<T> place) const {
    return place(scenario, index);
  }
};

}  // namespace

std::string allowed_values(const Key& key) {
  const std::string text = std::visit(Allowed{key.range}, key.field);
  return key.word.empty() ? text : fmt::format("{}, or \"{}\"", text, key.word);
}

std::string print_value(const Key& key, Scenario scenario, std::size_t index) {
  return std::visit(Print{key.word, scenario, index}, key.field);
}

}  // namespace sixslots::scenarios

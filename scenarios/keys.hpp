#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/scenario.hpp"

namespace sixslots::scenarios {

/// Where a key's value lives in a scenario; the number is the N of `hop.N` and `request.N`.
template <class T>
using Place = T& (*)(Scenario&, std::size_t);

/// One of the names that a key allows.
struct NameInfo {
  std::string_view name;
  std::string_view meaning;
};

/// What taking a name does besides.
enum class Effect : std::uint8_t {
  sets_one_value,
  presets_section,  ///< sets its whole section; the section's other keys override it
};

/// A key whose values are names.
struct Choice {
  std::vector<NameInfo> (*names)();
  void (*choose)(Scenario&, std::size_t, std::string_view name);  ///< a name out of names()
  std::string_view (*chosen)(Scenario&, std::size_t);
  Effect effect = Effect::sets_one_value;
};

/// The type of the place decides what a key's value looks like; a double is a rate of events.
using Field =
    std::variant<Place<std::string>, Place<bool>, Place<int>, Place<std::uint64_t>, Place<double>,
                 Place<Ratio>, Place<sim::Duration>, Place<models::Bytes>, Place<models::BitRate>,
                 Place<std::vector<sim::Duration>>, Place<sim::Distribution>,
                 Place<std::optional<int>>, Place<std::optional<sim::Duration>>,
                 Place<std::optional<sim::Distribution>>, Choice>;

/// The allowed values, in base units: nanoseconds, bytes, bits per second, millionths of an event
/// per second or of a whole.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

/// Everything about one key of the scenario file. Files, --set, [compare], `explain`, the
/// reference, the starting scenario and the JSON schema all read this.
struct Key {
  std::string_view path;  ///< "hop.N.protocol"
  Field field;
  Range range = {};
  std::string_view word = {};  ///< for a place that is 0 or empty: "never", "unlimited"
  std::string_view meaning;
  void (*then)(Scenario&, std::size_t) = nullptr;  ///< what setting it entails
};

/// All keys in the order of the file; a section's preset stands before what overrides it.
std::span<const Key> keys();

/// The key of that path, or nullptr: "hop.N.protocol".
const Key* find_key(std::string_view path);

/// The key whose choice sets this key as well, such as browser.profile, or nullptr.
const Key* preset_of(const Key& key);

/// Taking one of the key's names sets its whole section.
bool presets_section(const Key& key);

/// "hop.N.rtt" -> "hop.N"; "title" -> "".
std::string_view section_of(std::string_view path);

/// The table of the file that a key stands in: also "request.N" for "request.N.arrivals.rate".
std::string_view table_of(std::string_view path);

/// The table whose keys this one repeats, or "": a named path's hop has the keys of a hop.
std::string_view same_keys_as(std::string_view table);

/// A section that stands in the file any number of times: "hop", "tab.N.action".
bool is_list(std::string_view section);

/// The names that may follow a section, in order: of "page.updates", rate and size; of "", the
/// sections.
std::vector<std::string_view> names_in(std::string_view section);

}  // namespace sixslots::scenarios

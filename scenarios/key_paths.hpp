#pragma once

#include <string>
#include <string_view>

#include "scenarios/keys.hpp"

namespace sixslots::scenarios {

/// A key of a certain hop or request of a scenario.
struct Address {
  const Key* key = nullptr;
  std::size_t index = 0;
  std::string path;  ///< "hop.0.protocol"
};

/// Finds `page.rows`, `hop.0.protocol`, `request.0.service` or `request.click.service`; throws an
/// Error that names the nearest key.
Address locate(std::string_view path, const Scenario& scenario, const Position& position);

/// A located path for people to read, with the request's name: "request.0.service" ->
/// "request.click.service".
std::string by_name(std::string_view path, const Scenario& scenario);

/// What tells the keys of later hops from those of the first: "hop.1.workers" -> " of hop 1"; empty
/// for all others.
std::string of_which_hop(std::string_view path);

/// The key table's name for a path: "hop.0.protocol" -> "hop.N.protocol".
std::string pattern(std::string_view path);

/// Says that a key is unknown, which one it may have been, and what its section has.
std::string unknown_key(std::string_view path);

/// What a message calls a section of the key table: "[page]", "[[hop]]", "'page.updates'",
/// "a scenario".
std::string section_name(std::string_view section);

}  // namespace sixslots::scenarios

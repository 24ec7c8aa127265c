#include <algorithm>

#include "scenarios/key_tables.hpp"
#include "scenarios/named_paths.hpp"

namespace sixslots::scenarios {

namespace {

template <auto Member>
constexpr auto named_path = +[](Scenario& s, std::size_t i) -> auto& {
  return s.paths[i].*Member;
};

/// The networks, and none.
constexpr std::string_view unchanged = "unchanged";
constexpr Choice network_of_path{
    .names =
        [] {
          std::vector<NameInfo> infos{{unchanged, "the scenario's own"}};
          for (const models::NetworkPath& network : models::networks()) {
            infos.push_back({network.name, network.summary});
          }
          return infos;
        },
    .choose =
        [](Scenario& scenario, std::size_t index, std::string_view name) {
          scenario.paths[index].network = models::find_network(name);
        },
    .chosen = [](Scenario& scenario, std::size_t index) -> std::string_view {
      const models::NetworkPath* network = scenario.paths[index].network;
      return network == nullptr ? unchanged : network->name;
    },
};

}  // namespace

std::span<const Key> keys_of_named_paths() {
  static const Key table[] = {
      {.path = "named_path.N.name",
       .field = named_path<&NamedPath::name>,
       .meaning = "What `path` calls it; its hops are [[named_path.hop]]."},
      {.path = "named_path.N.network",
       .field = network_of_path,
       .meaning = "The way between the browser and its first hop."},
      {.path = "named_path.N.rtt",
       .field = named_path<&NamedPath::rtt>,
       .range = any_duration,
       .word = "the network's",
       .meaning = "Round trip between the browser and its first hop."},
  };
  return table;
}

}  // namespace sixslots::scenarios

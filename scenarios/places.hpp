#pragma once

#include "scenarios/keys.hpp"

/// Where the values of keys live: `hop<&HopSpec::rtt>` is the rtt of hop N. Several members lead
/// inwards, so the expressions fold over the operator `.*`.
namespace sixslots::scenarios {

template <auto... Members>
inline constexpr auto run = +[](Scenario& s, std::size_t) -> auto& {
  return (s.run.*....*Members);
};
template <auto... Members>
inline constexpr auto world = +[](Scenario& s, std::size_t) -> auto& {
  return (s.world.*....*Members);
};
template <auto... Members>
inline constexpr auto browser = world<&models::WorldSpec::browser, Members...>;
template <auto... Members>
inline constexpr auto network = world<&models::WorldSpec::network, Members...>;
template <auto... Members>
inline constexpr auto page = world<&models::WorldSpec::page, Members...>;
template <auto... Members>
inline constexpr auto hop = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.world.hops[i].*....*Members);
};
/// The number of a named path's hop says which path it is of, too.
inline constexpr std::size_t hops_of_a_path = 1'000'000;
template <auto... Members>
inline constexpr auto named_hop = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.paths[i / hops_of_a_path].hops[i % hops_of_a_path].*....*Members);
};
template <auto... Members>
inline constexpr auto request = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.world.requests[i].*....*Members);
};

template <auto... Members>
inline constexpr auto event = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.world.events[i].*....*Members);
};

/// The number of an action says which tab it is in, too.
inline constexpr std::size_t actions_of_a_tab = 1'000'000;
template <auto... Members>
inline constexpr auto tab = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.tabs[i].*....*Members);
};
template <auto... Members>
inline constexpr auto action = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.tabs[i / actions_of_a_tab].actions[i % actions_of_a_tab].*....*Members);
};

}  // namespace sixslots::scenarios

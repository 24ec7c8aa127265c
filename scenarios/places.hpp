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
template <auto... Members>
inline constexpr auto request = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.world.requests[i].*....*Members);
};

}  // namespace sixslots::scenarios

#pragma once

#include <type_traits>

#include "models/design.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/names.hpp"
#include "scenarios/places.hpp"

namespace sixslots::scenarios {

/// The choice of an enumeration's value by its name: `named<tls_names, hop<&HopSpec::tls>>`.
template <const auto& Names, auto Where>
inline constexpr Choice named{
    .names =
        [] {
          std::vector<NameInfo> infos;
          for (const auto& row : Names) infos.push_back({row.name, row.meaning});
          return infos;
        },
    .choose =
        [](Scenario& scenario, std::size_t index, std::string_view name) {
          for (const auto& row : Names) {
            if (row.name == name) Where(scenario, index) = row.value;
          }
        },
    .chosen = [](Scenario& scenario, std::size_t index) -> std::string_view {
      for (const auto& row : Names) {
        if (row.value == Where(scenario, index)) return row.name;
      }
      return {};
    },
};

/// The choice of a row of a table by its name; the place holds a copy of the row, or points at it.
template <auto Rows, auto Name, auto Where, Effect Entails>
inline constexpr Choice row_of{
    .names =
        [] {
          std::vector<NameInfo> infos;
          for (const auto& row : Rows()) infos.push_back({row.*Name, row.summary});
          return infos;
        },
    .choose =
        [](Scenario& scenario, std::size_t index, std::string_view name) {
          auto& chosen = Where(scenario, index);
          for (const auto& row : Rows()) {
            if (row.*Name != name) continue;
            if constexpr (std::is_pointer_v<std::remove_reference_t<decltype(chosen)>>) {
              chosen = &row;
            } else {
              chosen = row;
            }
          }
        },
    .chosen = [](Scenario& scenario, std::size_t index) -> std::string_view {
      const auto& chosen = Where(scenario, index);
      if constexpr (std::is_pointer_v<std::remove_reference_t<decltype(chosen)>>) {
        return chosen->*Name;
      } else {
        return chosen.*Name;
      }
    },
    .effect = Entails,
};

inline constexpr Choice browser_choice =
    row_of<models::browser_profiles, &models::BrowserProfile::name, browser<>,
           Effect::presets_section>;
inline constexpr Choice network_choice =
    row_of<models::networks, &models::NetworkPath::name, network<>, Effect::presets_section>;
inline constexpr Choice design_choice =
    row_of<models::designs, &models::Design::name, page<&models::PageSpec::design>,
           Effect::sets_one_value>;

}  // namespace sixslots::scenarios

#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::BrowserShare;
using models::FleetSpec;

template <auto... Members>
constexpr auto fleet = world<&models::WorldSpec::fleet, Members...>;

template <auto... Members>
constexpr auto other_browser = +[](Scenario& s, std::size_t i) -> auto& {
  return (s.world.fleet.browsers[i].*....*Members);
};

constexpr Choice profile_choice =
    row_of<models::browser_profiles, &models::BrowserProfile::name,
           other_browser<&BrowserShare::profile>, Effect::sets_one_value>;

}  // namespace

std::span<const Key> keys_of_fleet() {
  static const Key table[] = {
      {.path = "fleet.users",
       .field = fleet<&FleetSpec::users>,
       .range = {1, 2'000'000},
       .meaning =
           "Users of the app, each with a browser and its tabs; the hops serve all of them."},
      {.path = "fleet.arrive_within",
       .field = fleet<&FleetSpec::arrive_within>,
       .range = any_duration,
       .meaning = "They come in this time."},
      {.path = "fleet.arrival",
       .field = named<arrival_names, fleet<&FleetSpec::arrival>>,
       .meaning = "How they come in it."},
      {.path = "fleet.arrival_rate",
       .field = fleet<&FleetSpec::arrival_rate>,
       .range = {0, 100'000 * per_second},
       .meaning =
           "Further users keep coming at random, so many on average, to the end of the run."},
      {.path = "fleet.session",
       .field = fleet<&FleetSpec::session>,
       .range = some_time,
       .word = "to the end",
       .meaning = "How long a user stays: then the tabs are closed."},
      {.path = "fleet.most_tabs",
       .field = fleet<&FleetSpec::most_tabs>,
       .range = {1, 1'000},
       .word = "browser.tabs",
       .meaning = "Each user has between browser.tabs and this many tabs, all as likely."},
      {.path = "fleet.hidden_share",
       .field = fleet<&FleetSpec::hidden_share>,
       .range = any_share,
       .meaning = "Users who have the app in the background: they make no requests of the tab in "
                  "front, and their browsers slow the page's timers."},
      {.path = "fleet.browser.N.profile",
       .field = profile_choice,
       .meaning = "The browser of some of the users; the others have that of [browser]."},
      {.path = "fleet.browser.N.share",
       .field = other_browser<&BrowserShare::share>,
       .range = any_share,
       .meaning = "How many of the users."},
  };
  return table;
}

}  // namespace sixslots::scenarios

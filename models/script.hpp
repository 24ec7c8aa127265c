#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/action.hpp"
#include "models/observer.hpp"
#include "models/world.hpp"
#include "sim/random.hpp"

namespace sixslots::models {

/// A server that the pages talk to.
struct ScriptedOrigin {
  std::vector<HopSpec> hops;
  bool is_page = true;  ///< each page host is an origin of its own on this server
};

/// A page or several, action by action: a measured case, a recorded page, a lesson.
struct Script {
  BrowserProfile browser;
  NetworkPath network;
  std::vector<ScriptedOrigin> origins;  ///< the first one serves the pages
  std::vector<ScriptedTab> tabs;
  std::vector<std::string> names;  ///< of requests
  Duration duration{};
  std::vector<ServerEvent> events;  ///< of the first server
};

/// What became of a tab's own document.
struct TabOutcome {
  sim::Moment loaded;
  sim::Moment navigation_arrived;
};

/// What a script did. Times count from the start of the simulation; the script starts at `start`.
struct ScriptOutcome {
  Observations seen;
  Time start;
  std::vector<TabOutcome> tabs;
  std::vector<int> connections;  ///< that each server accepted (the app, behind a proxy)
};

/// The registrable domain of a host, taken to be its last two labels: where browsers keep sites
/// apart, the tabs of one share connections.
std::string_view site_of(std::string_view host);

/// Plays a script on pages that were loaded before it starts, one after another, and that have come
/// to rest; what is on its way when it ends still arrives.
ScriptOutcome run_script(const Script& script, const sim::RandomSource& random);

/// Plays the tabs of a scenario from time 0 on, each opened at its time.
Observations run_scripted(const WorldSpec& spec, const RunSpec& run);

}  // namespace sixslots::models

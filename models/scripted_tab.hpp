#pragma once

#include <map>
#include <vector>

#include "models/browser.hpp"
#include "models/script.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace sixslots::models {

/// A scripted tab at work.
struct TabRun {
  TabRun(sim::Simulation& simulation, Browser& in, const ScriptedTab& what, std::size_t index)
      : browser(&in),
        spec(&what),
        number(static_cast<std::int32_t>(index)),
        page(simulation),
        outside_page(simulation) {}

  Browser* browser;
  const ScriptedTab* spec;
  std::int32_t number;
  std::vector<PoolGroup*> groups;  ///< one for each server of the script
  TabOutcome outcome;
  std::map<std::int32_t, sim::ProcessRef> closable;  ///< event sources and WebSockets, by name
  sim::Scope page;                                   ///< what ends when the tab navigates away
  sim::Scope outside_page;                           ///< the navigation itself
};

/// Loads the tab's document at `opens`, then does what the script says, from `start` on.
sim::Process open_tab(TabRun& tab, Time opens, Time start);

}  // namespace sixslots::models

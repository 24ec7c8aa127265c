#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/browser.hpp"
#include "models/script.hpp"
#include "sim/process.hpp"
#include "sim/random.hpp"

namespace sixslots::models {

/// The JavaScript timers of a tab. Those of a hidden tab are woken once in a period, all together,
/// at moments that have nothing to do with the script's.
class PageTimers {
 public:
  /// `period` 0: timers fire when they are due.
  PageTimers(Duration period, sim::RandomStream random) : period_(period) {
    if (period > Duration::zero()) {
      phase_ = Duration(random.below(static_cast<std::uint64_t>(period.count())));
    }
  }

  /// When a timer that is due then fires.
  [[nodiscard]] Time fires(Time due) const {
    if (period_ == Duration::zero()) return due;
    const Duration since = due - sim::start_of_time - phase_;
    const std::int64_t periods = (since.count() + period_.count() - 1) / period_.count();
    return sim::start_of_time + phase_ + period_ * periods;
  }

 private:
  Duration period_;
  Duration phase_{};
};

/// A scripted tab at work.
struct TabRun {
  TabRun(sim::Simulation& simulation, Browser& in, const ScriptedTab& what, std::size_t index,
         const sim::RandomSource& random)
      : browser(&in),
        spec(&what),
        number(static_cast<std::int32_t>(index)),
        timers(what.hidden ? in.profile().hidden_timer_period : Duration{},
               random.stream("tab/" + std::to_string(index), sim::Purpose::phase)),
        page(simulation),
        outside_page(simulation) {}

  Browser* browser;
  const ScriptedTab* spec;
  std::int32_t number;
  std::uint32_t requests = 0;  ///< so far
  PageTimers timers;
  std::vector<PoolGroup*> groups;           ///< one for each server of the script
  std::map<std::string, PoolGroup*> hosts;  ///< ... and for each host that its actions name
  TabOutcome outcome;
  std::map<std::int32_t, sim::ProcessRef> closable;  ///< event sources and WebSockets, by name
  sim::Scope page;                                   ///< what ends when the tab navigates away
  sim::Scope outside_page;                           ///< the navigation itself
};

/// Loads the tab's document at `opens`, then does what the script says, from `start` on.
sim::Process open_tab(TabRun& tab, Time opens, Time start);

}  // namespace sixslots::models

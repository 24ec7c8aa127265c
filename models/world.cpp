#include "models/world.hpp"

#include <deque>

#include "models/design.hpp"
#include "models/flow.hpp"
#include "models/page.hpp"
#include "models/script.hpp"

namespace sixslots::models {

namespace {

/// One browser, one app and the path between them, in the order that they depend on each other.
class World {
 public:
  World(const WorldSpec& spec, const RunSpec& run)
      : spec_(spec),
        run_(run),
        observer_(simulation_, spec.requests.size(), run.keep_records),
        path_(spec.hops, observer_),
        feed_(simulation_, spec.page.rows),
        browser_(simulation_, spec.browser, spec.network, run.random, observer_),
        app_{browser_,
             browser_.pool.group(origin_, 0),
             feed_,
             spec.page,
             spec.hops.back(),
             run.random,
             {}},
        processes_(simulation_) {
    set_up(origin_, path_, spec.network);
  }

  Observations simulate() {
    feed_.start(spec_.page.updates, run_.random);
    processes_.spawn(open_tabs());
    for (const ServerEvent& event : spec_.events) processes_.spawn(happen(event));
    if (run_.warm_up > Duration::zero()) {
      simulation_.run_until(sim::start_of_time + run_.warm_up);
      observer_.end_warm_up();
    }
    simulation_.run_until(sim::start_of_time + run_.duration);
    for (Page& page : pages_) page.finish();
    return observer_.finish();
  }

 private:
  // The user works in the first tab; the others are opened after it, one at a time.
  sim::Process open_tabs() {
    for (int tab = 0; tab < spec_.tabs; ++tab) {
      Page& page = pages_.emplace_back(app_, tab);
      page.spawn(page.load());
      start_flows(spec_, page, tab, run_.random);
      co_await simulation_.delay(spec_.tab_interval);
    }
  }

  sim::Process happen(const ServerEvent& event) {
    co_await simulation_.until(sim::start_of_time + event.at);
    go_down(origin_, event, simulation_.now());
    browser_.pool.server_went_down(origin_);
  }

  const WorldSpec& spec_;
  const RunSpec& run_;
  sim::Simulation simulation_;
  Observer observer_;
  Path path_;
  Origin origin_;
  Feed feed_;
  Browser browser_;
  App app_;
  std::deque<Page> pages_;
  sim::Scope processes_;
};

}  // namespace

Observations run(const WorldSpec& spec, const RunSpec& run) {
  if (!spec.scripted.empty()) return run_scripted(spec, run);
  World world(spec, run);
  return world.simulate();
}

}  // namespace sixslots::models

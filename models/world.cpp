#include "models/world.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <vector>

#include "models/design.hpp"
#include "models/flow.hpp"
#include "models/page.hpp"
#include "models/script.hpp"

namespace sixslots::models {

namespace {

/// A user: a browser, its view of the app and its tabs.
struct User {
  User(sim::Simulation& simulation, const WorldSpec& spec, const sim::RandomSource& random,
       Observer& observer, Origin& origin, Feed& feed)
      : browser(simulation, spec.browser, spec.network, random, observer),
        app{browser, browser.pool.group(origin, 0), feed, spec.page, spec.hops.back()} {}

  Browser browser;
  App app;
  std::vector<std::unique_ptr<Page>> pages;  // a deque would take a block for each user
};

/// The users, the app and the path between them, in the order that they depend on each other.
class World {
 public:
  World(const WorldSpec& spec, const RunSpec& run)
      : spec_(spec),
        run_(run),
        observer_(simulation_, spec.requests.size(), run.keep_records),
        path_(spec.hops, observer_),
        feed_(simulation_, spec.page.rows),
        processes_(simulation_) {
    set_up(origin_, path_, spec.network);
    for (const ServerEvent& event : spec.events) prepare(origin_, event);
  }

  Observations simulate() {
    feed_.start(spec_.page.updates, run_.random);
    processes_.spawn(users_arrive());
    for (const ServerEvent& event : spec_.events) processes_.spawn(happen(event));
    const bool goes_on = run_until(run_.warm_up);
    if (run_.warm_up > Duration::zero()) observer_.end_warm_up();
    if (goes_on) run_until(run_.duration);
    for (User& user : users_) {
      for (const auto& page : user.pages) page->finish();
    }
    Observations seen = observer_.finish();
    if (!spec_.events.empty() && seen.last_back) {
      seen.recovery = *seen.last_back - (sim::start_of_time + spec_.events.front().at);
    }
    return seen;
  }

 private:
  /// False: it was ended before.
  bool run_until(Duration end) {
    if (end == Duration::zero()) return true;
    if (!run_.goes_on) {
      simulation_.run_until(sim::start_of_time + end);
      return true;
    }
    constexpr int parts = 100;
    const int first =
        static_cast<int>((simulation_.now() - sim::start_of_time) * parts / run_.duration);
    for (int i = first + 1; i <= parts; ++i) {
      const Duration until = std::min(run_.duration / parts * i, end);
      simulation_.run_until(sim::start_of_time + until);
      if (!run_.goes_on(static_cast<double>(i) / parts)) return false;
      if (until == end) break;
    }
    simulation_.run_until(sim::start_of_time + end);
    return true;
  }

  sim::Process users_arrive() {
    const Duration gap = spec_.fleet.arrive_within / spec_.fleet.users;
    for (int number = 0; number < spec_.fleet.users; ++number) {
      sim::RandomSource random = run_.random;
      random.user = static_cast<std::uint32_t>(number);
      User& user = users_.emplace_back(simulation_, spec_, random, observer_, origin_, feed_);
      processes_.spawn(open_tabs(user, random));
      if (gap > Duration::zero()) co_await simulation_.delay(gap);
    }
  }

  // The user works in the first tab; the others are opened after it, one at a time.
  sim::Process open_tabs(User& user, sim::RandomSource random) {
    for (int tab = 0; tab < spec_.tabs; ++tab) {
      Page& page = *user.pages.emplace_back(std::make_unique<Page>(user.app, tab));
      page.spawn(page.load());
      start_flows(spec_, page, tab, random);
      co_await simulation_.delay(spec_.tab_interval);
    }
  }

  sim::Process happen(const ServerEvent& event) {
    co_await simulation_.until(sim::start_of_time + event.at);
    go_down(origin_, event, simulation_.now());
    if (event.hop > 0) co_return;
    for (User& user : users_) user.browser.pool.server_went_down(origin_);
  }

  const WorldSpec& spec_;
  const RunSpec& run_;
  sim::Simulation simulation_;
  Observer observer_;
  Path path_;
  Origin origin_;
  Feed feed_;
  std::deque<User> users_;
  sim::Scope processes_;
};

}  // namespace

Observations run(const WorldSpec& spec, const RunSpec& run) {
  if (!spec.scripted.empty()) return run_scripted(spec, run);
  World world(spec, run);
  return world.simulate();
}

}  // namespace sixslots::models

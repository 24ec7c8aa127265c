#include "models/script.hpp"

#include <algorithm>
#include <deque>
#include <tuple>

#include "models/browser.hpp"
#include "models/progress.hpp"
#include "models/scripted_tab.hpp"

namespace sixslots::models {

namespace {

// Pages are loaded one after another and are idle for a while when the script starts.
constexpr Duration settled = std::chrono::milliseconds(400);

// What is on its way when the watch ends still gets into the servers' logs.
constexpr Duration to_collect_results = std::chrono::milliseconds(100);

Duration load_time(const Script& script) {
  constexpr int round_trips = 5;  // TCP, TLS, the request, and some to spare
  return script.network.dns + script.network.rtt * round_trips + std::chrono::milliseconds(100);
}

double size_of(const Script& script) {
  double actions = 0.0;
  for (const ScriptedTab& tab : script.tabs) actions += static_cast<double>(tab.actions.size());
  return actions;
}

Time start_of_rested(const Script& script) {
  const auto tabs = static_cast<std::int64_t>(script.tabs.size());
  return sim::start_of_time + settled + load_time(script) * tabs;
}

/// All tabs of a script, what they share and the servers.
class ScriptWorld {
 public:
  /// The script's times count from `start`.
  ScriptWorld(const Script& script, Time start, const sim::RandomSource& random, std::size_t flows,
              bool keep_records)
      : script_(script),
        random_(random),
        observer_(simulation_, flows, keep_records),
        progress_(simulation_, observer_, size_of(script)),
        start_(start),
        processes_(simulation_) {
    for (const ScriptedOrigin& origin : script.origins) {
      servers_.emplace_back(origin.hops, observer_);
    }
  }

  void play(Time until, Duration warm_up) {
    int loads = 0;
    for (const ScriptedTab& spec : script_.tabs) {
      TabRun& tab =
          tabs_.emplace_back(simulation_, browser(spec.context), spec, tabs_.size(), random_);
      find_groups(tab);
      const Time opens = spec.opens_at ? start_ + *spec.opens_at
                                       : sim::start_of_time + load_time(script_) * loads++;
      processes_.spawn(open_tab(tab, opens, start_));
    }
    for (const ServerEvent& event : script_.events) processes_.spawn(happen(event));
    if (warm_up > Duration::zero()) {
      run_until(sim::start_of_time + warm_up);
      observer_.end_warm_up();
      for (auto& [context, browser] : browsers_) browser.pool.tell_levels();
    }
    run_until(until);
  }

  ScriptOutcome outcome() {
    ScriptOutcome result;
    result.start = start_;
    for (const TabRun& tab : tabs_) result.tabs.push_back(tab.outcome);
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      int accepted = 0;
      for (const NamedOrigin& known : origins_) {
        if (known.server == i) accepted += known.origin.accepted;
      }
      result.connections.push_back(servers_[i].has_proxy() ? servers_[i].connections_to_app()
                                                           : accepted);
    }
    result.seen = observer_.finish();
    return result;
  }

 private:
  void run_until(Time end) {
    while (!simulation_.run_until(end, events_between_questions)) progress_.look();
  }

  Browser& browser(int context) {
    for (auto& [known, browser] : browsers_) {
      if (known == context) return browser;
    }
    browsers_.emplace_back(
        std::piecewise_construct, std::forward_as_tuple(context),
        std::forward_as_tuple(simulation_, script_.browser, script_.network, random_, observer_));
    return browsers_.back().second;
  }

  // Every host name is an origin of its own, though one server answers for all of them.
  Origin& origin(std::size_t server, const std::string& host) {
    const std::string name = script_.origins[server].is_page ? host : std::string();
    for (NamedOrigin& known : origins_) {
      if (known.server == server && known.host == name) return known.origin;
    }
    NamedOrigin& added = origins_.emplace_back();
    added.server = server;
    added.host = name;
    set_up(added.origin, servers_[server], script_.network);
    if (server == 0) {
      for (const ServerEvent& event : script_.events) prepare(added.origin, event);
    }
    return added.origin;
  }

  PoolGroup& group(const TabRun& tab, std::size_t server, const std::string& host) {
    const std::string_view top_level_site = site_of(tab.spec->page_host);
    return tab.browser->pool.group(origin(server, host), sim::entity_id(top_level_site));
  }

  // Those of the servers, and of the hosts that the tab's actions name.
  void find_groups(TabRun& tab) {
    for (std::size_t i = 0; i < script_.origins.size(); ++i) {
      tab.groups.push_back(&group(tab, i, tab.spec->page_host));
    }
    for (const Action& action : tab.spec->actions) {
      if (!action.host.empty()) tab.hosts[action.host] = &group(tab, 0, action.host);
    }
  }

  sim::Process happen(const ServerEvent& event) {
    co_await simulation_.until(start_ + event.at);
    const Time ends = event.ends(simulation_.now());
    observer_.event_begins(ends);
    Origin* first = nullptr;  // of those that share the server's workers
    for (NamedOrigin& known : origins_) {
      if (known.server != 0) continue;
      if (first == nullptr || event.kind != ServerEvent::Kind::worker_loss) {
        begin(known.origin, event, simulation_.now());
      } else {
        known.origin.goes_down.pulse();
      }
      if (first == nullptr) first = &known.origin;
    }
    if (takes_connections(event)) {
      const Duration to_know = script_.network.way_back();
      if (to_know > Duration::zero()) co_await simulation_.delay(to_know);
      browsers_know();
    }
    co_await simulation_.until(ends);
    if (first != nullptr) end(*first, event);
  }

  // That the first server has closed all connections.
  void browsers_know() {
    for (NamedOrigin& known : origins_) {
      if (known.server != 0) continue;
      for (auto& [context, browser] : browsers_) browser.pool.server_went_down(known.origin);
    }
  }

  struct NamedOrigin {
    std::size_t server = 0;
    std::string host;
    Origin origin;
  };

  const Script& script_;
  sim::RandomSource random_;
  sim::Simulation simulation_;
  Observer observer_;
  Progress progress_;
  Time start_;
  std::deque<Path> servers_;
  std::deque<NamedOrigin> origins_;
  std::deque<std::pair<int, Browser>> browsers_;
  std::deque<TabRun> tabs_;
  sim::Scope processes_;
};

}  // namespace

std::string_view site_of(std::string_view host) {
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return host;
  const std::size_t before = host.rfind('.', last - 1);
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

ScriptOutcome run_script(const Script& script, const sim::RandomSource& random) {
  const Time start = start_of_rested(script);
  ScriptWorld world(script, start, random, 0, true);
  world.play(start + script.duration + to_collect_results, Duration::zero());
  return world.outcome();
}

Observations run_scripted(const WorldSpec& spec, const RunSpec& run) {
  Script script;
  script.browser = spec.browser;
  script.network = spec.network;
  script.origins = {{spec.hops, true}};
  script.tabs = spec.scripted;
  for (ScriptedTab& tab : script.tabs) {
    std::ranges::stable_sort(tab.actions, {}, &Action::at);
    if (!tab.opens_at) tab.opens_at = Duration::zero();
  }
  script.events = spec.events;
  ScriptWorld world(script, sim::start_of_time, run.random, spec.requests.size(), run.keep_records);
  world.play(sim::start_of_time + run.duration, run.warm_up);
  return world.outcome().seen;
}

}  // namespace sixslots::models

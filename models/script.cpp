#include "models/script.hpp"

#include <deque>
#include <tuple>

#include "models/browser.hpp"
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

/// All tabs of a script, what they share and the servers.
class ScriptWorld {
 public:
  ScriptWorld(const Script& script, const sim::RandomSource& random)
      : script_(script),
        random_(random),
        observer_(simulation_, 0, true),
        start_(sim::start_of_time + settled +
               load_time(script) * static_cast<std::int64_t>(script.tabs.size())),
        processes_(simulation_) {
    for (const ScriptedOrigin& origin : script.origins) {
      servers_.emplace_back(origin.hops, observer_);
    }
  }

  ScriptOutcome run() {
    int loads = 0;
    for (const ScriptedTab& spec : script_.tabs) {
      TabRun& tab =
          tabs_.emplace_back(simulation_, browser(spec.context), spec, tabs_.size(), random_);
      for (std::size_t i = 0; i < script_.origins.size(); ++i) {
        tab.groups.push_back(&group(*tab.browser, spec, i));
      }
      const Time opens = spec.opens_at ? start_ + *spec.opens_at
                                       : sim::start_of_time + load_time(script_) * loads++;
      processes_.spawn(open_tab(tab, opens, start_));
    }
    if (script_.outage_from) processes_.spawn(outage());
    simulation_.run_until(start_ + script_.duration + to_collect_results);
    return outcome();
  }

 private:
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
    if (server == 0 && script_.outage_from) {
      added.origin.refuses_from = start_ + *script_.outage_from;
      added.origin.refuses_until = added.origin.refuses_from + script_.outage_for;
    }
    return added.origin;
  }

  PoolGroup& group(Browser& browser, const ScriptedTab& tab, std::size_t server) {
    return browser.pool.group(origin(server, tab.page_host), sim::entity_id(site(tab.page_host)));
  }

  // The registrable domain, taken to be the last two labels.
  static std::string_view site(std::string_view host) {
    const std::size_t last = host.rfind('.');
    if (last == std::string_view::npos || last == 0) return host;
    const std::size_t before = host.rfind('.', last - 1);
    return before == std::string_view::npos ? host : host.substr(before + 1);
  }

  // The server is restarted: it closes everything, and counts anew.
  sim::Process outage() {
    co_await simulation_.until(start_ + *script_.outage_from);
    for (NamedOrigin& known : origins_) {
      if (known.server != 0) continue;
      known.origin.goes_down.pulse();
      known.origin.accepted = 0;
      for (auto& [context, browser] : browsers_) browser.pool.server_went_down(known.origin);
    }
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

  struct NamedOrigin {
    std::size_t server = 0;
    std::string host;
    Origin origin;
  };

  const Script& script_;
  sim::RandomSource random_;
  sim::Simulation simulation_;
  Observer observer_;
  Time start_;
  std::deque<Path> servers_;
  std::deque<NamedOrigin> origins_;
  std::deque<std::pair<int, Browser>> browsers_;
  std::deque<TabRun> tabs_;
  sim::Scope processes_;
};

}  // namespace

ScriptOutcome run_script(const Script& script, const sim::RandomSource& random) {
  ScriptWorld world(script, random);
  return world.run();
}

}  // namespace sixslots::models

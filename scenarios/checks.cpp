#include "scenarios/checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/metrics.hpp"
#include "scenarios/named_paths.hpp"
#include "scenarios/settings.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::int64_t most_rows = 1'000'000;  // of all tabs: what fits into memory with ease

constexpr double most_requests = 1e9;  // of a replication

constexpr double most_rate = 1e6;  // of a tab: no page makes a request in each microsecond

/// The checks of one scenario, each about keys that it names.
class Checks {
 public:
  Checks(const Scenario& scenario, Problems& problems) : scenario_(scenario), problems_(problems) {}

  void run() const {
    times();
    size();
    path();
    for (std::size_t i = 0; i < scenario_.paths.size(); ++i) named_path(i);
    for (std::size_t i = 0; i < scenario_.world.hops.size(); ++i) encryption(i);
    for (std::size_t i = 0; i < scenario_.world.events.size(); ++i) event(i);
    browser_mix();
    tabs_of_users();
    if (!scenario_.tabs.empty()) return script();
    for (std::size_t i = 0; i < scenario_.world.requests.size(); ++i) {
      name(i);
      arrivals(i);
    }
  }

 private:
  void times() const {
    const RunSettings& run = scenario_.run;
    if (run.precision.value > 0.0 && run.most_replications < run.replications) {
      complain({"run.most_replications", "run.replications"},
               fmt::format("run.most_replications is {} and must not be less than "
                           "run.replications, which is {}",
                           run.most_replications, run.replications));
    }
    if (run.left_out() < run.duration) return;
    complain({"run.warm_up", "run.duration"},
             fmt::format("run.warm_up is {} and must be shorter than run.duration, which is {}",
                         print(run.left_out()), print(run.duration)));
  }

  /// What comes when the run is over would never be seen.
  void before_the_end(const std::string& key, sim::Duration time) const {
    if (time < scenario_.run.duration) return;
    complain({key, "run.duration"}, fmt::format("{}: {} is not before the end of the run at {}",
                                                key, print(time), print(scenario_.run.duration)));
  }

  void size() const {
    const std::int64_t tabs = scenario_.world.tabs;
    const std::int64_t rows = scenario_.world.page.rows;
    if (rows * tabs <= most_rows) return;
    complain({"page.rows", "browser.tabs"},
             fmt::format("{} rows in {} tabs are {} rows; at most {} are allowed, {} in each tab",
                         rows, tabs, rows * tabs, most_rows, most_rows / tabs));
  }

  void path() const {
    if (scenario_.path == own_path || find_path(scenario_, scenario_.path) != nullptr) return;
    const std::vector<std::string_view> names = path_names(scenario_);
    complain({"path"}, fmt::format("path: \"{}\" is unknown{}", scenario_.path,
                                   advice(nearest_name(scenario_.path, names),
                                          "write one of " + enumerate(names))));
  }

  void named_path(std::size_t index) const {
    const NamedPath& path = scenario_.paths[index];
    const std::string key = fmt::format("named_path.{}.name", index);
    if (!is_name(path.name)) {
      complain({key}, fmt::format("{}: \"{}\" is not a name; write a letter, and then letters, "
                                  "digits, '-' and '_'",
                                  key, path.name));
    }
    const auto same = [&](const NamedPath& other) { return other.name == path.name; };
    const auto end = scenario_.paths.begin() + static_cast<std::ptrdiff_t>(index);
    if (path.name == own_path || std::any_of(scenario_.paths.begin(), end, same) ||
        std::ranges::any_of(known_paths(), same)) {
      complain({key}, fmt::format("{}: there is a path \"{}\" already", key, path.name));
    }
    if (!path.hops.empty()) return;
    complain({key}, fmt::format("{}: \"{}\" has no hop; add [[named_path.hop]]", key, path.name));
  }

  void encryption(std::size_t index) const {
    const models::HopSpec& hop = scenario_.world.hops[index];
    const std::string path = fmt::format("hop.{}", index);
    const std::vector<std::string> keys{path + ".tls", path + ".protocol"};
    const bool none = hop.tls == models::Tls::none;
    if (hop.protocol == models::Protocol::http2 && none && index == 0) {
      complain(keys,
               fmt::format("{0}.tls is \"none\", but browsers speak HTTP/2 only over TLS: set "
                           "{0}.tls to \"1.3\", or {0}.protocol to \"http/1.1\"",
                           path));
    }
    const bool old = hop.tls == models::Tls::tls12 || hop.tls == models::Tls::tls12_resumed;
    if (hop.protocol == models::Protocol::http3 && (none || old)) {
      complain(keys, fmt::format("HTTP/3 has TLS 1.3 built in: set {}.tls to \"1.3\"", path));
    }
  }

  void event(std::size_t index) const {
    const auto hops = static_cast<int>(scenario_.world.hops.size());
    const int hop = scenario_.world.events[index].hop;
    const std::string key = fmt::format("event.{}.hop", index);
    before_the_end(fmt::format("event.{}.at", index), scenario_.world.events[index].at);
    if (hop >= hops) {
      return complain({key}, fmt::format("{}: there is no hop.{}; the scenario has {}, counted "
                                         "from 0",
                                         key, hop, hops));
    }
    if (scenario_.world.events[index].kind == models::ServerEvent::Kind::worker_loss) {
      has_workers(index, hop, hop + 1 == hops);
    }
  }

  void has_workers(std::size_t event, int hop, bool is_app) const {
    const std::string key = fmt::format("event.{}.hop", event);
    const models::HopSpec& spec = scenario_.world.hops[static_cast<std::size_t>(hop)];
    if ((is_app ? spec.workers : spec.upstream_connections) > 0) return;
    complain({key, fmt::format("hop.{}.kind", hop), fmt::format("event.{}.kind", event)},
             fmt::format("{}: hop.{} ({}) has no limit of {} that it could lose; set hop.{}.{}",
                         key, hop, spec.kind, is_app ? "workers" : "upstream connections", hop,
                         is_app ? "workers" : "upstream_connections"));
  }

  void browser_mix() const {
    double all = 0.0;
    for (const models::BrowserShare& other : scenario_.world.fleet.browsers) {
      all += other.share.value;
    }
    if (all <= 1.0) return;
    complain({"fleet.browser.0.share"},
             fmt::format("the shares of [[fleet.browser]] add up to {:.0f} %, more than all users",
                         100.0 * all));
  }

  void tabs_of_users() const {
    const int most = scenario_.world.fleet.most_tabs;
    if (most == 0 || most >= scenario_.world.tabs) return;
    complain(
        {"fleet.most_tabs", "browser.tabs"},
        fmt::format("fleet.most_tabs is {} and must not be less than browser.tabs, which is {}",
                    most, scenario_.world.tabs));
  }

  /// A script's tabs make their own requests; each has a name of its own.
  void script() const {
    for (const Setting& setting : scenario_.settings) {
      const bool of_a_design = setting.key.substr(0, 8) == "request." ||
                               setting.key.substr(0, 5) == "page." || setting.key == "browser.tabs";
      if (setting.key.starts_with("fleet.")) {
        problems_.add(setting.position,
                      fmt::format("{}: a file with [[tab]] plays its scripts once; it has one user",
                                  setting.key));
      }
      if (of_a_design) {
        problems_.add(setting.position, fmt::format("{}: a file with [[tab]] plays its scripts; it "
                                                    "has no design and no [[request]]",
                                                    setting.key));
      }
    }
    std::vector<std::string_view> names;
    for (std::size_t tab = 0; tab < scenario_.tabs.size(); ++tab) action_names(tab, names);
    for (std::size_t tab = 0; tab < scenario_.tabs.size(); ++tab) {
      targets(tab, names);
      moments(tab);
    }
  }

  void moments(std::size_t tab) const {
    const TabScript& script = scenario_.tabs[tab];
    before_the_end(fmt::format("tab.{}.opens_at", tab), script.opens_at);
    for (std::size_t i = 0; i < script.actions.size(); ++i) {
      before_the_end(fmt::format("tab.{}.action.{}.at", tab, i), script.actions[i].at);
    }
  }

  void action_names(std::size_t tab, std::vector<std::string_view>& names) const {
    const auto& actions = scenario_.tabs[tab].actions;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].kind->kind == models::Action::Kind::close) continue;
      const std::string key = fmt::format("tab.{}.action.{}.name", tab, i);
      well_named(key, actions[i].name);
      if (std::ranges::find(names, actions[i].name) != names.end()) {
        complain({key}, fmt::format("{}: \"{}\" is also the name of another action", key,
                                    actions[i].name));
      }
      names.push_back(actions[i].name);
    }
  }

  void targets(std::size_t tab, const std::vector<std::string_view>& names) const {
    const auto& actions = scenario_.tabs[tab].actions;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].kind->kind != models::Action::Kind::close) continue;
      if (std::ranges::find(names, actions[i].target) != names.end()) continue;
      const std::string path = fmt::format("tab.{}.action.{}", tab, i);
      complain({path + ".target", path + ".kind"},
               fmt::format("{}.target: no action is named '{}'{}", path, actions[i].target,
                           advice(nearest_name(actions[i].target, names),
                                  names.empty() ? "the script has no other action"
                                                : "the script has " + enumerate(names))));
    }
  }

  void name(std::size_t index) const {
    const auto& flows = scenario_.world.requests;
    const std::string& name = flows[index].name;
    const std::string key = fmt::format("request.{}.name", index);
    well_named(key, name);
    for (std::size_t other = 0; other < index; ++other) {
      if (flows[other].name != name) continue;
      return complain({key},
                      fmt::format("{}: \"{}\" is also the name of request.{}", key, name, other));
    }
  }

  void well_named(const std::string& key, const std::string& name) const {
    if (!is_name(name)) {
      complain({key}, fmt::format("{}: \"{}\" is not a name; write a letter, and then letters, "
                                  "digits, '-' and '_'",
                                  key, name));
    }
    const auto reserved = reserved_flow_names();
    if (std::ranges::find(reserved, name) != reserved.end()) {
      complain({key}, fmt::format("{}: \"{}\" is what the page's own metrics begin with; choose "
                                  "another name",
                                  key, name));
    }
  }

  static bool is_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto allowed = [&](char c) {
      return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !name.empty() && letter(name[0]) && std::ranges::all_of(name, allowed);
  }

  void arrivals(std::size_t index) const {
    using Process = models::Arrivals::Process;
    const models::Arrivals& arrivals = scenario_.world.requests[index].arrivals;
    const std::string path = fmt::format("request.{}.arrivals", index);
    if (arrivals.process == Process::every && arrivals.every <= sim::Duration::zero()) {
      complain({path + ".process"}, path + ": the process \"every\" needs a time: every = \"5s\"");
    }
    const bool at_random = arrivals.first == models::Arrivals::First::at_random;
    if (at_random && arrivals.process != Process::every) {
      complain({path + ".first"}, path + ".first: only the process \"every\" has a first period");
    }
    if (arrivals.process == Process::closed && arrivals.batch > 1) {
      complain({path + ".batch", path + ".process"},
               path + ".batch: a closed loop makes one request at a time");
    }
    if (arrivals.process == Process::at && arrivals.batch > 1) {
      complain({path + ".batch", path + ".process"},
               path + ".batch: the process \"at\" makes one request at each of its times");
    }
    amount(index);
    if (arrivals.process != Process::at) return;
    if (arrivals.at.empty()) {
      complain({path + ".at", path + ".process"},
               path + ": the process \"at\" needs times: at = [\"10s\", \"12s\"]");
    }
    for (const sim::Duration time : arrivals.at) {
      if (time < scenario_.run.duration) continue;
      return complain({path + ".at", "run.duration"},
                      fmt::format("{}.at: {} is not before the end of the run at {}", path,
                                  print(time), print(scenario_.run.duration)));
    }
  }

  /// Refuses what no memory holds, where the law of the arrivals says how many there will be.
  void amount(std::size_t index) const {
    using Process = models::Arrivals::Process;
    const models::Arrivals& arrivals = scenario_.world.requests[index].arrivals;
    double rate = 0.0;  // batches a second
    if (arrivals.process == Process::poisson) rate = arrivals.rate;
    if (arrivals.process == Process::renewal) rate = 1.0 / arrivals.gap.mean();
    if (arrivals.process == Process::every && arrivals.every > sim::Duration::zero()) {
      rate = 1.0 / sim::seconds(arrivals.every);
    }
    const std::string path = fmt::format("request.{}.arrivals", index);
    if (rate * arrivals.batch > most_rate) {
      return complain({path, path + ".every", path + ".rate", path + ".gap", path + ".batch"},
                      fmt::format("{}: these are {:.3g} requests a second in each tab; at most "
                                  "{:.0e} are allowed",
                                  path, rate * arrivals.batch, most_rate));
    }
    const double count = rate * arrivals.batch * sim::seconds(scenario_.run.duration) *
                         std::max(1, scenario_.world.fleet.users);
    if (!(count > most_requests)) return;
    complain({path, path + ".every", path + ".rate", path + ".gap", "run.duration", "fleet.users"},
             fmt::format("{}: these are {:.3g} requests in each replication; at most {:.0e} are "
                         "allowed",
                         path, count, most_requests));
  }

  /// Reports a problem at the first of these keys that was set.
  void complain(const std::vector<std::string>& keys, const std::string& message) const {
    const auto was_set = [&](const std::string& k) { return position_of(scenario_, k).line > 0; };
    const auto key = std::ranges::find_if(keys, was_set);
    problems_.add(position_of(scenario_, key == keys.end() ? keys[0] : *key), message);
  }

  const Scenario& scenario_;
  Problems& problems_;
};

}  // namespace

void check(const Scenario& scenario, Problems& problems) { Checks(scenario, problems).run(); }

}  // namespace sixslots::scenarios

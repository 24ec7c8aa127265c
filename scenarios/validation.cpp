#include "scenarios/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace sixslots::scenarios {

namespace {

using models::RequestRecord;
using models::ScriptOutcome;
using models::Time;

struct Tolerance {
  double least;      // milliseconds
  double of_wait;    // share of the measured wait
  double order_gap;  // arrivals closer than this may change places
};

Tolerance tolerance_for(const std::string& browser) {
  return browser == "firefox" ? Tolerance{150.0, 0.2, 100.0} : Tolerance{40.0, 0.1, 25.0};
}

double to_ms(models::Duration duration) { return static_cast<double>(duration.count()) / 1e6; }

std::string shown(const std::optional<double>& arrival) {
  return arrival ? fmt::format("{:.1f} ms", *arrival) : std::string("never");
}

std::string breach_in_words(Rule rule, const ComparedRequest& request) {
  std::string words = fmt::format("{}: measured {}, simulated {}", request.name,
                                  shown(request.measured), shown(request.simulated));
  if (rule == Rule::time) words += fmt::format(", tolerance {:.0f} ms", request.tolerance);
  return words;
}

/// A case with what its replay showed, while it is being judged.
class Judge {
 public:
  Judge(const MeasuredCase& measured, std::span<const ScriptOutcome> outcomes)
      : case_(measured),
        outcomes_(outcomes),
        outcome_(outcomes.front()),
        tolerance_(tolerance_for(measured.browser)) {
    judged_.key = case_.key;
    judged_.group = case_.group;
    judged_.browser = case_.browser;
  }

  JudgedCase judge() {
    for (const MeasuredRequest& request : case_.requests) compare(request);
    judge_order();
    judge_connections();
    if (case_.reconnect) judge_reconnect(*case_.reconnect);
    if (case_.navigation) judge_navigation(*case_.navigation);
    if (case_.late_tab) judge_late_tab(*case_.late_tab);
    return std::move(judged_);
  }

 private:
  void fault(Rule rule, std::string text) { judged_.faults.push_back({rule, std::move(text)}); }

  [[nodiscard]] double since_start(Time time) const { return to_ms(time - outcome_.start); }

  // A server that was restarted has lost its log: what arrived before does not count.
  [[nodiscard]] Time log_begins() const {
    const auto& events = case_.script.events;
    return events.empty() ? Time{} : outcome_.start + events.back().at;
  }

  // The median of all replays, as the measured one is of all repetitions.
  [[nodiscard]] std::optional<double> first_arrival(std::int32_t name) const {
    std::vector<double> times;
    for (const ScriptOutcome& outcome : outcomes_) {
      for (const models::Arrival& arrival : outcome.seen.arrivals) {
        if (arrival.name != name || arrival.time < log_begins()) continue;
        times.push_back(since_start(arrival.time));
        break;
      }
    }
    if (2 * times.size() <= outcomes_.size()) return std::nullopt;
    times.resize(outcomes_.size(), std::numeric_limits<double>::infinity());  // never
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
  }

  void compare(const MeasuredRequest& request) {
    const bool arrives = 2 * request.arrived > request.of;
    const double wait = request.arrival.value_or(request.call) - request.call;
    const double range = request.arrival_max.value_or(0.0) - request.arrival_min.value_or(0.0);
    ComparedRequest compared;
    compared.name = case_.script.names[static_cast<std::size_t>(request.name)];
    compared.call = request.call;
    if (arrives) compared.measured = request.arrival;
    compared.simulated = first_arrival(request.name);
    compared.tolerance = std::max({tolerance_.least, tolerance_.of_wait * wait, range / 2});
    compared.timing_judged = case_.timing_judged;
    if (const std::optional<Rule> broken = compared.breach(compared.simulated)) {
      fault(*broken, breach_in_words(*broken, compared));
    }
    judged_.requests.push_back(std::move(compared));
  }

  void judge_order() {
    for (std::size_t i = 0; i < case_.requests.size(); ++i) {
      for (std::size_t j = 0; j < case_.requests.size(); ++j) {
        const MeasuredRequest& first = case_.requests[i];
        const MeasuredRequest& second = case_.requests[j];
        const bool always = first.arrived == first.of && second.arrived == second.of;
        if (!always || !first.arrival_max || !second.arrival_min) continue;
        if (*second.arrival_min - *first.arrival_max <= tolerance_.order_gap) continue;
        const ComparedRequest& a = judged_.requests[i];
        const ComparedRequest& b = judged_.requests[j];
        if (!a.simulated || !b.simulated || *a.simulated <= *b.simulated) continue;
        fault(Rule::order, fmt::format("{} arrives before {}, simulated after it ({:.1f} and "
                                       "{:.1f} ms)",
                                       a.name, b.name, *a.simulated, *b.simulated));
        return;  // one is enough to say so
      }
    }
  }

  void judge_connections() {
    judged_.connections = outcome_.connections[case_.counted_origin];
    if (judged_.connections >= case_.connections_min &&
        judged_.connections <= case_.connections_max) {
      return;
    }
    fault(Rule::connections,
          fmt::format("measured {} to {} connections, simulated {}", case_.connections_min,
                      case_.connections_max, judged_.connections));
  }

  // The first event source of the script; the cases have one, or several that behave alike.
  [[nodiscard]] std::int32_t event_source_name() const {
    for (const models::ScriptedTab& tab : case_.script.tabs) {
      for (const models::Action& action : tab.actions) {
        if (action.kind == models::Action::Kind::event_source) return action.name;
      }
    }
    return -1;
  }

  // From the server's end of each connection to the next arrival; none before the first end.
  [[nodiscard]] std::vector<double> reconnect_delays(std::int32_t name) const {
    std::vector<double> delays;
    sim::Moment ended;
    for (const models::Arrival& arrival : outcome_.seen.arrivals) {
      if (arrival.name != name) continue;
      if (ended) delays.push_back(to_ms(arrival.time - *ended));
      const RequestRecord& record = outcome_.seen.records[arrival.request];
      ended = record.opened ? record.finished : sim::Moment(arrival.time);
      if (record.opened && record.finished) {
        ended = *record.finished - (*record.opened - *record.answered);
      }
    }
    return delays;
  }

  void judge_reconnect(const MeasuredReconnect& measured) {
    const std::int32_t name = event_source_name();
    std::vector<double> delays = reconnect_delays(name);
    const auto opens = std::ranges::count(outcome_.seen.arrivals, name, &models::Arrival::name);
    const auto spread = std::max<std::ptrdiff_t>(1, measured.opens_seen / 4);
    if (case_.script.events.empty() && std::abs(opens - measured.opens_seen) > spread) {
      fault(Rule::reconnect, fmt::format("measured {} arrivals of the event stream, simulated {}",
                                         measured.opens_seen, opens));
    }
    const bool closed = std::ranges::any_of(outcome_.seen.records, [&](const RequestRecord& r) {
      return r.name == name && r.finished && r.status != 0 && r.status != 200;
    });
    if (closed != measured.closed) {
      fault(Rule::reconnect, fmt::format("measured {}, simulated {}",
                                         measured.closed ? "closed for good" : "still trying",
                                         closed ? "closed for good" : "still trying"));
    }
    if (!measured.delay || delays.empty()) return;
    std::ranges::sort(delays);
    const double median = delays[delays.size() / 2];
    const double range = measured.delay_max.value_or(0.0) - measured.delay_min.value_or(0.0);
    const double tolerance =
        std::max({tolerance_.least, tolerance_.of_wait * *measured.delay, range / 2});
    if (std::abs(median - *measured.delay) > tolerance) {
      fault(Rule::reconnect, fmt::format("measured a delay of {:.1f} ms, simulated {:.1f} ms",
                                         *measured.delay, median));
    }
  }

  void judge_load(Rule rule, std::string_view what, const MeasuredLoad& measured,
                  sim::Moment simulated) {
    const bool loads = 2 * measured.loaded > measured.of;
    if (loads != simulated.has_value()) {
      fault(rule, fmt::format("{}: measured {}, simulated {}", what, loads ? "yes" : "never",
                              simulated ? "yes" : "never"));
    }
  }

  void judge_navigation(const MeasuredLoad& measured) {
    sim::Moment arrived;
    for (const models::TabOutcome& tab : outcome_.tabs) {
      if (tab.navigation_arrived) arrived = tab.navigation_arrived;
    }
    judge_load(Rule::navigation, "navigation reaches the server", measured, arrived);
    if (!arrived || !measured.at || !case_.timing_judged) return;
    const double error = std::abs(since_start(*arrived) - *measured.at);
    if (error > tolerance_.least) {
      fault(Rule::navigation, fmt::format("navigation: measured {:.1f} ms, simulated {:.1f} ms",
                                          *measured.at, since_start(*arrived)));
    }
  }

  void judge_late_tab(const MeasuredLoad& measured) {
    for (std::size_t i = 0; i < case_.script.tabs.size(); ++i) {
      if (!case_.script.tabs[i].opens_at) continue;
      judge_load(Rule::late_tab, "the late tab loads", measured, outcome_.tabs[i].loaded);
    }
  }

  const MeasuredCase& case_;
  std::span<const ScriptOutcome> outcomes_;
  const ScriptOutcome& outcome_;  // the first: what is counted hardly depends on chance
  Tolerance tolerance_;
  JudgedCase judged_;
};

}  // namespace

std::optional<Rule> ComparedRequest::breach(std::optional<double> predicted) const {
  if (predicted.has_value() != measured.has_value()) return Rule::verdict;
  if (!timing_judged || !measured) return std::nullopt;
  if (std::abs(*predicted - *measured) <= tolerance) return std::nullopt;
  return Rule::time;
}

bool JudgedCase::broke(Rule rule) const {
  return std::ranges::any_of(faults, [rule](const Fault& fault) { return fault.rule == rule; });
}

namespace {

// Chance plays a part where WebSockets are throttled and where a hidden tab's timers are woken.
bool depends_on_chance(const models::Script& script) {
  const auto by_chance = [&](const models::ScriptedTab& tab) {
    if (tab.hidden && script.browser.hidden_timer_period > models::Duration::zero()) return true;
    return script.browser.web_socket.throttled &&
           std::ranges::any_of(tab.actions, [](const models::Action& action) {
             return action.kind == models::Action::Kind::web_socket;
           });
  };
  return std::ranges::any_of(script.tabs, by_chance);
}

constexpr std::uint32_t replays_of_chance = 101;

}  // namespace

JudgedCase replay(const MeasuredCase& measured) {
  const std::uint32_t replays = depends_on_chance(measured.script) ? replays_of_chance : 1;
  std::vector<ScriptOutcome> outcomes;
  for (std::uint32_t i = 0; i < replays; ++i) {
    outcomes.push_back(
        models::run_script(measured.script, sim::RandomSource{.seed = 1, .replication = i}));
  }
  return Judge(measured, outcomes).judge();
}

}  // namespace sixslots::scenarios

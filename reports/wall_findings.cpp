#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/at_the_end.hpp"
#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

/// "1st", "2nd", "11th"
std::string ordinal(std::uint64_t number) {
  const std::uint64_t tens = number / 10 % 10;
  constexpr std::string_view suffixes[] = {"th", "st", "nd", "rd"};
  const std::uint64_t last = number % 10;
  return fmt::format("{}{}", number, suffixes[tens != 1 && last < 4 ? last : 0]);
}

/// A hop's wall, and whom it stands in the way of.
struct Blocked {
  const VariantView& view;
  const FlowView& felt;
  std::vector<Wall> all;
  std::size_t index;  ///< of the wall

  /// Somebody makes requests.
  [[nodiscard]] bool is_felt() const { return felt.flow != nullptr; }
  [[nodiscard]] const Wall& wall() const { return all[index]; }
  [[nodiscard]] const Wall& browser() const { return all.front(); }
  /// That share it.
  [[nodiscard]] std::uint64_t users() const {
    return wall().of_each_user ? 1 : static_cast<std::uint64_t>(view.world().fleet.users);
  }
  /// That the rows of a user want, whether they come so far or not.
  [[nodiscard]] std::uint64_t of_a_user() const {
    const auto wanted = whole_count(metric(*view.result, "connections.wanted").value);
    return std::max(wanted, view.streams.asked_for);
  }
  [[nodiscard]] std::uint64_t streams() const { return of_a_user() * users(); }
  /// That there can be at once: some users come when others have left.
  [[nodiscard]] std::uint64_t streams_at_once() const {
    const auto there = whole_count(metric(*view.result, "users.peak").value);
    return of_a_user() * std::min(users(), std::max<std::uint64_t>(there, 1));
  }
  /// When the last of it is taken, as the users come one after another.
  [[nodiscard]] std::uint64_t streams_that_fit() const {
    return static_cast<std::uint64_t>(wall().streams_of_users_with(static_cast<int>(of_a_user())));
  }
  /// Event streams can hold all of it.
  [[nodiscard]] bool fills() const { return streams_at_once() >= streams_that_fit(); }
  [[nodiscard]] std::uint64_t without_answer() const {
    return hangs(felt.fate) ? felt.statistics->censored - felt.statistics->starved : 0;
  }
  /// Those that were never sent, because others before them wait here.
  [[nodiscard]] std::uint64_t behind_them() const {
    if (felt.fate != Fate::starved) return 0;
    const AtTheEnd end = at_the_end(view, view.index_of(felt));
    return rows_hold_all_slots(view, end) ? 0 : felt.statistics->starved;
  }
  /// Those that some hop has cut while they waited here.
  [[nodiscard]] std::uint64_t cut() const {
    const CutInLine all_cut = cut_in_line(view, *felt.statistics);
    return index + 1 == all.size() ? all_cut.at_app : all_cut.at_proxies;
  }
  [[nodiscard]] bool ends_in_line() const {
    return without_answer() == 0 && cut() > 0 && wall().refused == 0.0;
  }
  [[nodiscard]] std::uint64_t turned_away() const {
    const models::FlowStatistics& flow = *felt.statistics;
    return wall().refused > 0.0 ? flow.failed - flow.storm_failed : cut();
  }
};

/// "the click gets no answer", "3 of 9 clicks are refused"
std::string effect(const Blocked& blocked) {
  const StreamCount& streams = blocked.view.streams;
  if (!blocked.is_felt()) return never_opening(blocked.view, streams.never_opened());
  const models::FlowStatistics& flow = *blocked.felt.statistics;
  const std::string noun = noun_of(*blocked.felt.flow).plural;
  if (blocked.without_answer() > 0) {
    const std::string unanswered =
        part_of(blocked.without_answer(), flow.count, noun, {"gets no answer", "get no answer"});
    if (blocked.behind_them() == 0) return unanswered;
    return fmt::format("{}, and {} more {} never sent", unanswered, blocked.behind_them(),
                       blocked.behind_them() == 1 ? "is" : "are");
  }
  if (blocked.ends_in_line()) {
    return part_of(blocked.cut(), flow.count, noun,
                   {"fails while it waits for one", "fail while they wait for one"});
  }
  if (flow.failed > 0) {
    return part_of(flow.failed, flow.count, noun, failing(blocked.view, blocked.felt));
  }
  return never_opening(blocked.view, streams.at_server + streams.refused);
}

std::string first_sentence(const Blocked& blocked) {
  const Wall& wall = blocked.wall();
  const bool is_first = first_wall(blocked.all, blocked.view.world().fleet.users) == blocked.index;
  const auto limit = static_cast<std::uint64_t>(wall.limit);
  const std::uint64_t streams = blocked.streams_that_fit();
  if (!is_first || streams > blocked.streams()) {
    const auto left = limit - static_cast<std::uint64_t>(wall.lost);
    return fmt::format("All {} {} are held: {}.", counted(left, wall.unit),
                       wall.lost == 0 ? fmt::format("of {}", wall.place)
                                      : fmt::format("that {} has left", wall.place),
                       effect(blocked));
  }
  const std::string lead =
      blocked.browser().binds()
          ? fmt::format("Before the browser runs out of {}s,", blocked.browser().unit)
          : std::string("The browser is fine:");
  return fmt::format("{} the {} of {} {} takes the last {} of {}, and {}.", lead, ordinal(streams),
                     blocked.streams(), streams_noun(blocked.view).plural, wall.unit, wall.place,
                     effect(blocked));
}

/// " in 3 tabs", " in 1 to 3 tabs"; nothing where everybody has one
std::string in_tabs(const models::WorldSpec& world) {
  const int most = std::max(world.tabs, world.fleet.most_tabs);
  if (most == 1) return {};
  const std::string fewer = most == world.tabs ? "" : fmt::format("{} to ", world.tabs);
  return fmt::format(" in {}{} tabs", fewer, most);
}

/// What the page would have to be to stay below: rows for these users, users for these rows.
std::string size_that_fits(const Blocked& blocked) {
  const models::WorldSpec& world = blocked.view.world();
  const auto rows = static_cast<std::uint64_t>(world.page.rows);
  const double per_row = metric(*blocked.view.result, "connections.per_row").value;
  const double of_a_row = per_row * world.mean_tabs() * static_cast<double>(blocked.users());
  const int beside_users = blocked.wall().streams_beside(static_cast<int>(blocked.users()));
  std::string text;
  const std::string users = counted(blocked.users(), "user");
  if (of_a_row >= 0.01) {
    text =
        fmt::format(" With {}{} the last one is taken at {}.", users, in_tabs(world),
                    counted(whole_count(std::max(std::ceil(beside_users / of_a_row), 1.0)), "row"));
  }
  const std::uint64_t of_a_user = blocked.of_a_user();
  const auto fitting = static_cast<std::uint64_t>(
      blocked.wall().users_beside_a_request(static_cast<int>(of_a_user)));
  return text +
         fmt::format(
             " A user with {}{} holds {}{}: {} beside a click.", counted(rows, "row"),
             in_tabs(world), of_a_user, world.fleet.most_tabs > world.tabs ? " on average" : "",
             fitting == 0 ? "not one such user fits"
                          : counted(fitting, "such user") + (fitting == 1 ? " fits" : " fit"));
}

/// Streams that their users have lost are held as well, where a disconnection lingers.
std::string held_for_nobody(const Blocked& blocked) {
  const auto& events = blocked.view.world().events;
  const auto longest = std::ranges::max_element(events, {}, &models::ServerEvent::lingers);
  if (longest == events.end() || longest->lingers == sim::Duration::zero()) return {};
  return fmt::format(
      " It goes on holding those of the streams that the disconnection cost for {} "
      "(event.{}.lingers), while their users come back for more.",
      short_duration(longest->lingers), longest - events.begin());
}

/// Whose they are, and how many would fit.
std::string holders_text(const Blocked& blocked) {
  return blocked.fills() ? size_that_fits(blocked) : held_for_nobody(blocked);
}

/// How it ends for those in line.
std::string patience(const Blocked& blocked) {
  const std::optional<Cut> cut = most_cut(blocked.view);
  if (!cut || blocked.cut() == 0) return {};
  std::string rule = cut->rule();
  rule.pop_back();  // the full stop
  return fmt::format(" {}: that ends the wait, and is not its cause.", rule);
}

/// Where nobody clicks.
std::string streams_refused(const Blocked& blocked) {
  const Wall& wall = blocked.wall();
  const std::uint64_t count = whole_count(wall.refused);
  const std::string line =
      fmt::format("; at most {} there", requests_wait(whole_count(wall.queue)));
  return fmt::format(
      "DevTools, Network: {} with a status of 500 or more{}. {} in a replication {} refused by "
      "{}{}.",
      streams_noun(blocked.view).plural, wall.queue > 0.0 ? ", after a wait" : " at once",
      counted(count, "request"), count == 1 ? "is" : "are", wall.place,
      wall.queue > 0.0 ? line : "");
}

std::string evidence(const Blocked& blocked) {
  const std::string line = fmt::format(
      "at most {} at {}", requests_wait(whole_count(blocked.wall().queue)), blocked.wall().place);
  const bool after_a_wait =
      blocked.without_answer() == 0 && 2 * blocked.cut() > blocked.felt.statistics->failed;
  if (after_a_wait) {
    return fmt::format(
        "DevTools, Timing: a long “Waiting for server response”, and then a status of 500 or more; "
        "{}.",
        line);
  }
  const std::uint64_t refused = whole_count(blocked.wall().refused);
  if (!blocked.is_felt() && blocked.view.streams.refused > 0) return streams_refused(blocked);
  if (blocked.without_answer() > 0 || blocked.felt.statistics->failed == 0) {
    return fmt::format("DevTools, Timing: “Waiting for server response” without end. {}; {}.",
                       server_saw(blocked.view), line);
  }
  if (blocked.index == 1 && blocked.wall().unit == "connection") {
    return fmt::format(
        "DevTools, Network: requests that fail at once, without an answer or with a status of 500. "
        "{} closes a new connection, or refuses a request that needs one, {} in a replication.",
        sentence(blocked.wall().place), counted(refused, "time"));
  }
  return fmt::format(
      "DevTools, Network: a status of 500 or more at once. {} in a replication {} refused by {}.",
      counted(refused, "request"), refused == 1 ? "is" : "are", blocked.wall().place);
}

double weight(const Blocked& blocked) {
  const models::FlowStatistics& flow = *blocked.felt.statistics;
  if (!blocked.is_felt()) {
    const StreamCount& streams = blocked.view.streams;
    return 65.0 + 30.0 * static_cast<double>(streams.never_opened()) /
                      static_cast<double>(streams.asked_for);
  }
  const auto lost =
      static_cast<double>(std::max(blocked.without_answer() + blocked.behind_them(), flow.failed));
  return 65.0 + 30.0 * lost / static_cast<double>(std::max<std::uint64_t>(flow.count, 1));
}

bool gets_in_the_way(const Blocked& blocked) {
  const StreamCount& streams = blocked.view.streams;
  if (!blocked.wall().binds() || blocked.wall().room == 0 || streams.asked_for == 0) return false;
  if (blocked.without_answer() > 0 || streams.at_server + streams.refused > 0) return true;
  return blocked.fills() && blocked.turned_away() > 0;
}

/// The flow that the user feels; where nobody makes requests, one that has none.
const FlowView& felt_by_anybody(const Study& study, const VariantView& view) {
  static const models::FlowStatistics of_nothing;
  static const FlowView nothing = [] {
    FlowView flow;
    flow.statistics = &of_nothing;
    return flow;
  }();
  return study.has_flow() ? study.felt(view) : nothing;
}

Remedy freeing(const Study& study, std::size_t variant, const std::string& key) {
  if (study.has_flow()) return by_median(study, variant, gets_through(study), key);
  const std::string open = "all " + streams_noun(study.variants[variant]).plural + " open";
  const auto opens = [](const VariantView& other) { return other.streams.never_opened() == 0; };
  return {opens, open, [](const Group&) { return std::string(); }, key};
}

std::optional<Finding> held_at(const Study& study, std::size_t variant, std::size_t wall,
                               const std::vector<Wall>& all) {
  const VariantView& view = study.variants[variant];
  const Blocked blocked{view, felt_by_anybody(study, view), all, wall};
  if (!gets_in_the_way(blocked)) return std::nullopt;
  Finding finding;
  finding.weight = weight(blocked);
  finding.what = first_sentence(blocked);
  finding.evidence = evidence(blocked);
  const Wall& its = blocked.wall();
  finding.why = fmt::format(
      "{} has {} ({}){}. A response holds one until it ends, and {}'s does not end.{}{}", its.place,
      counted(static_cast<std::uint64_t>(its.limit), its.unit), its.key,
      its.lost == 0 ? ""
                    : fmt::format(", of which {} {} lost", its.lost, its.lost == 1 ? "is" : "are"),
      streams_noun(view).one, holders_text(blocked), patience(blocked));
  finding.remedy = freeing(study, variant, its.key);
  return finding;
}

}  // namespace

std::optional<Finding> workers_held(const Study& study, std::size_t variant) {
  const std::vector<Wall> all = walls(study.variants[variant]);
  return held_at(study, variant, all.size() - 1, all);
}

std::optional<Finding> connections_held(const Study& study, std::size_t variant) {
  const std::vector<Wall> all = walls(study.variants[variant]);
  for (std::size_t i = 1; i + 1 < all.size(); ++i) {
    if (std::optional<Finding> found = held_at(study, variant, i, all)) return found;
  }
  return std::nullopt;
}

std::uint64_t cut_behind_streams(const Study& study, std::size_t variant) {
  if (!study.has_flow()) return 0;
  const VariantView& view = study.variants[variant];
  const std::vector<Wall> all = walls(view);
  std::uint64_t cut = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Blocked blocked{view, study.felt(view), all, i};
    if (gets_in_the_way(blocked) && blocked.fills()) cut = std::max(cut, blocked.cut());
  }
  return cut;
}

}  // namespace sixslots::reports

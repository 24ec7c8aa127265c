#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

std::uint64_t whole(double count) { return static_cast<std::uint64_t>(std::llround(count)); }

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

  [[nodiscard]] const Wall& wall() const { return all[index]; }
  [[nodiscard]] const Wall& browser() const { return all.front(); }
  [[nodiscard]] std::uint64_t users() const {
    return static_cast<std::uint64_t>(view.world().fleet.users);
  }
  /// That the rows of a user want, whether they come so far or not.
  [[nodiscard]] std::uint64_t of_a_user() const {
    const auto wanted = whole(metric(*view.result, "connections.wanted").value);
    return std::max(wanted, view.streams.asked_for);
  }
  [[nodiscard]] std::uint64_t streams() const { return of_a_user() * users(); }
  [[nodiscard]] std::uint64_t without_answer() const {
    return hangs(felt.fate) ? felt.statistics->censored - felt.statistics->starved : 0;
  }
};

/// "the click gets no answer", "3 of 9 clicks are refused"
std::string effect(const Blocked& blocked) {
  const models::FlowStatistics& flow = *blocked.felt.statistics;
  const std::string noun = noun_of(*blocked.felt.flow).plural;
  if (blocked.without_answer() > 0) {
    return part_of(blocked.without_answer(), flow.count, noun, {"gets no answer", "get no answer"});
  }
  if (flow.failed > 0) {
    return part_of(flow.failed, flow.count, noun, failing(blocked.view, blocked.felt));
  }
  const StreamCount& streams = blocked.view.streams;
  return part_of(streams.at_server + streams.refused, streams.asked_for, "event streams",
                 {"never opens", "never open"});
}

std::string first_sentence(const Blocked& blocked) {
  const Wall& wall = blocked.wall();
  const bool is_first = first_wall(blocked.all, blocked.view.world().fleet.users) == blocked.index;
  const auto limit = static_cast<std::uint64_t>(wall.limit);
  const auto streams = static_cast<std::uint64_t>(wall.streams);
  if (!is_first || streams > blocked.streams()) {
    return fmt::format("All {} of {} are held: {}.", counted(limit, wall.unit), wall.place,
                       effect(blocked));
  }
  const std::string lead =
      blocked.browser().binds()
          ? fmt::format("Before the browser runs out of {}s,", blocked.browser().unit)
          : std::string("The browser is fine:");
  return fmt::format("{} the {} of {} event streams takes the last {} of {}, and {}.", lead,
                     ordinal(streams), blocked.streams(), wall.unit, wall.place, effect(blocked));
}

/// What the page would have to be to stay below: rows for these users, users for these rows.
std::string size_that_fits(const Blocked& blocked) {
  const models::WorldSpec& world = blocked.view.world();
  const auto tabs = static_cast<std::uint64_t>(world.tabs);
  const auto rows = static_cast<std::uint64_t>(world.page.rows);
  const double per_row = metric(*blocked.view.result, "connections.per_row").value;
  const double of_a_row = per_row * static_cast<double>(tabs * blocked.users());
  const auto room = static_cast<double>(blocked.wall().streams);
  std::string text;
  const std::string users = counted(blocked.users(), "user");
  if (of_a_row >= 0.01) {
    text = fmt::format(" With {}{} the last one is taken at {}.", users,
                       tabs == 1 ? "" : fmt::format(" in {} tabs", tabs),
                       counted(whole(std::ceil(room / of_a_row)), "row"));
  }
  const std::uint64_t of_a_user = blocked.of_a_user();
  const std::uint64_t fitting = whole(std::floor((room - 1.0) / static_cast<double>(of_a_user)));
  return text + fmt::format(" A user with {}{} holds {}: {} beside a click.", counted(rows, "row"),
                            tabs == 1 ? "" : fmt::format(" in {} tabs", tabs), of_a_user,
                            fitting == 0 ? "not one such user fits"
                                         : counted(fitting, "such user") +
                                               (fitting == 1 ? " fits" : " fit"));
}

std::string evidence(const Blocked& blocked) {
  if (blocked.without_answer() > 0 || blocked.felt.statistics->failed == 0) {
    return fmt::format(
        "DevTools, Timing: “Waiting for server response” without end. {}; {} at most wait at {}.",
        server_saw(blocked.view), counted(whole(blocked.wall().queue), "request"),
        blocked.wall().place);
  }
  return fmt::format(
      "DevTools, Network: a status of 500 or more at once. {} in a replication are "
      "refused by {}.",
      counted(whole(blocked.wall().refused), "request"), blocked.wall().place);
}

double weight(const Blocked& blocked) {
  const models::FlowStatistics& flow = *blocked.felt.statistics;
  const auto lost = static_cast<double>(std::max(blocked.without_answer(), flow.failed));
  return 65.0 + 30.0 * lost / static_cast<double>(std::max<std::uint64_t>(flow.count, 1));
}

bool gets_in_the_way(const Blocked& blocked) {
  const StreamCount& streams = blocked.view.streams;
  if (!blocked.wall().binds() || blocked.wall().streams == 0 || streams.asked_for == 0)
    return false;
  return blocked.without_answer() > 0 || streams.at_server + streams.refused > 0;
}

std::optional<Finding> held_at(const Study& study, std::size_t variant, std::size_t wall,
                               const std::vector<Wall>& all) {
  const VariantView& view = study.variants[variant];
  const Blocked blocked{view, study.felt(view), all, wall};
  if (!gets_in_the_way(blocked)) return std::nullopt;
  Finding finding;
  finding.weight = weight(blocked);
  finding.what = first_sentence(blocked);
  finding.evidence = evidence(blocked);
  const Wall& its = blocked.wall();
  finding.why = fmt::format(
      "{} has {} ({}). A response holds one until it ends, and an event stream's does not end.{}",
      its.place, counted(static_cast<std::uint64_t>(its.limit), its.unit), its.key,
      size_that_fits(blocked));
  finding.change = simulated_changes(study, variant, gets_through(study));
  return finding;
}

}  // namespace

std::optional<Finding> workers_held(const Study& study, std::size_t variant) {
  if (!study.has_flow()) return std::nullopt;
  const std::vector<Wall> all = walls(study.variants[variant]);
  return held_at(study, variant, all.size() - 1, all);
}

std::optional<Finding> connections_held(const Study& study, std::size_t variant) {
  if (!study.has_flow()) return std::nullopt;
  const std::vector<Wall> all = walls(study.variants[variant]);
  for (std::size_t i = 1; i + 1 < all.size(); ++i) {
    if (std::optional<Finding> found = held_at(study, variant, i, all)) return found;
  }
  return std::nullopt;
}

}  // namespace sixslots::reports

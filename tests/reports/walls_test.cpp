#include "reports/walls.hpp"

#include "reports/findings.hpp"
#include "reports/terminal.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;

/// The incident's file with one design and one protocol, and so changed.
scenarios::Results incident(const std::vector<std::string>& changes) {
  scenarios::Scenario scenario =
      scenarios::read_scenario_file("scenarios/incidents/the-wall-behind-the-browser.toml");
  std::vector<std::string> settings = {"page.design=stream-per-row", "hop.0.protocol=h2"};
  settings.insert(settings.end(), changes.begin(), changes.end());
  scenarios::apply_settings(scenario, settings);
  return scenarios::run_experiment(scenario);
}

std::optional<std::string> wall_of(const scenarios::Results& results) {
  const Study subject = study(results);
  const std::vector<Wall> its = walls(subject.variants.front());
  const auto first = first_wall(its, subject.variants.front().world().fleet.users);
  if (!first) return std::nullopt;
  return its[*first].key;
}

TEST_CASE("twenty rows in three tabs over HTTP/2: the wall is PHP-FPM's, with rows and users") {
  const scenarios::Results results = incident({});
  const Study subject = study(results);
  const std::vector<Wall> its = walls(subject.variants.front());
  REQUIRE(its.size() == 3);
  CHECK(its[0].place == "browser");
  CHECK(its[0].limit == 128);
  CHECK(!its[0].binds());
  CHECK(its[1].key == "hop.0.connections");
  CHECK(!its[1].binds());
  CHECK(its[2].place == "php-fpm");
  CHECK(its[2].peak == 5.0);
  CHECK(its[2].binds());
  const std::vector<Finding> all = findings(subject);
  REQUIRE(!all.empty());
  CHECK(all.front().name == "workers-held");
  CHECK_THAT(all.front().what,
             Contains("The browser is fine: the 5th of 60 event streams takes the last worker of "
                      "php-fpm, and all 31 clicks get no answer."));
  CHECK_THAT(all.front().why, Contains("5 workers (hop.1.workers)"));
  CHECK_THAT(all.front().why,
             Contains("With 1 user in 3 tabs the last one is taken at 2 rows. A user with 20 rows "
                      "in 3 tabs holds 60: not one such user fits beside a click."));
}

TEST_CASE("the row and the user that the finding names are those at which it happens") {
  CHECK(wall_of(incident({"page.rows=1"})) == std::nullopt);
  CHECK(wall_of(incident({"page.rows=2"})) == "hop.1.workers");
  CHECK(wall_of(incident({"page.rows=1", "fleet.users=2"})) == "hop.1.workers");
  CHECK(wall_of(incident({"page.rows=1", "browser.tabs=1", "fleet.users=5"})) == "hop.1.workers");
  const scenarios::Results two_fit = incident({"page.rows=2", "browser.tabs=1", "fleet.users=20"});
  CHECK_THAT(findings(study(two_fit)).front().why,
             Contains("A user with 2 rows holds 2: 2 such users fit beside a click."));
}

TEST_CASE("over HTTP/1.1 the wall is the browser's when that is the smaller one") {
  CHECK(wall_of(incident({"hop.0.protocol=http/1.1", "hop.1.workers=200"})) ==
        "browser.connections_per_origin");
  CHECK(wall_of(incident({"hop.0.protocol=http/1.1"})) == "hop.1.workers");
}

TEST_CASE("a proxy that is full is a wall too, and is named by its key") {
  const scenarios::Results results =
      incident({"hop.0.connections=20", "hop.1.workers=200", "browser.tabs=1"});
  CHECK(wall_of(results) == "hop.0.connections");
  const std::vector<Finding> all = findings(study(results));
  const auto found = std::ranges::find(all, "connections-held", &Finding::name);
  REQUIRE(found != all.end());
  CHECK_THAT(found->what, Contains("The browser is fine: the 17th of 20 event streams takes the "
                                   "last connection of nginx"));
}

TEST_CASE("the terminal shows the way where there is one, in its width") {
  const std::string with = terminal_report(incident({}), {});
  CHECK_THAT(with, Contains("Held on the way at once"));
  CHECK_THAT(with, Contains("✗ 5/5, 26 wait"));
  const std::string without = terminal_report(answer(twenty_rows("")), {});
  CHECK_THAT(without, !Contains("Held on the way at once"));
}

}  // namespace
}  // namespace sixslots::reports

#include "reports/walls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/findings.hpp"
#include "reports/provenance.hpp"
#include "reports/terminal.hpp"
#include "reports/verdict.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

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

/// Users with a stream each, and clicks, before five children; more lines follow.
std::string before_five_children(int users, std::string_view more) {
  return fmt::format(
             "[run]\nduration = \"120s\"\nreplications = 2\n"
             "[fleet]\nusers = {}\narrive_within = \"10s\"\n"
             "[page]\nrows = 3\ndesign = \"single-stream\"\n"
             "[[request]]\nname = \"click\"\nby_user = true\n"
             "[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"php-fpm\"\n",
             users) +
         std::string(more);
}

bool tells(const std::vector<Finding>& all, std::string_view name) {
  return find(all, name) != nullptr;
}

TEST_CASE("clicks that a proxy cuts while they wait for a worker are victims of the streams") {
  const scenarios::Results results = answer(before_five_children(7, ""));
  const models::FlowStatistics& clicks = results.variants.front().flows.front();
  REQUIRE(clicks.failed > 10);
  const std::vector<Finding> all = findings(study(results));
  CHECK(all.front().name == "workers-held");
  CHECK_THAT(
      all.front().what,
      Contains(fmt::format("the 5th of 7 event streams takes the last worker of php-fpm, and "
                           "{} of {} clicks fail while they wait for one.",
                           clicks.failed, clicks.count)));
  CHECK_THAT(all.front().why, Contains("(hop.0.read_timeout): that ends the wait, and is not"));
  CHECK(!tells(all, "refused"));
  CHECK(!tells(all, "streams-cut"));
  CHECK_THAT(verdict(study(results)), Contains("clicks fail while they wait for a worker."));
}

TEST_CASE("requests that wait at a full server are not told of as the browser's wall") {
  scenarios::Scenario patient = scenarios::read_scenario(before_five_children(5, ""), "five.toml");
  scenarios::apply_settings(patient, std::vector<std::string>{"hop.0.read_timeout=never"});
  const scenarios::Results results = scenarios::run_experiment(patient);
  const std::vector<Finding> all = findings(study(results));
  REQUIRE(results.variants.front().flows.front().starved > 0);
  CHECK(all.front().name == "workers-held");
  CHECK_THAT(all.front().what, Contains(fmt::format("and {} more are never sent.",
                                                    results.variants.front().flows[0].starved)));
  CHECK(!tells(all, "slots-held"));
}

TEST_CASE("workers that are held for users who have lost their connection are named as such") {
  const scenarios::Results results =
      answer(before_five_children(4,
                                  "[[event]]\nkind = \"disconnection\"\nat = \"60s\"\nlasts = "
                                  "\"2s\"\nlingers = \"100s\"\n"));
  const std::vector<Finding> all = findings(study(results));
  const auto held = std::ranges::find(all, "workers-held", &Finding::name);
  REQUIRE(held != all.end());
  CHECK_THAT(held->why, Contains("for 100 s (event.0.lingers)"));
  CHECK_THAT(held->why, !Contains("beside a click"));
  const auto storm = std::ranges::find(all, "clicks-in-the-storm", &Finding::name);
  REQUIRE(storm != all.end());
  CHECK_THAT(storm->why, Contains("what lost streams held is held for 100 s (event.0.lingers)"));
}

/// Rows with streams before a proxy and Node.js; more lines are keys of the proxy.
std::string behind_haproxy(int rows, std::string_view more) {
  return fmt::format(
      "[run]\nduration = \"60s\"\nreplications = 2\n[page]\nrows = {}\n"
      "[[request]]\nname = \"click\"\nby_user = true\n"
      "[[hop]]\nkind = \"haproxy\"\n{}[[hop]]\nkind = \"node\"\n",
      rows, more);
}

TEST_CASE("streams that all have their connection leave none for the clicks") {
  const scenarios::Results results =
      answer(behind_haproxy(3, "upstream_connections = 3\noverflow = \"refuse\"\n"));
  CHECK_THAT(findings(study(results)).front().what,
             Contains("the 3rd of 3 event streams takes the last upstream connection of haproxy, "
                      "and all "));
}

TEST_CASE("of the streams of a fleet those that nginx has no connection for never open") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"30s\"\nreplications = 2\n[fleet]\nusers = 100\n[page]\nrows = 5\n"
      "[[request]]\nname = \"click\"\nby_user = true\n"
      "[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"node\"\n");
  const Study subject = study(results);
  const std::vector<Finding> all = findings(subject);
  CHECK(all.front().name == "connections-held");
  CHECK_THAT(all.front().what,
             Contains("the 255th of 500 event streams takes the last connection"));
  CHECK_THAT(all.front().why, Contains("50 such users fit beside a click"));
  CHECK_THAT(all.front().evidence, Contains("Nginx closes a new connection"));
  const auto refused = std::ranges::find(all, "refused", &Finding::name);
  REQUIRE(refused != all.end());
  CHECK(refused->why == "Nginx has no room for more than 512 connections (hop.0.connections).");
  const models::FlowStatistics& clicks = results.variants.front().flows.front();
  CHECK(clicks.users <= 200);
  CHECK(clicks.users >= clicks.users_hit);
  CHECK(clicks.users_hit > clicks.user_mean.count());
}

TEST_CASE("the users who fit are counted with their connections alone, however many there are") {
  for (const std::string_view design : {"single-stream", "websocket"}) {
    INFO(design);
    const scenarios::Results results =
        answer(fmt::format("[run]\nduration = \"60s\"\nreplications = 2\n"
                           "[fleet]\nusers = 100\narrive_within = \"20s\"\n"
                           "[page]\nrows = 1\ndesign = \"{}\"\n"
                           "[[request]]\nname = \"click\"\nby_user = true\n"
                           "arrivals = {{ rate = \"0.1/s\" }}\n"
                           "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\nconnections = 120\n"
                           "[[hop]]\nkind = \"node\"\n",
                           design));
    const std::vector<Finding> all = findings(study(results));
    const auto held = std::ranges::find(all, "connections-held", &Finding::name);
    REQUIRE(held != all.end());
    CHECK_THAT(held->what, Contains("the 59th of 100 "));
    CHECK_THAT(held->why, Contains("58 such users fit beside a click"));
  }
}

TEST_CASE("users who share a wall hold their own connections and those of their streams") {
  const Wall wall{.place = "nginx",
                  .unit = "connection",
                  .limit = 120,
                  .room = 118,
                  .each_user = 1,
                  .key = "hop.0.connections"};
  CHECK(wall.streams_beside(18) == 100);
  CHECK(wall.streams_beside(200) == -82);
  CHECK(wall.streams_of_users_with(1) == 59);
  CHECK(wall.streams_of_users_with(5) == 98);  // of 19 users, and 3 of the 20th
  CHECK(wall.users_beside_a_request(5) == 19);
  CHECK(wall.users_beside_a_request(200) == 0);
}

/// Two streams and a click a second before five children, of which an event takes some.
std::string workers_go(int workers, std::string_view lasts) {
  return fmt::format(
      "[run]\nduration = \"60s\"\nreplications = 2\n[page]\nrows = 2\n"
      "design = \"stream-per-row\"\n[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\n"
      "[[hop]]\nkind = \"php-fpm\"\nservice = \"50ms\"\n"
      "[[request]]\nname = \"click\"\nby_user = true\narrivals = {{ rate = \"1/s\" }}\n"
      "[[event]]\nkind = \"worker-loss\"\nhop = 1\nat = \"30s\"\nworkers = {}\n"
      "lasts = \"{}\"\n",
      workers, lasts);
}

TEST_CASE("workers that are lost are missing at the wall") {
  for (const auto& [workers, lasts] : {std::pair{5, "for good"}, std::pair{5, "20s"},
                                       std::pair{3, "for good"}, std::pair{9, "for good"}}) {
    INFO(workers << " " << lasts);
    const scenarios::Results results = answer(workers_go(workers, lasts));
    const Study subject = study(results);
    const Wall wall = walls(subject.variants.front()).back();
    CHECK(wall.binds());
    CHECK(wall.lost == std::min(workers, 5));
    CHECK_THAT(held_text(wall), Contains(fmt::format("/5, {} lost, ", wall.lost)));
  }
}

/// So many streams before HAProxy, which loses five of its ten connections to the app.
scenarios::Results connections_go(int rows, std::string_view service) {
  return answer(fmt::format(
      "[run]\nduration = \"120s\"\nreplications = 2\n[[hop]]\nkind = \"haproxy\"\n"
      "protocol = \"h2\"\nupstream_connections = 10\n[[hop]]\n[page]\nrows = {}\n"
      "[[request]]\nname = \"click\"\nby_user = true\narrivals = {{ rate = \"0.5/s\" }}\n"
      "service = \"{}\"\n[[event]]\nkind = \"worker-loss\"\nhop = 0\nworkers = 5\n"
      "at = \"60s\"\nlasts = \"for good\"\n",
      rows, service));
}

TEST_CASE("upstream connections that a proxy loses are missing at its wall") {
  const scenarios::Results results = connections_go(8, "50ms");
  const Study subject = study(results);
  const Wall wall = walls(subject.variants.front())[1];
  CHECK(wall.lost == 5);
  CHECK(wall.binds());
  const std::vector<Finding> all = findings(subject);
  const auto held = std::ranges::find(all, "connections-held", &Finding::name);
  REQUIRE(held != all.end());
  CHECK_THAT(held->what, Contains("the 5th of 8 event streams takes the last upstream connection"));
  CHECK_THAT(held->why, Contains("of which 5 are lost"));
  const auto storm = std::ranges::find(all, "clicks-in-the-storm", &Finding::name);
  REQUIRE(storm != all.end());
  CHECK_THAT(storm->what, Contains("the loss of 5 upstream connections of haproxy"));
}

TEST_CASE("where streams leave room, those that are left of lost connections are held") {
  const scenarios::Results results = connections_go(3, "1h");
  const std::vector<Finding> all = findings(study(results));
  const auto held = std::ranges::find(all, "connections-held", &Finding::name);
  REQUIRE(held != all.end());
  CHECK_THAT(held->what, StartsWith("All 5 upstream connections that haproxy has left are held"));
}

TEST_CASE("of workers that are lost for good the finding is the heavier, the more are lost") {
  const auto storm_of_loss = [](int workers) {
    const scenarios::Results results = answer(workers_go(workers, "for good"));
    const std::vector<Finding> all = findings(study(results));
    const auto found = std::ranges::find(all, "clicks-in-the-storm", &Finding::name);
    REQUIRE(found != all.end());
    return *found;
  };
  const Finding all_lost = storm_of_loss(5);
  CHECK_THAT(all_lost.what, Contains(" clicks get no answer before the run ends."));
  CHECK_THAT(all_lost.evidence, Contains("When nothing happens: 8"));  // ms
  CHECK(all_lost.weight >= storm_of_loss(3).weight);
  const scenarios::Results some = answer(workers_go(3, "for good"));
  const std::vector<Finding> all = findings(study(some));
  const auto held = std::ranges::find(all, "workers-held", &Finding::name);
  REQUIRE(held != all.end());
  CHECK_THAT(held->what, Contains("the 2nd of 2 event streams takes the last worker"));
  CHECK_THAT(held->why, Contains("5 workers (hop.1.workers), of which 3 are lost."));
}

TEST_CASE("the browser's limit of WebSockets is a wall, and the rows beyond it are told of") {
  for (const auto& [browser, limit] : {std::pair{"chrome", 255}, std::pair{"firefox", 200}}) {
    INFO(browser);
    const scenarios::Results results = answer(
        fmt::format("[run]\nduration = \"30s\"\nreplications = 1\n[browser]\nprofile = \"{}\"\n"
                    "[page]\nrows = {}\ndesign = \"websocket-per-row\"\n[[hop]]\nkind = \"node\"\n",
                    browser, limit + 2));
    const Study subject = study(results);
    const Wall wall = walls(subject.variants.front()).front();
    CHECK(wall.key == "browser.web_socket_limit");
    CHECK(wall.binds());
    CHECK(wall.refused == 2.0);
    const std::vector<Finding> all = findings(subject);
    const auto blank = std::ranges::find(all, "rows-stay-blank", &Finding::name);
    REQUIRE(blank != all.end());
    CHECK(blank->what ==
          fmt::format("2 of {} WebSockets never open: nothing new is displayed there.", limit + 2));
    CHECK_THAT(blank->why, Contains("(browser.web_socket_limit)"));
  }
}

TEST_CASE("more than the limit is as much as were wanted: Firefox's clicks have slots beyond it") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"30s\"\nreplications = 1\n[browser]\nprofile = \"firefox\"\n[page]\n"
      "rows = 6\n[[request]]\nname = \"click\"\nby_user = true\n[[hop]]\nkind = \"node\"\n");
  const Study subject = study(results);
  CHECK(held_text(walls(subject.variants.front()).front()).starts_with("✗ 7/6+3"));
}

TEST_CASE("users who may have several tabs want so many connections more, and fewer of them fit") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"60s\"\nreplications = 2\n[fleet]\nusers = 5\nmost_tabs = 3\n"
      "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\n[[hop]]\nkind = \"php-fpm\"\n"
      "workers = 20\n[page]\nrows = 4\n[[request]]\nname = \"click\"\nby_user = true\n");
  CHECK(metric(results.variants[0], "connections.wanted").value == Approx(8.0).epsilon(0.01));
  CHECK(metric(results.variants[0], "connections.per_row").value == Approx(1.0).epsilon(0.01));
  const std::vector<Finding> all = findings(study(results));
  const auto held = std::ranges::find(all, "workers-held", &Finding::name);
  REQUIRE(held != all.end());
  CHECK_THAT(held->what, Contains("the 20th of 40 event streams takes the last worker"));
  CHECK_THAT(held->why, Contains("With 5 users in 1 to 3 tabs the last one is taken at 2 rows. A "
                                 "user with 4 rows in 1 to 3 tabs holds 8 on average: 2 such users "
                                 "fit beside a click."));
  const auto scale = std::ranges::find(all, "connections-scale", &Finding::name);
  REQUIRE(scale != all.end());
  CHECK_THAT(scale->evidence, StartsWith("4 rows want 8 "));
}

TEST_CASE("a fleet of several browsers is named, with the slots that some have beyond the limit") {
  const scenarios::Results results = answer(
      "[run]\nduration = \"60s\"\nreplications = 2\n[fleet]\nusers = 6\n[[fleet.browser]]\n"
      "profile = \"firefox\"\nshare = \"50 %\"\n[page]\nrows = 6\n[[request]]\n"
      "name = \"click\"\nby_user = true\narrivals = { rate = \"1/s\" }\nservice = \"1s\"\n"
      "[[hop]]\nkind = \"node\"\n");
  const std::string wall = held_text(walls(study(results).variants.front()).front());
  CHECK_THAT(wall, StartsWith("✗ ") && Contains("/6+3"));
  CHECK_THAT(provenance(results), Contains(", chrome and 50 % firefox, "));
}

TEST_CASE("who waits before the app does not wait for a worker") {
  const scenarios::Results proxy =
      answer(behind_haproxy(3, "protocol = \"h2\"\nupstream_connections = 20\n") +
             "[fleet]\nusers = 40\narrive_within = \"10s\"\n[compare]\n\"page.design\" = "
             "[\"long-poll\"]\n");
  const scenarios::Results turns = answer(
      "[run]\nduration = \"60s\"\nreplications = 1\n[page]\nrows = 60\n"
      "design = \"long-poll-per-row\"\n[fleet]\nusers = 10\narrive_within = \"10s\"\n"
      "[[request]]\nname = \"click\"\nby_user = true\n"
      "[[hop]]\nkind = \"tomcat\"\nprotocol = \"h2\"\n");
  struct Case {
    const scenarios::Results& results;
    std::string_view waits;
    std::string_view why;
  };
  for (const Case& one :
       {Case{proxy, "it waits for an upstream connection of haproxy",
             "Haproxy has 20 upstream connections (hop.0.upstream_connections), and at most "},
        Case{turns, "it waits for a turn of tomcat",
             "Tomcat has 20 turns for a connection (hop.0.executing_streams), and at most "}}) {
    const Study subject = study(one.results);
    CHECK_THAT(verdict(subject), Contains(std::string(one.waits)));
    const std::vector<Finding> all = findings(subject);
    const auto busy = std::ranges::find(all, "workers-busy", &Finding::name);
    REQUIRE(busy != all.end());
    CHECK_THAT(busy->why, Catch::Matchers::StartsWith(std::string(one.why)));
  }
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

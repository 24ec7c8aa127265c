#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/hop.hpp"
#include "reports/findings.hpp"
#include "reports/walls.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"
#include "tests/catch.hpp"

// Each limit of each server, with its default: a scenario that just fits, and one that runs into
// it, and that the reports name it by its key. Users with an event stream each, so that no
// browser's wall comes first, unless the limit is one of each browser.

namespace sixslots::reports {
namespace {

struct Limit {
  std::string_view server;
  std::string_view key;  ///< of the wall
  std::string_view hops;
  int users;  ///< that fit
  int rows;   ///< of each of them, at most
};

/// A proxy, and behind it an app without limits; or an app alone.
constexpr std::string_view before_node =
    "[[hop]]\nkind = \"{}\"\nprotocol = \"h2\"\n[[hop]]\nkind = \"node\"\n";
constexpr std::string_view alone = "[[hop]]\nkind = \"{}\"\nprotocol = \"h2\"\n";
constexpr std::string_view alone_http1 = "[[hop]]\nkind = \"{}\"\n";
constexpr std::string_view before_node_http1 = "[[hop]]\nkind = \"{}\"\n[[hop]]\nkind = \"node\"\n";

constexpr Limit limits[] = {
    // Streams of one connection: the browser's number, under the server's.
    {"go", "hop.0.max_concurrent_streams", alone, 1, 250},
    {"kestrel", "hop.0.max_concurrent_streams", alone, 1, 100},
    {"nginx", "hop.0.max_concurrent_streams", before_node, 1, 128},
    {"nginx-1.29.7", "hop.0.max_concurrent_streams", before_node, 1, 128},
    {"haproxy", "hop.0.max_concurrent_streams", before_node, 1, 100},
    {"apache", "hop.0.max_concurrent_streams", before_node, 1, 100},
    {"caddy", "hop.0.max_concurrent_streams", before_node, 1, 250},
    {"traefik", "hop.0.max_concurrent_streams", before_node, 1, 250},
    {"aws-alb", "hop.0.max_concurrent_streams", before_node, 1, 128},
    {"cloudflare", "hop.0.max_concurrent_streams", before_node, 1, 100},
    {"cloudflare-worker", "hop.0.max_concurrent_streams", before_node, 1, 100},
    // Stated by nobody: the browser's assumption, and its ceiling.
    {"node", "browser.http2_streams_default", alone, 1, 100},
    {"vite", "browser.http2_streams_default", alone, 1, 100},
    {"webpack-dev-server", "browser.http2_streams_default", alone, 1, 100},
    {"envoy", "browser.http2_streams_cap", before_node, 1, 256},
    // What is worked on of one connection.
    {"tomcat", "hop.0.executing_streams", alone, 1, 20},
    // Workers, which all users share.
    {"php-fpm", "hop.0.workers", alone_http1, 5, 1},
    {"gunicorn", "hop.0.workers", alone_http1, 1, 1},
    {"gunicorn-async", "hop.0.workers", alone_http1, 1000, 1},
    {"puma", "hop.0.workers", alone_http1, 5, 1},
    {"uwsgi", "hop.0.workers", alone_http1, 1, 1},
    {"tomcat", "hop.0.workers", alone_http1, 200, 1},
    // Proxies: connections of both sides, and those to the app.
    {"nginx", "hop.0.connections", before_node_http1, 255, 1},
    {"nginx-1.29.7", "hop.0.connections", before_node_http1, 255, 1},
    {"apache", "hop.0.upstream_connections", before_node_http1, 400, 1},
    {"envoy", "hop.0.upstream_connections", before_node_http1, 1024, 1},
};

/// So many users with so many streams each.
scenarios::Results fleet(const Limit& limit, int users, int rows) {
  const std::string text = fmt::format(
      "[run]\nduration = \"12s\"\nreplications = 1\n"
      "[network]\nprofile = \"localhost\"\n"
      "[fleet]\nusers = {}\narrive_within = \"5s\"\n"
      "[page]\nrows = {}\ndesign = \"stream-per-row\"\nupdates = {{ rate = \"0/s\" }}\n",
      users, rows);
  const std::string hops = fmt::format(fmt::runtime(limit.hops), limit.server);
  return scenarios::run_experiment(scenarios::read_scenario(text + hops, "limit.toml"));
}

std::optional<std::string> first_wall_of(const scenarios::Results& results) {
  const Study subject = study(results);
  const VariantView& view = subject.variants.front();
  const std::vector<Wall> its = walls(view);
  const std::optional<std::size_t> first = first_wall(its, view.world().fleet.users);
  if (!first) return std::nullopt;
  return its[*first].key;
}

TEST_CASE("each server's default limit: what fits is served, one more runs into it by its name",
          "[long]") {
  for (const Limit& limit : limits) {
    INFO(limit.server << " " << limit.key);
    const bool of_each_user = limit.rows > 1;
    const scenarios::Results fits = fleet(limit, limit.users, limit.rows);
    CHECK(first_wall_of(fits) == std::nullopt);
    CHECK(fits.variants.front().metric("streams.never_opened").value == 0.0);
    const scenarios::Results exceeds = of_each_user ? fleet(limit, limit.users, limit.rows + 1)
                                                    : fleet(limit, limit.users + 1, limit.rows);
    CHECK(first_wall_of(exceeds) == std::string(limit.key));
  }
}

TEST_CASE(
    "a corporate proxy's limit is for all origins, and a Worker's six for what has no headers") {
  const Limit proxy{"corporate-proxy", "", before_node_http1, 1, 40};
  const std::string more = "[browser]\nconnections_per_origin = 100\n";
  const std::string text =
      "[run]\nduration = \"12s\"\nreplications = 1\n[page]\nrows = 40\n"
      "[[request]]\nname = \"click\"\narrivals = { at = [\"6s\"] }\n";
  const scenarios::Results through_proxy = scenarios::run_experiment(scenarios::read_scenario(
      text + more + fmt::format(fmt::runtime(proxy.hops), proxy.server), "proxy.toml"));
  CHECK(first_wall_of(through_proxy) == std::string("hop.0.connections_per_client"));
  const std::vector<Finding> found = findings(study(through_proxy));
  REQUIRE_FALSE(found.empty());
  CHECK_THAT(found.front().why, Catch::Matchers::Contains("hop.0.connections_per_client"));

  const scenarios::Results worker = scenarios::run_experiment(
      scenarios::read_scenario("[run]\nduration = \"20s\"\nreplications = 1\n[page]\nrows = "
                               "0\n[[request]]\nname = \"click\"\n"
                               "arrivals = { at = [\"5s\", \"5s\", \"5s\", \"5s\", \"5s\", \"5s\", "
                               "\"5s\", \"5s\", \"5s\"] }\n"
                               "service = \"2s\"\n" +
                                   fmt::format(fmt::runtime(before_node), "cloudflare-worker"),
                               "worker.toml"));
  const Study subject = study(worker);
  const std::vector<Wall> its = walls(subject.variants.front());
  CHECK(its[1].binds());
  CHECK(its[1].key == "hop.0.upstream_connections");
  CHECK(its[1].limit == 6);
  CHECK(its[1].queue == 3.0);
}

TEST_CASE("a full accept backlog refuses, and the report names its key") {
  const scenarios::Results results = scenarios::run_experiment(scenarios::read_scenario(
      "[run]\nduration = \"12s\"\nreplications = 1\n[network]\nprofile = \"localhost\"\n"
      "[fleet]\nusers = 530\narrive_within = \"5s\"\n[page]\nrows = 1\n"
      "[[request]]\nname = \"click\"\narrivals = { at = [\"6s\"] }\n"
      "[[hop]]\nkind = \"nginx\"\nconnections = \"unlimited\"\n[[hop]]\nkind = \"php-fpm\"\n",
      "backlog.toml"));
  const auto& variant = results.variants.front();
  CHECK(variant.metric("hop.1.queue.peak").value == 511.0);
  CHECK(variant.metric("hop.1.refused").value > 0.0);
  const std::vector<Finding> all = findings(study(results));
  const auto refused = std::ranges::find(all, "refused", &Finding::name);
  REQUIRE(refused != all.end());
  CHECK_THAT(refused->why,
             Catch::Matchers::Contains("511 requests may wait for one (hop.1.backlog)"));
}

TEST_CASE("timeouts that end streams are named with their key") {
  struct Timeout {
    std::string_view server;
    std::string_view hops;
    std::string_view duration;
    std::string_view words;
  };
  for (const Timeout& one :
       {Timeout{"nginx", before_node, "100s",
                "Nginx waits for 60 s for the next byte (hop.0.read_timeout)"},
        Timeout{"aws-alb", before_node, "100s", "(hop.0.read_timeout)"},
        Timeout{"cloudflare", before_node, "200s", "120 s"},
        Timeout{"envoy", before_node, "40s", "Envoy lets a response take 15 s as a whole"},
        Timeout{"gunicorn", alone_http1, "50s", "Gunicorn lets a response take 30 s as a whole"}}) {
    INFO(one.server);
    const std::string text = fmt::format(
        "[run]\nduration = \"{}\"\nreplications = 1\n"
        "[page]\nrows = 1\nupdates = {{ rate = \"0/s\" }}\ndesign = \"single-stream\"\n{}",
        one.duration, fmt::format(fmt::runtime(one.hops), one.server));
    const scenarios::Results results =
        scenarios::run_experiment(scenarios::read_scenario(text, "timeout.toml"));
    const std::vector<Finding> all = findings(study(results));
    const auto cut = std::ranges::find(all, "streams-cut", &Finding::name);
    REQUIRE(cut != all.end());
    CHECK_THAT(cut->why, Catch::Matchers::Contains(std::string(one.words)));
    const bool is_answered = cut->evidence.find("or the status 504") != std::string::npos;
    CHECK(is_answered == (one.hops == before_node));
  }
}

TEST_CASE("an app's worker that is killed is told of by the status of the proxy before it") {
  const scenarios::Results results = scenarios::run_experiment(scenarios::read_scenario(
      "[run]\nduration = \"100s\"\nreplications = 1\n[page]\nrows = 1\n"
      "design = \"single-stream\"\n[[hop]]\nkind = \"nginx\"\n[[hop]]\nkind = \"gunicorn\"\n",
      "killed.toml"));
  const std::vector<Finding> all = findings(study(results));
  const auto cut = std::ranges::find(all, "streams-cut", &Finding::name);
  REQUIRE(cut != all.end());
  CHECK_THAT(cut->evidence, Catch::Matchers::Contains("that end after 30 s, or the status 502;"));
}

TEST_CASE("news that come sooner are no cure where the clicks pay for them") {
  const scenarios::Results results = scenarios::run_experiment(
      scenarios::read_scenario("[run]\nduration = \"120s\"\nreplications = 2\n[page]\nrows = 1\n"
                               "[[request]]\nname = \"click\"\nmethod = \"POST\"\nby_user = true\n"
                               "arrivals = { rate = \"0.2/s\" }\n[[hop]]\nkind = \"envoy\"\n"
                               "response_timeout = \"8s\"\n[[hop]]\nkind = \"uwsgi\"\n"
                               "[compare]\n\"page.design\" = [\"single-stream\", \"websocket\"]\n",
                               "paid.toml"));
  const Study subject = study(results);
  REQUIRE(subject.fate(subject.variants.back()) == Fate::refused);
  int told = 0;
  for (const Finding& finding : findings(subject)) {
    if (finding.name != "streams-cut" && finding.name != "rows-stale") continue;
    ++told;
    CHECK(finding.variant == 0);
    CHECK(finding.change == "None of the other variants simulated here does much better.");
  }
  CHECK(told == 2);
}

TEST_CASE("every server of the catalogue with a limit has a scenario that runs into it") {
  std::set<std::string_view> tested;
  for (const Limit& limit : limits) tested.insert(limit.server);
  tested.insert("corporate-proxy");  // above
  for (const models::HopSpec& server : models::servers()) {
    INFO(server.kind);
    CHECK(tested.contains(server.kind));
  }
}

}  // namespace
}  // namespace sixslots::reports

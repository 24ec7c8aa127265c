#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace sixslots;
using namespace sixslots::models;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// A page with a silent event stream per row, over HTTP/2 unless said otherwise, through the named
/// servers with their defaults.
WorldSpec streams(int rows, std::vector<std::string_view> servers) {
  WorldSpec spec;
  spec.browser = *find_browser("chrome");
  spec.browser.http2_streams_cap = 0;  // the server's limit is in question
  spec.network = *find_network("localhost");
  for (const std::string_view name : servers) spec.hops.push_back(*find_server(name));
  spec.hops.front().protocol = Protocol::http2;
  spec.hops.back().service = sim::Distribution::constant(milliseconds(1));
  spec.page.rows = rows;
  spec.page.design = find_design("stream-per-row");
  spec.page.updates.rate = 0.0;
  return spec;
}

Observations observe(const WorldSpec& spec, Duration duration = seconds(10)) {
  return testing::simulate(spec, duration);
}

std::uint64_t opened(int rows, std::vector<std::string_view> servers) {
  return observe(streams(rows, std::move(servers))).streams_opened;
}

}  // namespace

TEST_CASE("servers that state a stream limit open as many event streams, and one more waits") {
  struct Case {
    std::vector<std::string_view> servers;
    int limit;
  };
  for (const Case& one : {Case{{"go"}, 250}, Case{{"kestrel"}, 100}, Case{{"nginx", "node"}, 128},
                          Case{{"haproxy", "node"}, 100}, Case{{"caddy", "node"}, 250},
                          Case{{"traefik", "node"}, 250}, Case{{"aws-alb", "node"}, 128},
                          Case{{"apache", "node"}, 100}}) {
    INFO(one.servers.front());
    const auto limit = static_cast<std::uint64_t>(one.limit);
    CHECK(opened(one.limit, one.servers) == limit);
    CHECK(opened(one.limit + 1, one.servers) == limit);
  }
}

TEST_CASE("a server that states no limit is taken at a hundred") {
  CHECK(opened(130, {"node"}) == 100);
}

TEST_CASE("servers with workers open as many event streams as they have workers") {
  struct Case {
    std::string_view server;
    std::uint64_t workers;
  };
  for (const Case& one :
       {Case{"php-fpm", 5}, Case{"gunicorn", 1}, Case{"puma", 5}, Case{"uwsgi", 1}}) {
    INFO(one.server);
    CHECK(opened(20, {one.server}) == one.workers);
  }
  CHECK(opened(90, {"gunicorn-async"}) == 90);
}

TEST_CASE("behind nginx the workers' wall stands where the browser's was") {
  CHECK(opened(20, {"nginx", "php-fpm"}) == 5);
  const Observations seen = observe(streams(20, {"nginx", "php-fpm"}));
  CHECK(seen.workers_peak == 5);
  CHECK(seen.connections_peak == 1);
}

TEST_CASE("Tomcat works on twenty streams of a connection") {
  CHECK(opened(60, {"tomcat"}) == 20);
  WorldSpec two_users = streams(60, {"tomcat"});
  two_users.fleet.users = 2;
  CHECK(observe(two_users).streams_opened == 40);
}

TEST_CASE("nginx refuses with 500 what its worker_connections cannot carry") {
  WorldSpec spec = streams(20, {"nginx", "node"});
  spec.hops[0].connections = 32;
  const Observations seen = observe(spec);
  CHECK(seen.streams_opened == 20);
  spec.page.rows = 40;
  const Observations more = observe(spec);
  CHECK(more.streams_opened == 29);
  CHECK(more.streams_given_up == 11);
  CHECK(find_server("nginx")->connections == 512);
}

TEST_CASE("a full upstream is refused by nginx and queued by Envoy up to its breaker") {
  WorldSpec spec = streams(8, {"nginx", "node"});
  spec.hops[0].upstream_connections = 6;
  CHECK(observe(spec).streams_given_up == 2);
  WorldSpec envoy = streams(9, {"envoy", "node"});
  envoy.hops[0].upstream_connections = 4;
  envoy.hops[0].backlog = 3;
  const Observations seen = observe(envoy);
  CHECK(seen.streams_opened == 4);
  CHECK(seen.streams_given_up == 2);  // of nine, four are open and three are pending
  CHECK(find_server("envoy")->upstream_connections == 1024);
  CHECK(find_server("envoy")->backlog == 1024);
}

TEST_CASE("Envoy cuts every response after fifteen seconds") {
  const Observations seen = observe(streams(1, {"envoy", "node"}), seconds(40));
  CHECK(seen.reconnects == 2);  // at 18 s and at 36 s
}

TEST_CASE("a stream that is silent for a minute is cut, and a heartbeat keeps it") {
  for (const std::string_view proxy : {"nginx", "nginx-1.29.7", "aws-alb", "apache"}) {
    INFO(proxy);
    WorldSpec spec = streams(1, {proxy, "node"});
    CHECK(observe(spec, seconds(62)).reconnects == 0);
    CHECK(observe(spec, seconds(64)).reconnects == 1);
    spec.page.heartbeat = seconds(15);
    CHECK(observe(spec, seconds(200)).reconnects == 0);
  }
}

TEST_CASE("through a corporate proxy a browser has 32 connections for everything") {
  WorldSpec spec = streams(40, {"corporate-proxy", "node"});
  spec.hops[0].protocol = Protocol::http1;
  spec.browser.connections_per_origin = 100;  // as if the rows were spread over many origins
  CHECK(observe(spec).streams_opened == 32);
}

TEST_CASE("a Cloudflare Worker has six connections that wait for headers, and the rest queue") {
  WorldSpec spec = streams(1, {"cloudflare-worker", "node"});
  spec.page.design = find_design("polling");
  spec.page.rows = 0;
  spec.requests = testing::hand_world("polling", 0, Protocol::http2).requests;
  spec.requests[0].arrivals.at = std::vector<Duration>(8, seconds(2));
  spec.requests[0].service = sim::Distribution::constant(seconds(1));
  const Observations seen = observe(spec);
  CHECK(seen.hops[0].busy_peak == 6);
  CHECK(seen.hops[0].queue_peak == 2);
  CHECK(seen.hops[0].refused == 0);
  CHECK(seen.flows[0].latency.max() > seconds(2));  // the two behind them
}

TEST_CASE("streams whose headers have come do not count among a Worker's six") {
  CHECK(opened(20, {"cloudflare-worker", "node"}) == 20);
}

TEST_CASE("development servers speak HTTP/1.1: six streams and no more") {
  for (const std::string_view server : {"vite", "webpack-dev-server"}) {
    INFO(server);
    WorldSpec spec = streams(20, {server});
    spec.hops[0].protocol = find_server(server)->protocol;
    CHECK(observe(spec).streams_opened == 6);
  }
}

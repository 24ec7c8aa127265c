#include <algorithm>
#include <stdexcept>

#include "models/web_socket_pool.hpp"
#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;
using namespace sixslots::models::testing;

namespace {

constexpr Time at(Duration since_start) { return sim::start_of_time + since_start; }

}  // namespace

TEST_CASE("with five event streams a click opens the sixth connection and has no stall") {
  const Observations seen = simulate(hand_world("stream-per-row", 5, Protocol::http1));
  const RequestRecord& click = click_of(seen);
  CHECK(stalled(click, seen.end) == 0ms);
  CHECK(click.connecting == 160ms);                   // TCP 80, TLS 1.3 80
  CHECK(click.arrived == at(2000ms + 160ms + 40ms));  // and half a round trip
  CHECK(click.finished == at(2000ms + 160ms + 80ms + 40ms));
  CHECK(seen.connections_peak == 6);
}

TEST_CASE("with six event streams a click is never sent") {
  const Observations seen = simulate(hand_world("stream-per-row", 6, Protocol::http1));
  const RequestRecord& click = click_of(seen);
  CHECK_FALSE(click.granted);
  CHECK_FALSE(click.arrived);
  CHECK(seen.flows[0].starved == 1);
  const auto p50 = seen.flows[0].latency.quantile(0.5);
  REQUIRE(p50);
  CHECK(p50->censored);
  CHECK(p50->value == 18s);  // it has waited since 2 s, and the run ended at 20 s
}

TEST_CASE(
    "a click that had no time to connect before the run ended is unfinished, and not starved") {
  // A round trip for TCP and one for TLS.
  for (const Duration left : {160ms, 161ms}) {
    WorldSpec spec = hand_world("stream-per-row", 6, Protocol::http1);
    spec.requests[0].arrivals.at = {20s - left};
    const FlowStatistics click = simulate(spec).flows[0];
    CHECK(click.censored == 1);
    CHECK(click.starved == (left > 160ms ? 1 : 0));
  }
}

TEST_CASE("a long poll that ends without news carries none") {
  WorldSpec spec = hand_world("long-poll", 3, Protocol::http1);
  spec.requests.clear();
  spec.page.long_poll_timeout = 5s;
  spec.page.updates.size = Bytes{1'000};
  const Observations silent = simulate(spec, 19s);
  spec.page.updates.size = Bytes{100'000};
  CHECK(silent.requests_arrived == 5);  // with the document
  CHECK(simulate(spec, 19s).bytes == silent.bytes);
  spec.page.updates.rate = 0.1;
  CHECK(simulate(spec, 19s).bytes > silent.bytes + 100'000);
}

TEST_CASE("with six event streams that end, a click is sent then, on the connection of the first") {
  WorldSpec spec = hand_world("stream-per-row", 6, Protocol::http1);
  spec.page.stream_ends_after = 5s;
  const Observations seen = simulate(spec);
  const RequestRecord& click = click_of(seen);
  const RequestRecord& first_stream = seen.records[1];  // record 0 is the document
  REQUIRE(first_stream.kind == RequestKind::event_source);
  const Time server_ends = *first_stream.answered + 5s;
  CHECK(click.connecting == 0ms);
  CHECK(click.reused);
  CHECK(click.connection == first_stream.connection);
  CHECK(click.arrived == server_ends + 80ms);  // half to learn of the end, half to get there
}

TEST_CASE("one multiplexed stream is one connection per page, whatever the rows") {
  for (const int rows : {1, 20, 500}) {
    WorldSpec spec = hand_world("single-stream", rows, Protocol::http1);
    spec.requests.clear();
    const Observations seen = simulate(spec);
    CHECK(seen.connections_peak == 1);
    CHECK(seen.streams_opened == 1);
  }
}

TEST_CASE("over HTTP/2 with a limit of 100, 99 event streams leave one for the click") {
  const Observations seen = simulate(hand_world("stream-per-row", 99, Protocol::http2));
  const RequestRecord& click = click_of(seen);
  CHECK(stalled(click, seen.end) == 0ms);
  CHECK(click.finished == at(2000ms + 80ms + 40ms));
  CHECK(seen.connections_peak == 1);
}

TEST_CASE("over HTTP/2 with a limit of 100, 100 event streams leave none") {
  const Observations seen = simulate(hand_world("stream-per-row", 100, Protocol::http2));
  CHECK_FALSE(click_of(seen).granted);
  CHECK(seen.connections_peak == 1);
}

TEST_CASE("a server that states no stream limit is taken to allow 100") {
  WorldSpec spec = hand_world("stream-per-row", 100, Protocol::http2);
  spec.hops.back().max_concurrent_streams.reset();
  CHECK_FALSE(click_of(simulate(spec)).granted);
  spec.page.rows = 99;
  CHECK(click_of(simulate(spec)).granted);
}

TEST_CASE("a server that allows more than 256 streams gets 256 from Chrome") {
  WorldSpec spec = hand_world("stream-per-row", 256, Protocol::http2);
  spec.hops.back().max_concurrent_streams = 1000;
  CHECK_FALSE(click_of(simulate(spec)).granted);
  spec.page.rows = 255;
  CHECK(click_of(simulate(spec)).granted);
}

TEST_CASE("in Firefox a real click gets past six event streams on a seventh connection") {
  WorldSpec spec = hand_world("stream-per-row", 6, Protocol::http1);
  spec.browser = *find_browser("firefox");
  const Observations seen = simulate(spec);
  CHECK(stalled(click_of(seen), seen.end) == 0ms);
  CHECK(seen.connections_peak == 7);
}

TEST_CASE("two tabs with three rows each hang as one tab with six") {
  WorldSpec spec = hand_world("stream-per-row", 3, Protocol::http1);
  spec.tabs = 2;
  spec.requests[0].arrivals.at = {5s};
  CHECK_FALSE(click_of(simulate(spec)).granted);
  spec.page.rows = 2;
  CHECK(click_of(simulate(spec)).granted);
}

TEST_CASE("seven tabs with a stream each hang, and a shared worker cures them") {
  WorldSpec spec = hand_world("single-stream", 4, Protocol::http1);
  spec.tabs = 6;
  spec.requests[0].arrivals.at = {15s};
  CHECK_FALSE(click_of(simulate(spec)).granted);
  spec.page.design = find_design("shared-worker");
  CHECK(click_of(simulate(spec)).granted);
}

TEST_CASE("a shared worker keeps every tab current, also those opened after it") {
  WorldSpec spec = hand_world("shared-worker", 4, Protocol::http1);
  spec.tabs = 3;
  spec.page.updates.rate = 1.0;
  const Observations seen = simulate(spec);
  CHECK(seen.streams_opened == 1);
  CHECK(seen.staleness.finished() > 100);
  CHECK(seen.staleness.quantile(0.9)->value < 100ms);
}

TEST_CASE("WebSockets take none of the six slots in Chrome") {
  const Observations seen = simulate(hand_world("websocket-per-row", 30, Protocol::http1));
  CHECK(stalled(click_of(seen), seen.end) == 0ms);
  CHECK(seen.streams_opened == 30);
}

TEST_CASE("Chromium's throttle counts the WebSocket that it delays") {
  WebSocketPool pool(*find_browser("chrome"),
                     sim::RandomSource{}.stream("test", sim::Purpose::throttle));
  for (int pending = 1; pending <= 20; ++pending) {
    const Duration delay = pool.handshake_begins();
    const Duration most = Duration(5s) * (1 << std::min(pending, 16)) / 65536;
    INFO(pending);
    CHECK(delay <= most);
    CHECK(delay > most / 5 - 1ms);
  }
}

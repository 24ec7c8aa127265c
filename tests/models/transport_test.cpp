#include "models/transport.hpp"

#include <vector>

#include "sim/process.hpp"
#include "sim/simulation.hpp"
#include "tests/catch.hpp"
#include "tests/models/worlds.hpp"

using namespace std::chrono_literals;
using namespace sixslots;
using namespace sixslots::models;

namespace {

constexpr Ratio one_in_ten{0.1};

NetworkPath network(Ratio loss, BitRate down = {}) {
  NetworkPath path;
  path.rtt = 80ms;
  path.down = down;
  path.loss = loss;
  return path;
}

/// Chances by which of the next packets exactly those are lost.
PacketChances chances_that_lose(const std::vector<bool>& pattern) {
  for (std::uint64_t ticket = 0;; ++ticket) {
    Losses losses(one_in_ten, {ticket}, Losses::Way::back);
    bool fits = true;
    for (const bool lost : pattern) fits = losses.next() == lost && fits;
    if (fits) return {ticket};
  }
}

std::vector<bool> only(std::size_t lost, std::size_t of) {
  std::vector<bool> pattern(of, false);
  pattern[lost] = true;
  return pattern;
}

/// The way of one connection, or of one stream of it with its own order.
struct Way {
  TransportLane transport;
  Time own_order{};
};

Lane lane(const NetworkPath& path, Link& link, Way& way, Protocol protocol) {
  Time& order = protocol == Protocol::http3 ? way.own_order : way.transport.in_order;
  return {path, link, way.transport, order, transport_rules(protocol)};
}

sim::Process send(Lane lane, Bytes size, Losses losses, Time& done, sim::Simulation& simulation) {
  co_await carry(simulation, lane, size, losses);
  done = simulation.now();
}

/// How long a message of so many packets takes that loses these, sent on an idle connection.
Duration time_of(std::int64_t packets, Protocol protocol, const PacketChances& chances,
                 Ratio loss = one_in_ten) {
  sim::Simulation simulation;
  const NetworkPath path = network(loss);
  Link link(path.down);
  Way way;
  Time done{};
  const Bytes size{packets * transport_rules(protocol).segment.count};
  simulation.spawn(send(lane(path, link, way, protocol), size,
                        Losses(loss, chances, Losses::Way::back), done, simulation));
  simulation.run();
  return done - sim::start_of_time;
}

WorldSpec world(Protocol protocol, std::int64_t response_size) {
  WorldSpec spec = testing::hand_world("single-stream", 1, protocol);
  spec.network.slow_start = true;
  spec.requests[0].response_size = {response_size};
  return spec;
}

Duration latency(const WorldSpec& spec) {
  const RequestRecord click = testing::click_of(testing::simulate(spec));
  return *click.finished - click.created;
}

}  // namespace

TEST_CASE("a transfer takes a round trip for ten segments, then for twenty, then for forty") {
  for (const auto& [size, round_trips] :
       {std::pair{14'600, 1}, std::pair{14'601, 2}, std::pair{43'800, 2}, std::pair{43'801, 3},
        std::pair{102'200, 3}, std::pair{102'201, 4}}) {
    INFO(size);
    CHECK(latency(world(Protocol::http2, size)) == round_trips * 80ms + 40ms);
    // A connection of its own, whose set-up takes two more.
    CHECK(latency(world(Protocol::http1, size)) == (2 + round_trips) * 80ms + 40ms);
  }
}

TEST_CASE("QUIC's ten packets are smaller") {
  CHECK(latency(world(Protocol::http3, 12'000)) == 80ms + 40ms);
  CHECK(latency(world(Protocol::http3, 12'001)) == 160ms + 40ms);
}

TEST_CASE("without slow start a transfer takes what its link takes") {
  WorldSpec spec = world(Protocol::http2, 1'000'000);
  spec.network.slow_start = false;
  CHECK(latency(spec) == 80ms + 40ms);
  spec.network.down = {8'000'000};
  CHECK(latency(spec) == 80ms + 40ms + 1s);
}

TEST_CASE("where the link is the narrower, slow start costs nothing") {
  WorldSpec spec = world(Protocol::http2, 100'000);
  spec.network.down = {1'000'000};  // ten segments take 116.8 ms of it, longer than a round trip
  CHECK(latency(spec) == 80ms + 40ms + 800ms);
  spec.network.down = {10'000'000};  // and here 11.68 ms, then wait for the rest of the round trip
  spec.requests[0].response_size = {29'200};
  CHECK(latency(spec) == 80ms + 40ms + 80ms + 11'680us);
}

TEST_CASE("a used connection is faster, and has to start again when it was idle") {
  WorldSpec spec = world(Protocol::http2, 40 * 1460);
  spec.requests[0].arrivals.at = {2s, 2300ms, 5s};
  const Observations seen = testing::simulate(spec);
  std::vector<Duration> latencies;
  for (const RequestRecord& record : seen.records) {
    if (record.flow == 0) latencies.push_back(*record.finished - record.created);
  }
  CHECK(latencies == std::vector<Duration>{280ms, 120ms, 280ms});
}

TEST_CASE("the window halves for every timeout without traffic, down to ten packets") {
  const TransportRules& rules = transport_rules(Protocol::http2);
  const auto window_after = [&](Duration idle) {
    CongestionWindow window;
    Time now{};
    for (const int packets : {10, 20, 40, 80}) {
      CHECK(window.take(packets, now, 80ms, rules) == packets);
      window.sent(now);
      now += 80ms;
    }
    CHECK(window.take_all(1, now - 80ms + idle, 80ms, rules));
    return window.size();
  };
  CHECK(window_after(80ms) == 160);
  CHECK(window_after(280ms) == 160);  // the timeout: a round trip and 200 ms
  CHECK(window_after(281ms) == 80);
  CHECK(window_after(561ms) == 40);
  CHECK(window_after(841ms) == 20);
  CHECK(window_after(10s) == 10);
}

TEST_CASE("the streams of a session share its window") {
  WorldSpec spec = world(Protocol::http2, 14'600);
  spec.requests[0].arrivals.at = {2s, 2s};
  const Observations seen = testing::simulate(spec);
  std::vector<Duration> latencies;
  for (const RequestRecord& record : seen.records) {
    if (record.flow == 0) latencies.push_back(*record.finished - record.created);
  }
  CHECK(latencies == std::vector<Duration>{120ms, 200ms});
}

TEST_CASE(
    "a packet lost at the end is sent again after a timeout, in the middle a round trip later") {
  CHECK(time_of(1, Protocol::http2, chances_that_lose({true, false})) == 280ms);
  CHECK(time_of(1, Protocol::http3, chances_that_lose({true, false})) == 106ms);
  CHECK(time_of(4, Protocol::http2, chances_that_lose(only(0, 6))) == 80ms);
  CHECK(time_of(4, Protocol::http2, chances_that_lose(only(1, 6))) == 280ms);
  CHECK(time_of(4, Protocol::http3, chances_that_lose(only(0, 6))) == 80ms);
}

TEST_CASE("a timeout doubles when what was sent again is lost too") {
  CHECK(time_of(1, Protocol::http2, chances_that_lose({true, true, false})) == 280ms + 560ms);
  CHECK(time_of(4, Protocol::http2, chances_that_lose({true, true, false, false, false, false})) ==
        80ms + 280ms);
}

TEST_CASE("a loss halves the window, which then grows by a packet for each round trip") {
  CHECK(time_of(40, Protocol::http2, {}, Ratio{}) == 160ms);  // 10, 20, 10
  // 10, then half, 5, 6, 7, 8, and the last 4.
  CHECK(time_of(40, Protocol::http2, chances_that_lose(only(3, 50))) == 5 * 80ms);
}

TEST_CASE("what a lost packet holds up: a connection, a session or a stream") {
  const NetworkPath path = network(one_in_ten);
  const PacketChances lucky = chances_that_lose({false, false});
  const PacketChances unlucky = chances_that_lose({true, false});
  // One message loses its packet, another arrives 10 ms later: when can that one be read?
  const auto other_read = [&](Protocol protocol, bool on_the_same_connection) {
    sim::Simulation simulation;
    Link link{BitRate{}};
    Way first;
    Way second;
    Way& shared = on_the_same_connection ? first : second;
    Losses lost(one_in_ten, unlucky, Losses::Way::back);
    Losses arrives(one_in_ten, lucky, Losses::Way::back);
    const Lane lane_of_first = lane(path, link, first, protocol);
    Time& own_order = protocol == Protocol::http3 ? second.own_order : shared.transport.in_order;
    const Lane other(path, link, shared.transport, own_order, transport_rules(protocol));
    lane_of_first.arrival(lost, 0, sim::start_of_time);
    return other.arrival(arrives, 0, sim::start_of_time + 10ms) - sim::start_of_time;
  };
  CHECK(other_read(Protocol::http1, false) == 10ms);
  CHECK(other_read(Protocol::http1, true) == 280ms);  // the next message of that connection
  CHECK(other_read(Protocol::http2, true) == 280ms);
  CHECK(other_read(Protocol::http3, true) == 10ms);
}

TEST_CASE("a handshake's lost packet costs a second, the next one two") {
  const auto cost = [](const std::vector<bool>& pattern) {
    Losses losses(one_in_ten, chances_that_lose(pattern), Losses::Way::back);
    return handshake_losses(losses, transport_rules(Protocol::http1).handshake_timeout);
  };
  CHECK(cost({false, false}) == 0s);
  CHECK(cost({true, false, false}) == 1s);
  CHECK(cost({false, true, false, false}) == 1s);  // the answer to it was lost
  CHECK(cost({true, true, false, false}) == 3s);
}

TEST_CASE("so many packets are lost as the network says, and the same ones every time") {
  std::int64_t lost = 0;
  constexpr std::int64_t packets = 100'000;
  Losses losses(Ratio{0.02}, {7}, Losses::Way::back);
  Losses again(Ratio{0.02}, {7}, Losses::Way::back);
  for (std::int64_t i = 0; i < packets; ++i) {
    const bool this_one = losses.next();
    if (this_one) ++lost;
    REQUIRE(again.next() == this_one);
  }
  CHECK(std::abs(lost - 2000) < 180);  // four standard deviations
}

TEST_CASE("losses make the updates of rows older: most over HTTP/2, least over HTTP/3") {
  const auto staleness = [](Protocol protocol, std::string_view design, double loss) {
    WorldSpec spec = testing::hand_world(design, 5, protocol);
    spec.page.updates.rate = 5.0;
    spec.network.loss = {loss};
    return *testing::simulate(spec, 100s).staleness.mean();
  };
  for (const Protocol protocol : {Protocol::http1, Protocol::http2, Protocol::http3}) {
    CHECK(staleness(protocol, "stream-per-row", 0.0) == Approx(0.040).margin(0.005));
  }
  const double own_connections = staleness(Protocol::http1, "stream-per-row", 0.05);
  const double one_session = staleness(Protocol::http2, "stream-per-row", 0.05);
  const double own_orders = staleness(Protocol::http3, "stream-per-row", 0.05);
  CHECK(own_orders < own_connections);
  CHECK(own_connections < one_session);
  // One stream for all rows is one order in any case.
  CHECK(staleness(Protocol::http1, "single-stream", 0.05) > own_connections);
  CHECK(staleness(Protocol::http1, "websocket", 0.05) > own_connections);
}

TEST_CASE("a design meets the losses that another one meets") {
  const auto lost_clicks = [](std::string_view design) {
    WorldSpec spec = testing::hand_world(design, 3, Protocol::http2);
    spec.network.loss = {0.1};
    spec.requests[0].arrivals.at.clear();
    for (int i = 2; i < 60; ++i) spec.requests[0].arrivals.at.push_back(i * 1s);
    std::vector<bool> slow;
    for (const RequestRecord& record : testing::simulate(spec, 70s).records) {
      if (record.flow == 0) slow.push_back(*record.finished - record.created > 120ms);
    }
    return slow;
  };
  const std::vector<bool> polled = lost_clicks("polling");
  CHECK(std::ranges::count(polled, true) > 3);
  CHECK(polled == lost_clicks("stream-per-row"));
}

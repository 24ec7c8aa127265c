#include "models/transport.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/math.hpp"

namespace sixslots::models {

namespace {

// Three packets behind a lost one tell of it (RFC 5681 section 3.2, RFC 9002 section 6.1.1).
constexpr std::int64_t packets_that_tell = 3;

constexpr std::int32_t least_threshold = 2;  // RFC 5681 section 3.1, RFC 9002 section 7.2

}  // namespace

std::int32_t CongestionWindow::take(std::int32_t wanted, Time now, Duration rtt,
                                    const TransportRules& rules) {
  if (now >= round_began_ + rtt || taken_ == 0) begin_round(now, rtt, rules);
  const std::int32_t granted = std::min(wanted, size_ - taken_);
  taken_ += granted;
  return granted;
}

bool CongestionWindow::take_all(std::int32_t wanted, Time now, Duration rtt,
                                const TransportRules& rules) {
  if (now >= round_began_ + rtt || taken_ == 0) begin_round(now, rtt, rules);
  if (wanted > size_ - taken_) return false;
  taken_ += wanted;
  last_sent_ = now;
  return true;
}

void CongestionWindow::begin_round(Time now, Duration rtt, const TransportRules& rules) {
  grow();
  const Duration timeout = rules.timeout(rtt);
  if (taken_ > 0 && now - last_sent_ > timeout) restart_after(now - last_sent_, timeout);
  taken_ = 0;
  reduced_ = false;
  round_began_ = now;
}

// Only a window that is used grows (Linux include/net/tcp.h tcp_is_cwnd_limited).
void CongestionWindow::grow() {
  if (reduced_) return;
  if (size_ < threshold_) {
    if (2 * taken_ > size_) size_ = std::min({size_ + taken_, threshold_, largest});
  } else if (taken_ == size_) {
    size_ = std::min(size_ + 1, largest);
  }
}

// Half for every timeout that nothing was sent, but not below the initial window (RFC 2861, Linux
// net/ipv4/tcp_output.c tcp_cwnd_restart with tcp_slow_start_after_idle, which is on by default).
void CongestionWindow::restart_after(Duration idle, Duration timeout) {
  threshold_ = std::max(threshold_, size_ / 2 + size_ / 4);
  for (idle -= timeout; idle > Duration::zero() && size_ > initial; idle -= timeout) {
    size_ = std::max(size_ / 2, initial);
  }
}

void CongestionWindow::lost(bool noticed, const TransportRules& rules) {
  if (!reduced_) threshold_ = std::max(size_ / 2, least_threshold);
  reduced_ = true;
  size_ = std::min(size_, threshold_);
  if (!noticed) size_ = std::min(size_, rules.after_timeout);
}

Losses::Losses(Ratio loss, PacketChances chances, Way way, std::uint32_t attempt)
    : loss_(loss),
      stream_(chances.ticket, attempt, static_cast<sim::EntityId>(way), sim::Purpose::loss) {
  draw();
}

// The number of packets before a lost one has a geometric distribution.
void Losses::draw() {
  constexpr double never = 1e15;
  if (loss_.value <= 0.0) {
    until_loss_ = static_cast<std::int64_t>(never);
    return;
  }
  const double count = sim::log(stream_.uniform()) / sim::log1p(-loss_.value);
  until_loss_ = static_cast<std::int64_t>(std::min(count, never));
}

void Losses::skip_first() {
  if (next()) {
    while (next()) {
    }
  }
}

bool Losses::next() {
  if (until_loss_ > 0) {
    --until_loss_;
    return false;
  }
  draw();
  return true;
}

Duration Losses::recovery(bool noticed, Duration rtt, Duration timeout) {
  Duration time = noticed ? rtt : timeout;
  if (!noticed) timeout *= 2;
  for (; next(); timeout *= 2) time += timeout;
  return time;
}

bool Lane::window_takes(Bytes size, Time now) const {
  const std::int64_t count = packets(size);
  return count <= std::numeric_limits<std::int32_t>::max() &&
         transport_.window.take_all(static_cast<std::int32_t>(count), now, network_.rtt, rules_);
}

Time Lane::arrival(Losses& losses, std::int64_t behind, Time now) const {
  if (!losses.next()) return std::max(now, in_order_);
  const bool noticed = behind >= packets_that_tell;
  const Duration timeout = rules_.timeout(network_.rtt);
  in_order_ = std::max(in_order_, now + losses.recovery(noticed, network_.rtt, timeout));
  transport_.window.lost(noticed, rules_);
  return in_order_;
}

sim::Task<> carry(sim::Simulation& simulation, Lane lane, Bytes size, Losses losses) {
  const Duration rtt = lane.network_.rtt;
  const std::int64_t segment = lane.rules_.segment.count;
  std::int64_t left = lane.packets(size);
  std::int64_t bytes_left = size.count;
  while (left > 0) {
    std::int64_t flight = left;
    if (lane.network_.slow_start) {
      constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
      const auto wanted = static_cast<std::int32_t>(std::min(left, most));
      flight = lane.transport_.window.take(wanted, simulation.now(), rtt, lane.rules_);
    }
    if (flight == 0) {
      const Time next = lane.transport_.window.next_round(rtt);
      co_await simulation.until(next);
    }
    while (flight > 0) {
      const std::int64_t arriving = losses.arriving(flight);
      const bool one_is_lost = arriving < flight;
      const std::int64_t part = arriving + (one_is_lost ? 1 : 0);
      const Bytes bytes{std::min(part * segment, bytes_left)};
      co_await lane.link_.transfer(bytes);
      losses.pass(arriving);
      flight -= part;
      left -= part;
      bytes_left -= bytes.count;
      if (one_is_lost) lane.arrival(losses, left, simulation.now());
    }
    lane.transport_.window.sent(simulation.now());
  }
  if (lane.in_order_ > simulation.now()) co_await simulation.until(lane.in_order_);
}

Duration handshake_losses(Losses& losses, Duration timeout) {
  Duration time{};
  for (; losses.next() || losses.next(); timeout *= 2) time += timeout;
  return time;
}

}  // namespace sixslots::models

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/link_waits.hpp"
#include "scenarios/results.hpp"

namespace sixslots::reports {

/// Seconds that a user puts up with: Nielsen, Usability Engineering, 1993.
inline constexpr double tolerable_wait = 1.0;

/// What became of a flow's requests, the best first.
enum class Fate : std::uint8_t {
  answered,    ///< all of them, without much waiting
  slow,        ///< all of them, but much of their time they were stalled or queued
  refused,     ///< some failed
  unanswered,  ///< some were sent, and waited at the server in that way
  starved,     ///< some waited in the browser, longer than any answered one took, to the end of the
               ///< run; or most did, to the end of the page's patience
  none,        ///< none were made
};

/// One flow in one variant.
struct FlowView {
  const models::RequestFlow* flow = nullptr;
  const models::FlowStatistics* statistics = nullptr;
  Fate fate = Fate::none;
  std::uint64_t starved = 0;   ///< those that waited too long to be a click of the last moment
  bool waits = false;          ///< noticeably: for slots, at the server or for the access link
  double stalled_share = 0.0;  ///< of the total latency
  double queued_share = 0.0;   ///< the same, at the hops and the app
  LinkWait link;               ///< of the recorded ones
  double late_share = 0.0;     ///< of the requests, those that take longer than a user puts up with
  scenarios::MetricValue p50;
  scenarios::MetricValue p95;
  scenarios::MetricValue max;
};

/// The event streams and WebSockets of the page in the first replication.
struct StreamCount {
  std::uint64_t asked_for = 0;  ///< one a row, a tab or a browser, as the design wants it
  std::uint64_t sockets = 0;    ///< of these, WebSockets
  // Those that never opened, by what became of the last attempt:
  std::uint64_t in_browser = 0;  ///< waits for a slot or stream, or for its turn at a handshake
  std::uint64_t at_server = 0;   ///< sent, without an answer
  std::uint64_t refused = 0;

  std::uint64_t sockets_in_browser = 0;  ///< of those in the browser, WebSockets

  [[nodiscard]] std::uint64_t never_opened() const { return in_browser + at_server + refused; }
};

/// One variant as the reports see it.
struct VariantView {
  const scenarios::VariantResult* result = nullptr;
  std::vector<FlowView> flows;
  StreamCount streams;

  [[nodiscard]] const models::WorldSpec& world() const { return result->variant.scenario.world; }
  [[nodiscard]] bool multiplexed() const;
  /// Of one of its flows.
  [[nodiscard]] std::size_t index_of(const FlowView& flow) const {
    return static_cast<std::size_t>(&flow - flows.data());
  }
};

/// All variants, and how they compare by the flow that the user feels.
struct Study {
  const scenarios::Results* results = nullptr;
  std::vector<VariantView> variants;
  std::size_t flow = 0;   ///< the click, if there is any flow
  std::size_t worst = 0;  ///< variant
  std::size_t best = 0;

  [[nodiscard]] bool has_flow() const;
  /// The flow that the user feels; only if there is one.
  [[nodiscard]] const FlowView& felt(const VariantView& view) const { return view.flows[flow]; }
  [[nodiscard]] Fate fate(const VariantView& view) const;
};

Study study(const scenarios::Results& results);

/// Does the page do without what the user asks of it?
inline bool hangs(Fate fate) { return fate == Fate::starved || fate == Fate::unanswered; }

/// Does waiting take much of its time, also when nothing happens? So it may of one that fails at
/// times.
bool waits_all_along(const FlowView& view);

/// Does it leave one of twenty of its requests unsent or unanswered, or more, as far as the run
/// tells?
bool leaves_undone(const FlowView& view);

/// Do more of its requests take longer than a user puts up with than fail, one of twenty at least?
bool waits_more_than_it_fails(const FlowView& view);

/// Were so many of its requests unfinished in the end, and not those of the last moment alone, that
/// nothing is known of the slowest twentieth?
bool has_a_backlog(const FlowView& view);

/// Has a hop no room for a request, in any replication?
bool refuses(const VariantView& view);

/// A value of a variant, or Kind::none where the results do not have it.
scenarios::MetricValue metric(const scenarios::VariantResult& result, std::string_view name);

}  // namespace sixslots::reports

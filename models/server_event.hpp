#pragma once

#include <optional>

#include "models/units.hpp"

namespace sixslots::models {

struct Origin;

/// Something that happens to the path at a time: `[[event]]`.
struct ServerEvent {
  enum class Kind : std::uint8_t {
    /// A hop is started again. The first one closes all its connections, what is under way on them
    /// fails, and it refuses new ones for a while; of one behind it the proxy before it says so, by
    /// a status, also to what it had handed on, and ends the open streams.
    restart,
    /// A hop loses workers, those that have been busy longest first: what they worked on is lost.
    worker_loss,
    /// Nothing gets through between the browsers and the first hop. Connections outlive it, and
    /// what
    /// is sent meanwhile arrives when it is sent again.
    outage,
    /// The browsers lose all their connections and know it; new ones fail at once. The server does
    /// not know, and goes on holding what the connections held for a while.
    disconnection,
  };
  Duration at{};
  std::optional<Duration> lasts = Duration::zero();  ///< unset: for good
  int hop = 0;                                       ///< counted from the browser
  Kind kind = Kind::restart;
  int workers = 1;     ///< that are lost; all, if there are fewer
  Duration lingers{};  ///< of a disconnection: how long the server holds on

  /// When it is over that begins now, if it ever is.
  [[nodiscard]] Time ends(Time now) const { return lasts ? now + *lasts : Time::max(); }
};

/// Makes an origin ready for an event that will come: only then its requests look out for it.
void prepare(Origin& origin, const ServerEvent& event);

/// What an event does to an origin and the hops behind it when its time has come. Where
/// takes_connections(), the browsers' pools lose their idle ones too, when the news has come there
/// (ConnectionPool::server_went_down).
void begin(Origin& origin, const ServerEvent& event, Time now);

/// What its end does.
void end(Origin& origin, const ServerEvent& event);

/// Every connection between the browsers and the first hop is closed.
[[nodiscard]] inline bool takes_connections(const ServerEvent& event) {
  const bool of_first = event.kind == ServerEvent::Kind::restart && event.hop == 0;
  return of_first || event.kind == ServerEvent::Kind::disconnection;
}

}  // namespace sixslots::models

#pragma once

#include <optional>
#include <utility>

#include "models/channel.hpp"
#include "models/fetch.hpp"

namespace sixslots::models {

/// One connection of an EventSource.
struct EventSourceSpec {
  RequestSpec request;    ///< kind event_source
  Duration heartbeat{};   ///< the server sends a comment that often; 0: none
  bool reconnect = true;  ///< false: the page closes it at its first error
  std::int32_t row = -1;  ///< for its records
  std::int32_t tab = 0;
  std::int32_t name = -1;
};

/// A hop cuts what is open when it has heard nothing for so long; 0: none does, or what the server
/// sends every `heartbeat` keeps it.
[[nodiscard]] Duration longest_silence(const Path& path, Duration heartbeat);

/// An event stream that has been asked for, and what it holds while it is open.
class EventStream {
 public:
  enum class State : std::uint8_t {
    open,
    lost,   ///< a network error: it will be tried again
    closed  ///< for good, by an answer or by the page
  };

  EventStream(RecordRef record, bool reconnect)
      : reconnect_(reconnect), record_(std::move(record)) {}
  EventStream(EventStream&&) noexcept = default;
  EventStream& operator=(EventStream&&) = delete;
  ~EventStream() = default;

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] Exchange& exchange() { return exchange_; }

  /// Waits until the server goes down, or the server or a hop ends it. `channel`: what it carries,
  /// if anything.
  sim::Task<> end_in_time(Browser& browser, Origin& origin, const std::optional<Channel>& channel);
  /// Something has happened at the origin: it has not ended this stream.
  [[nodiscard]] bool goes_on(const Origin& origin) const {
    return origin.cuts == cuts_ && !is_lost(held_);
  }
  /// Some hop or the server will end it.
  [[nodiscard]] bool ends() const { return ends_ < Time::max() || silence_ > Duration::zero(); }

  /// It has ended. A server that does not know goes on holding what it held.
  void close(Browser& browser, const Origin& origin);
  /// ... because something happened at the origin.
  [[nodiscard]] bool was_cut() const { return cut_; }

 private:
  friend sim::Task<EventStream> open_event_stream(Browser& browser, PoolGroup& group,
                                                  EventSourceSpec spec, Duration& retry);
  State state_ = State::lost;
  bool reconnect_ : 1;
  bool ends_by_reset_ : 1 = false;
  bool cut_by_hop_ : 1 = false;  // at the end of its time, and not by the server
  bool ended_ : 1 = false;       // at the end of its body
  bool cut_ : 1 = false;         // by what happened at the origin
  std::uint32_t cuts_ = 0;       // of the origin's streams, when it opened
  Time ends_ = Time::max();      // by itself, or when a hop has had enough
  Duration silence_{};           // a hop cuts it after so much; 0: none does, or comments keep it
  RecordRef record_;
  Exchange exchange_;
  HopLeases held_;
};

/// Sends a stream's request and waits for its answer. A `retry:` field goes to `retry`.
sim::Task<EventStream> open_event_stream(Browser& browser, PoolGroup& group, EventSourceSpec spec,
                                         Duration& retry);

/// The constructor posts the request to a task of its own: fetch() calls of the same script go
/// first.
sim::Task<> construct_event_source(Browser& browser);

/// The same for the next connection of a source; not a coroutine, so that nobody keeps what only
/// the request needs.
template <class Source>
sim::Task<EventStream> open_next(Source& source, Duration& retry) {
  return open_event_stream(source.browser(), source.group(), source.next_connection(), retry);
}

/// Opens the stream, reads it and reconnects after a fixed delay, for ever: no backoff and no
/// jitter (event_source.cc, EventSource.cpp); an answer other than 200 closes it for good
/// (HTML 9.2.3). Ending the process is the page's close().
///
/// Idle streams are what a fleet mostly consists of, so this is one frame, in which every
/// reference, awaiter and argument of an awaited call takes room, and what a connection is made of
/// comes from its source: `browser()`, `group()`, `next_connection()`, an EventSourceSpec,
/// `listen(channel, lane)`, which opens the channel for what the stream carries, if anything, and
/// `given_up()`, told when it did not open and is closed for good.
template <class Source>
sim::Process event_source(Source source) {
  co_await construct_event_source(source.browser());
  Duration retry = source.browser().profile().event_source.retry;
  Absence absence;
  for (;;) {
    EventStream stream = co_await open_next(source, retry);
    if (stream.state() == EventStream::State::open) {
      absence.end();
      std::optional<Channel> channel;
      source.listen(channel, stream.exchange().inward(source.browser().down));
      if (stream.ends()) {
        co_await stream.end_in_time(source.browser(), source.group().origin(), channel);
      } else {
        while (stream.goes_on(source.group().origin())) {
          co_await source.group().origin().goes_down.wait();
        }
        co_await source.browser().way_comes_back();
      }
      channel.reset();
      stream.close(source.browser(), source.group().origin());
      if (stream.state() == EventStream::State::lost) {
        absence.begin(source.browser().observer(), stream.was_cut());
      }
    } else if (stream.state() == EventStream::State::closed) {
      source.given_up();
      if (absence.lasts()) {
        source.browser().observer().stream_never_comes_back();
      } else {
        source.browser().observer().stream_never_opens();
      }
    }
    if (stream.state() == EventStream::State::closed) co_return;
    co_await source.browser().pause(retry);
    source.browser().observer().stream_reconnects();
  }
}

}  // namespace sixslots::models

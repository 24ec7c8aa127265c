#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/record.hpp"
#include "sim/tally.hpp"
#include "sim/time.hpp"

namespace sixslots::models {

/// The times of one flow's requests.
struct FlowTimes {
  sim::Tally latency;  ///< created to finished; an unfinished one counts as at least its age
  sim::Tally stalled;
  sim::Tally connecting;
  sim::Tally proxy_queue;
  sim::Tally worker_queue;
  sim::Tally service;
  sim::Tally transfer;    ///< first byte at the app to the end of the body, network included
  sim::Tally storm;       ///< latency of those that were under way while streams were lost
  sim::Tally user_mean;   ///< of each user the mean latency; where there are several users
  sim::Tally user_worst;  ///< of each user the longest
};

/// How many of one flow's requests there were, and of which kinds.
struct FlowCounts {
  std::uint64_t count = 0;
  std::uint64_t waited = 0;        ///< stalled for longer than nothing
  std::uint64_t starved = 0;       ///< never sent before the run ended, and not just made
  std::uint64_t censored = 0;      ///< unfinished when the run ended, the starved included
  std::uint64_t failed = 0;        ///< network errors and refusals
  std::uint64_t given_up = 0;      ///< by the page, before they were sent
  std::uint64_t storm_failed = 0;  ///< of these, under way while streams were lost
  std::uint64_t users = 0;         ///< who made one, where there are several
  std::uint64_t users_hit = 0;     ///< of these, with one that failed or had no end

  void merge(const FlowCounts& other);
};

/// What is measured of one flow's requests.
struct FlowStatistics : FlowTimes, FlowCounts {
  void merge(const FlowStatistics& other);
};

/// One of the times that are measured of a flow.
struct FlowTally {
  std::string_view name;
  sim::Tally FlowTimes::*tally;
};
inline constexpr std::array flow_tallies = {
    FlowTally{"latency", &FlowTimes::latency},
    FlowTally{"stalled", &FlowTimes::stalled},
    FlowTally{"connecting", &FlowTimes::connecting},
    FlowTally{"proxy_queue", &FlowTimes::proxy_queue},
    FlowTally{"worker_queue", &FlowTimes::worker_queue},
    FlowTally{"service", &FlowTimes::service},
    FlowTally{"transfer", &FlowTimes::transfer},
    FlowTally{"storm", &FlowTimes::storm},
    FlowTally{"user_mean", &FlowTimes::user_mean},
    FlowTally{"user_worst", &FlowTimes::user_worst},
};

/// A level over time: the moments it changed and the values it took, on request only.
struct Series {
  struct Point {
    Time time;
    std::int64_t level;
  };
  std::vector<Point> points;

  /// Of so many points at most half are kept, the higher ones of neighbours: a series grows with
  /// the precision that one can see, not with the run.
  static constexpr std::size_t most_points = 1 << 17;
  void add(Time time, std::int64_t level);
};

/// What one hop went through in a replication.
struct HopUse {
  std::uint64_t requests = 0;  ///< that reached it
  std::uint64_t bytes = 0;     ///< of requests, answers and messages that passed it
  std::uint64_t cut = 0;       ///< responses that it waited for, or let go on, no longer
  std::uint64_t refused = 0;  ///< for want of a worker or connection, and after too long in a queue
  double connections_mean = 0;  ///< open ones from the hop before it; the first has the browsers'
  std::int64_t connections_peak = 0;
  double busy_mean = 0;  ///< workers of the app, or a proxy's connections to the hop behind it
  std::int64_t busy_peak = 0;
  double queue_mean = 0;  ///< requests that wait for one of these
  std::int64_t queue_peak = 0;
  std::int64_t sockets_peak = 0;    ///< a proxy's connections on both sides, and what it reserves
  std::int64_t executing_peak = 0;  ///< streams of one connection that are worked on
  std::int64_t executing_queue_peak = 0;  ///< ... and that wait for it
};

/// One arrival of a request at the app; a request that is sent again arrives again.
struct Arrival {
  std::uint32_t request = 0;  ///< RequestRecord::id
  std::int32_t name = -1;     ///< RequestRecord::name
  Time time;
};

/// Everything that one replication measured.
struct Observations {
  Time end{};                         ///< when the run ended
  std::vector<FlowStatistics> flows;  ///< as in WorldSpec::requests
  sim::Tally staleness;               ///< update at the server to its display, in every tab
  std::uint64_t updates = 0;          ///< updates times tabs that show them
  double connections_mean = 0;        ///< open connections of the browser, WebSockets included
  std::int64_t connections_peak = 0;
  double held_mean = 0;     ///< row traffic that holds or wants a connection or stream
  double waiting_mean = 0;  ///< requests that wait in the browser for a connection or stream
  double workers_mean = 0;
  std::int64_t workers_peak = 0;
  std::vector<HopUse> hops;     ///< as in WorldSpec::hops
  std::int64_t slots_peak = 0;  ///< of one browser: slots or streams of an origin in use at once
  std::int64_t slot_queue_peak = 0;    ///< ... and requests for which there was none
  std::uint64_t requests_arrived = 0;  ///< at the app
  std::uint64_t bytes = 0;             ///< of requests and answers, at the browser
  std::uint64_t connections_opened = 0;
  std::uint64_t streams_opened = 0;        ///< event streams and WebSockets of the page
  std::uint64_t streams_never_opened = 0;  ///< those that still wait when the run ends, or were
                                           ///< refused at first
  std::uint64_t reconnects = 0;
  std::uint64_t reconnects_peak = 0;     ///< in one second
  std::uint64_t streams_given_up = 0;    ///< closed for good: their rows are deaf from then on
  std::uint64_t pages_deaf = 0;          ///< that have such a stream
  std::uint64_t pages_failed = 0;        ///< never loaded, counted from the start of the run
  std::uint64_t streams_lost = 0;        ///< that were open; one can be lost several times
  std::uint64_t streams_away = 0;        ///< lost, and not back when the run ended
  std::uint64_t streams_never_back = 0;  ///< lost, and closed for good
  Duration recovery{};    ///< from an event until all lost streams were open again, the longest
  double users_mean = 0;  ///< that are there
  std::int64_t users_peak = 0;
  std::uint64_t users_left = 0;  ///< whose session ended
  std::uint64_t events = 0;      ///< kernel events, the cost of the replication

  // On request (RunSpec::keep_records), for waterfalls and findings:
  std::vector<RequestRecord> records;  ///< in the order of creation
  std::vector<Arrival> arrivals;       ///< the app's log
  Series open_connections;
  Series waiting_requests;  ///< in the browser, for a connection or stream
  Series workers_busy;      ///< at the app
  Series streams_missing;   ///< that were open, and are lost
  // As in WorldSpec::hops:
  std::vector<Series> hop_connections;  ///< from the hop before it
  std::vector<Series> hop_queues;       ///< requests that wait there for a worker or connection
};

}  // namespace sixslots::models

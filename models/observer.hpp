#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "models/record.hpp"
#include "models/units.hpp"
#include "sim/simulation.hpp"
#include "sim/tally.hpp"
#include "sim/time_average.hpp"

namespace sixslots::models {

/// What is measured of one flow's requests.
struct FlowStatistics {
  sim::Tally latency;  ///< created to finished; an unfinished one counts as at least its age
  sim::Tally stalled;
  sim::Tally connecting;
  sim::Tally proxy_queue;
  sim::Tally worker_queue;
  sim::Tally service;
  sim::Tally transfer;  ///< first byte at the app to the end of the body, network included
  std::uint64_t count = 0;
  std::uint64_t waited = 0;    ///< stalled for longer than nothing
  std::uint64_t starved = 0;   ///< never sent before the run ended
  std::uint64_t censored = 0;  ///< unfinished when the run ended, the starved included
  std::uint64_t failed = 0;    ///< network errors and refusals

  void merge(const FlowStatistics& other);
};

/// A level over time: the moments it changed and the values it took, on request only.
struct Series {
  struct Point {
    Time time;
    std::int64_t level;
  };
  std::vector<Point> points;
};

/// A level that is averaged, and recorded as a series on request.
class Gauge {
 public:
  void add(Time now, std::int64_t delta);
  void reset(Time now) { average_.reset(now); }
  void record_series() { recording_ = true; }
  [[nodiscard]] const sim::TimeAverage& average() const { return average_; }
  [[nodiscard]] const Series& series() const { return series_; }

 private:
  sim::TimeAverage average_;
  Series series_;
  bool recording_ = false;
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
  double held_mean = 0;  ///< row traffic that holds or wants a connection or stream
  double workers_mean = 0;
  std::int64_t workers_peak = 0;
  std::uint64_t requests_arrived = 0;  ///< at the app
  std::uint64_t bytes = 0;             ///< of requests and answers, at the browser
  std::uint64_t connections_opened = 0;
  std::uint64_t streams_opened = 0;        ///< event streams and WebSockets of the page
  std::uint64_t streams_never_opened = 0;  ///< those that still wait when the run ends
  std::uint64_t reconnects = 0;
  std::uint64_t reconnects_peak = 0;   ///< in one second
  std::uint64_t streams_given_up = 0;  ///< closed for good: their rows are deaf from then on
  std::optional<Time> last_back;       ///< when the last stream that had been lost was open again
  Duration recovery{};                 ///< the same from the first restart on
  std::uint64_t events = 0;            ///< kernel events, the cost of the replication

  // On request (RunSpec::keep_records), for waterfalls and findings:
  std::vector<RequestRecord> records;  ///< in the order of creation
  std::vector<Arrival> arrivals;       ///< the app's log
  Series open_connections;
  Series waiting_requests;  ///< in the browser, for a connection or stream
  Series workers_busy;      ///< at the app
};

/// Collects what happens. Requests report through RecordRef; everything else by the verbs below.
class Observer {
 public:
  Observer(sim::Simulation& simulation, std::size_t flows, bool keep_records);

  /// Opens a record; it lives until closed, and on when records are kept, which is done for the
  /// first user alone.
  RequestRecord& open(std::int32_t flow, RequestKind kind, std::uint32_t user = 0);

  /// Closes it as finished now and counts it; null: one that stays_open() gave back.
  void close(RequestRecord* record, Outcome outcome);

  /// The record of a row's stream that is open; null when it is not kept, and so given back.
  RequestRecord* stays_open(RequestRecord& record);

  void connection_opened();
  void connection_closed();
  void waiting(std::int64_t delta);  ///< requests that wait for a connection or stream
  void workers_busy(std::int64_t delta);
  void bytes_moved(Bytes bytes) { observations_.bytes += static_cast<std::uint64_t>(bytes.count); }
  void request_arrived(const RequestRecord& record);
  void stream_opened() { ++observations_.streams_opened; }
  void stream_reconnects();
  void stream_is_back() { observations_.last_back = simulation_.now(); }
  void stream_given_up() { ++observations_.streams_given_up; }
  void displayed(Time updated);
  void never_displayed(Time updated);

  /// Forgets what was counted so far; requests made before now are left out of the statistics.
  void end_warm_up();

  /// Counts what is still open as censored and hands everything over.
  Observations finish();

 private:
  [[nodiscard]] bool keeps(const RequestRecord& record) const {
    return keep_records_ && record.user == 0;
  }
  [[nodiscard]] bool counts(const RequestRecord& record) const;
  void count_phases(const RequestRecord& record, FlowStatistics& flow) const;
  void count_unfinished(const RequestRecord& record);

  sim::Simulation& simulation_;
  bool keep_records_;
  bool handed_over_ = false;
  Time counted_from_{};
  Observations observations_;
  std::deque<RequestRecord> records_;  // stable addresses
  std::vector<RequestRecord*> free_records_;
  std::uint32_t next_id_ = 0;
  Gauge connections_;
  Gauge waiting_;
  Gauge held_;
  Gauge workers_;
  std::int64_t second_of_reconnects_ = -1;
  std::uint64_t reconnects_in_it_ = 0;
};

}  // namespace sixslots::models

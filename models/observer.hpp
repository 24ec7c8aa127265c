#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "models/record.hpp"
#include "models/units.hpp"
#include "sim/frame_pool.hpp"
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
  sim::Tally transfer;    ///< first byte at the app to the end of the body, network included
  sim::Tally storm;       ///< latency of those that were under way while streams were lost
  sim::Tally user_mean;   ///< of each user the mean latency; where there are several users
  sim::Tally user_worst;  ///< of each user the longest
  std::uint64_t count = 0;
  std::uint64_t waited = 0;        ///< stalled for longer than nothing
  std::uint64_t starved = 0;       ///< never sent before the run ended
  std::uint64_t censored = 0;      ///< unfinished when the run ended, the starved included
  std::uint64_t failed = 0;        ///< network errors and refusals
  std::uint64_t given_up = 0;      ///< by the page, before they were sent
  std::uint64_t storm_failed = 0;  ///< of these, under way while streams were lost
  std::uint64_t users = 0;         ///< who made one, where there are several
  std::uint64_t users_hit = 0;     ///< of these, with one that failed or had no end

  void merge(const FlowStatistics& other);
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
  std::uint64_t streams_never_opened = 0;  ///< those that still wait when the run ends
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

class Observer;

/// Counts what a hop goes through.
class HopMeter {
 public:
  HopMeter(const sim::Simulation& simulation, bool records_series);

  void request(Bytes size) {
    ++use_.requests;
    bytes(size);
  }
  void bytes(Bytes size) { use_.bytes += static_cast<std::uint64_t>(size.count); }
  void cut() { ++use_.cut; }
  void executing(int streams) {
    use_.executing_peak = std::max<std::int64_t>(use_.executing_peak, streams);
  }
  void wait_for_execution(std::size_t streams) {
    const auto count = static_cast<std::int64_t>(streams);
    use_.executing_queue_peak = std::max(use_.executing_queue_peak, count);
  }
  void refused() { ++use_.refused; }
  void connections(std::int64_t delta) { connections_.add(simulation_.now(), delta); }
  void busy(std::int64_t delta) { busy_.add(simulation_.now(), delta); }
  void queued(std::int64_t delta) { queue_.add(simulation_.now(), delta); }
  void sockets(std::int64_t delta) { sockets_.add(simulation_.now(), delta); }

  void end_warm_up();
  [[nodiscard]] HopUse use() const;
  [[nodiscard]] const Series& connections() const { return connections_.series(); }
  [[nodiscard]] const Series& queue() const { return queue_.series(); }

 private:
  const sim::Simulation& simulation_;
  HopUse use_;
  Gauge connections_;
  Gauge busy_;
  Gauge queue_;
  Gauge sockets_;
};

/// The time from an event until it is over and everybody is back who was lost by it: now or later.
class Storm {
 public:
  void begins(Time now, Time until) {
    const bool over = away_ == 0 && now > event_ends_;
    if (!under_way_ || over) began_ = now;
    under_way_ = true;
    event_ends_ = std::max(event_ends_, until);
  }
  void lost() { ++away_; }
  /// It will not come back: its user has left, or it was closed for good.
  void gone() { --away_; }
  void found(Time now) {
    --away_;
    last_found_ = now;
    if (!under_way_) return;
    recovery_ = std::max(recovery_, now - began_);
    if (away_ == 0 && now >= event_ends_) under_way_ = false;
  }

  /// From an event until all that were lost are back, or until now; the longest.
  [[nodiscard]] Duration recovery(Time now) const {
    return under_way_ && away_ > 0 ? std::max(recovery_, now - began_) : recovery_;
  }

  [[nodiscard]] std::uint64_t away() const { return away_; }
  /// It touches the time from `begin` until now.
  [[nodiscard]] bool touches(Time begin, Time now) const {
    return now >= began_ && (away_ > 0 || begin <= std::max(event_ends_, last_found_));
  }

 private:
  Time began_ = Time::max();
  Time event_ends_{};
  Time last_found_{};
  Duration recovery_{};
  std::uint64_t away_ = 0;
  bool under_way_ = false;
};

/// Records in blocks, which stay where they are while there come more.
class RecordStore {
 public:
  RequestRecord& add() {
    if (blocks_.empty() || blocks_.back().size() == block_size) {
      blocks_.emplace_back().reserve(block_size);
    }
    return blocks_.back().emplace_back();
  }

  template <class Visit>
  void for_each(Visit visit) const {
    for (const Block& block : blocks_) std::ranges::for_each(block, visit);
  }

 private:
  // In memory that the thread keeps from run to run.
  using Block = std::vector<RequestRecord, sim::FrameAllocator<RequestRecord>>;
  static constexpr std::size_t block_size = 8;

  std::vector<Block> blocks_;
};

/// Counts a stream as lost between begin() and end(), when it is back; or its own end, after which
/// it does not come back.
class Absence {
 public:
  Absence() = default;
  Absence(const Absence&) = delete;
  Absence& operator=(const Absence&) = delete;
  ~Absence();

  void begin(Observer& observer);
  void end();
  [[nodiscard]] bool lasts() const { return observer_ != nullptr; }

 private:
  Observer* stop();
  Observer* observer_ = nullptr;
};

/// Counts a WebSocket of a page as never opened while it exists. Its handshakes come and go.
class NeverOpened {
 public:
  explicit NeverOpened(Observer& observer);
  NeverOpened(const NeverOpened&) = delete;
  NeverOpened& operator=(const NeverOpened&) = delete;
  ~NeverOpened();

 private:
  Observer& observer_;
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

  /// The page has no patience any more with a request that waits to be sent, and will close it.
  void gives_up(const RequestRecord& record);

  /// The record of a row's stream that is open; null when it is not kept, and so given back.
  RequestRecord* stays_open(RequestRecord& record);

  void connection_opened();
  void connection_closed();
  void waiting(std::int64_t delta);  ///< requests that wait for a connection or stream
  void workers_busy(std::int64_t delta);
  /// The meter of a hop, counted from the browser; it lives as long as the observer.
  HopMeter& hop(std::size_t index);
  /// Of one browser and origin: slots or streams in use, and requests that find none.
  void slots_in_use(int count) {
    observations_.slots_peak = std::max<std::int64_t>(observations_.slots_peak, count);
  }
  void short_of_slots(std::size_t requests) {
    const auto count = static_cast<std::int64_t>(requests);
    observations_.slot_queue_peak = std::max(observations_.slot_queue_peak, count);
  }
  void bytes_moved(Bytes bytes) { observations_.bytes += static_cast<std::uint64_t>(bytes.count); }
  void request_arrived(const RequestRecord& record);
  void stream_opened() { ++observations_.streams_opened; }
  void stream_reconnects();
  void stream_given_up() { ++observations_.streams_given_up; }
  void stream_never_comes_back() { ++observations_.streams_never_back; }
  void page_is_deaf() { ++observations_.pages_deaf; }
  /// Its document was not answered with 200: nothing will happen on it.
  void page_failed() { ++pages_failed_; }
  void event_begins(Time until) { storm_.begins(simulation_.now(), until); }
  void user_arrives() { users_.add(simulation_.now(), 1); }
  /// Her session ends: what she has under way from now on counts as unfinished ...
  void user_is_leaving() { leaving_ = true; }
  /// ... until it is over: what she made is put together, and her number forgotten.
  void user_has_left(std::uint32_t user);
  /// There are several users, so each is kept an account of.
  void keeps_accounts() { keeps_accounts_ = true; }
  void displayed(Time updated);
  void never_displayed(Time updated);

  /// Forgets what was counted so far; requests made before now are left out of the statistics.
  /// Peaks begin at the present level: those that are told as a number (slots, short_of_slots,
  /// executing) have to be told again.
  void end_warm_up();

  /// Counts what is still open as censored and hands everything over.
  Observations finish();

 private:
  [[nodiscard]] bool keeps(const RequestRecord& record) const {
    return keep_records_ && record.user == 0;
  }
  [[nodiscard]] bool counts(const RequestRecord& record) const;
  friend class Absence;
  friend class NeverOpened;
  /// What one user's requests of a flow have taken so far.
  struct Account {
    std::uint64_t count = 0;
    std::uint64_t unfinished = 0;  ///< of these
    Duration sum{};
    Duration ages{};  ///< of the unfinished ones, in the sum
    Duration longest{};
    bool longest_unfinished = false;
    bool failed = false;
  };
  void enter(const RequestRecord& record, bool finished);
  void settle(const std::vector<Account>& accounts);
  void settle_all();
  void count_phases(const RequestRecord& record, FlowStatistics& flow) const;
  void count_unfinished(const RequestRecord& record);

  sim::Simulation& simulation_;
  bool keep_records_;
  bool handed_over_ = false;
  Time counted_from_{};
  std::uint64_t pages_failed_ = 0;
  std::uint64_t sockets_never_opened_ = 0;  // so far
  Observations observations_;
  RecordStore records_;
  std::vector<RequestRecord*, sim::FrameAllocator<RequestRecord*>> free_records_;
  std::uint32_t next_id_ = 0;
  Gauge connections_;
  Gauge waiting_;
  Gauge held_;
  Gauge workers_;
  Gauge missing_;  // streams
  Gauge users_;
  Storm storm_;
  bool keeps_accounts_ = false;
  bool leaving_ = false;                                              // a user is
  std::unordered_map<std::uint32_t, std::vector<Account>> accounts_;  // by user, then flow
  std::deque<HopMeter, sim::FrameAllocator<HopMeter>> hops_;          // stable addresses
  std::int64_t second_of_reconnects_ = -1;
  std::uint64_t reconnects_in_it_ = 0;
};

}  // namespace sixslots::models

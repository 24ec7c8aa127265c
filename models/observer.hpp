#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "models/observations.hpp"
#include "models/units.hpp"
#include "sim/frame_pool.hpp"
#include "sim/pooled.hpp"
#include "sim/simulation.hpp"
#include "sim/tally.hpp"
#include "sim/time_average.hpp"

namespace sixslots::models {

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
  /// An event has ended the stream, perhaps a little later; or its own time was over, which begins
  /// nothing: where all are back, the storm is over.
  void lost(Time now, bool by_event) {
    if (!by_event && away_ == 0 && now >= event_ends_) under_way_ = false;
    ++away_;
  }
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
  /// One that is as new.
  RequestRecord& add() {
    if (left_ == 0) add_block();
    return (*blocks_.back())[block_size - left_--];
  }

  template <class Visit>
  void for_each(Visit visit) const {
    for (const sim::Pooled<Block>& block : blocks_) {
      const std::size_t unused = &block == &blocks_.back() ? left_ : 0;
      for (std::size_t i = 0; i < block_size - unused; ++i) visit((*block)[i]);
    }
  }

 private:
  // In memory that the thread keeps from run to run.
  static constexpr std::size_t block_size = 8;
  using Block = std::array<RequestRecord, block_size>;

  void add_block() {
    blocks_.emplace_back().make();
    left_ = block_size;
  }

  std::vector<sim::Pooled<Block>> blocks_;
  std::size_t left_ = 0;  // in the last block
};

/// Counts a stream as lost between begin() and end(), when it is back; or its own end, after which
/// it does not come back.
class Absence {
 public:
  Absence() = default;
  Absence(const Absence&) = delete;
  Absence& operator=(const Absence&) = delete;
  ~Absence();

  /// By an event, or because its time was over.
  void begin(Observer& observer, bool by_event);
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

/// What is known of a request that was made.
struct MadeRequest {
  std::int32_t flow = page_traffic;
  RequestKind kind = RequestKind::document;
};

/// Collects what happens. Requests report through RecordRef; everything else by the verbs below.
class Observer {
 public:
  Observer(sim::Simulation& simulation, std::size_t flows, bool keep_records);

  /// For so long a request waits even where nobody is before it: for a connection of its own. Who
  /// is younger when the run ends, and not sent, was not kept from it.
  void connecting_takes(Duration time) { connecting_takes_ = time; }

  /// Opens a record; it lives until closed, and on when records are kept, which is done for the
  /// first user alone.
  RequestRecord& open(std::int32_t flow, RequestKind kind, std::uint32_t user = 0);

  /// Closes it as finished now and counts it; null: one that stays_open() gave back.
  void close(RequestRecord* record, Outcome outcome);

  [[nodiscard]] std::uint32_t under_way() const { return next_id_ - closed_; }
  [[nodiscard]] MadeRequest last_made() const { return last_made_; }

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
  /// It was refused before it had ever opened.
  void stream_never_opens() { ++streams_never_open_; }
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
  Duration connecting_takes_{};
  std::uint64_t pages_failed_ = 0;
  std::uint64_t sockets_never_opened_ = 0;  // so far
  std::uint64_t streams_never_open_ = 0;    // from the start of the run: they stay closed
  Observations observations_;
  RecordStore records_;
  std::vector<RequestRecord*, sim::FrameAllocator<RequestRecord*>> free_records_;
  std::uint32_t next_id_ = 0;
  std::uint32_t closed_ = 0;
  MadeRequest last_made_;
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

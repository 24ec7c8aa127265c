#pragma once

#include "models/browser.hpp"
#include "models/request.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// What a request has got so far. The body holds what the path holds for it, and the exchange.
struct Response {
  enum class Outcome : std::uint8_t {
    nothing,   ///< yet, or no connection came about
    refused,   ///< above the session's limit
    dropped,   ///< the connection was closed without an answer
    answered,  ///< the head of the answer has arrived
    complete,  ///< and the body was read to its end
  };

  Reply reply;
  CacheLock::Hold lock;
  Outcome outcome = Outcome::nothing;
  std::int16_t retries = 0;  ///< after connections that were closed

  /// Otherwise, in the end, a network error.
  [[nodiscard]] bool answered() const { return outcome >= Outcome::answered; }
  [[nodiscard]] bool complete() const { return outcome == Outcome::complete; }
  [[nodiscard]] bool ok() const { return answered() && reply.status == 200; }
};

/// The page's handle on a request it has made: closing it while the request is under way counts as
/// given up by the page.
class [[nodiscard]] RecordRef {
 public:
  RecordRef(Observer& observer, RequestRecord& record) : observer_(&observer), record_(&record) {}
  RecordRef(RecordRef&& other) noexcept
      : observer_(std::exchange(other.observer_, nullptr)), record_(other.record_) {}
  RecordRef& operator=(RecordRef&&) = delete;
  ~RecordRef() { close(Outcome::aborted); }

  RequestRecord& operator*() const { return *record_; }
  RequestRecord* operator->() const { return record_; }

  /// The stream that was asked for is open, and nothing more happens until it ends. Not to be read
  /// any more: a record that nobody wants is given back now, because there may be a million.
  void stays_open() { record_ = observer_->stays_open(*record_); }

  void close(Outcome outcome) {
    if (observer_ != nullptr) std::exchange(observer_, nullptr)->close(record_, outcome);
  }

 private:
  Observer* observer_;
  RequestRecord* record_;
};

/// How much of an answer is waited for.
enum class Wanted : std::uint8_t { head, whole };

/// A request on its way: cache lock, slot or stream, the way to the app and back. send() does all
/// of it. A flow's request waits for its connection in a smaller frame, perhaps with a million
/// others, and awaits attempt() itself for as long as it is sent again (models/flow.cpp).
struct Sending {
  Browser& browser;
  PoolGroup& group;
  const RequestSpec& spec;
  RequestRecord& record;   ///< filled as it goes and left open
  Exchange& exchange;      ///< filled when there is a connection for it
  Response response = {};  ///< a network error when nothing came

  /// To the app and back. No connection may have come about.
  [[nodiscard]] sim::Task<> attempt(Wanted wanted);
  /// One that the server has not accepted is sent again, and one whose connection was closed
  /// without an answer as often as the browser does so for this kind of request.
  [[nodiscard]] bool is_sent_again();

  /// From the cache lock to the last attempt.
  [[nodiscard]] sim::Task<> send(Wanted wanted);

  /// Reads the body, when only the head was waited for, and gives the connection back. The response
  /// is not complete when the server was restarted before.
  [[nodiscard]] sim::Task<> read_body();

  /// How it has ended.
  [[nodiscard]] Outcome outcome() const {
    return response.complete() ? Outcome::done : Outcome::failed;
  }
};

/// A whole request and answer; the status, or 0 for a network error.
sim::Task<int> fetch(Browser& browser, PoolGroup& group, const RequestSpec& spec, RecordRef record);

}  // namespace sixslots::models

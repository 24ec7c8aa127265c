#pragma once

#include "models/browser.hpp"
#include "models/request.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// An answer whose head has arrived. The body holds the exchange, and what the path holds for it.
struct Response {
  Exchange exchange;
  Reply reply;
  CacheLock::Hold lock;
  bool answered = false;  ///< otherwise a network error

  [[nodiscard]] bool ok() const { return answered && reply.status == 200; }
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

/// Sends a request and waits for the head of its answer: cache lock, slot or stream, the way to the
/// app and back. A connection that the server dropped without an answer is replaced as often as the
/// browser does so for this kind of request. `record` is filled as it goes and left open;
/// `response` is empty at first, and a network error when nothing came.
sim::Task<> send(Browser& browser, PoolGroup& group, const RequestSpec& spec, RequestRecord& record,
                 Response& response);

/// Reads the body to its end and gives the connection back. False: the server was restarted before.
sim::Task<bool> read_body(Browser& browser, PoolGroup& group, const RequestSpec& spec,
                          Response& response, RequestRecord& record);

/// A whole request and answer; the status, or 0 for a network error.
sim::Task<int> fetch(Browser& browser, PoolGroup& group, const RequestSpec& spec, RecordRef record);

}  // namespace sixslots::models

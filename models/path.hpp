#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/hop.hpp"
#include "models/observer.hpp"
#include "models/request.hpp"
#include "sim/resource.hpp"
#include "sim/task.hpp"

namespace sixslots::models {

/// A worker of a hop, held for a whole response.
class WorkerLease {
 public:
  WorkerLease(sim::Lease lease, Observer& observer) : lease_(std::move(lease)), observer_(&observer) {
    observer_->workers_busy(1);
  }
  WorkerLease(WorkerLease&& other) noexcept
      : lease_(std::move(other.lease_)), observer_(std::exchange(other.observer_, nullptr)) {}
  WorkerLease& operator=(WorkerLease&&) = delete;
  ~WorkerLease() {
    if (observer_ != nullptr) observer_->workers_busy(-1);
  }

 private:
  sim::Lease lease_;
  Observer* observer_;
};

/// What comes back from the path when the first byte of an answer leaves the app, or a hop refuses.
struct Reply {
  int status = 200;
  Bytes size;
  bool dropped = false;            ///< no answer: the connection was closed
  std::vector<WorkerLease> held;   ///< what the response holds on the hops until its body ends
};

/// One machine at work: its limits and who waits for them.
class Hop {
 public:
  Hop(const HopSpec& spec, Observer& observer);

  [[nodiscard]] const HopSpec& spec() const { return spec_; }
  [[nodiscard]] bool limited() const { return spec_.workers > 0; }

  /// Waits for a worker and holds it in the reply; a full backlog refuses with 503.
  sim::Task<bool> admit(Reply& reply);

 private:
  HopSpec spec_;
  Observer& observer_;
  sim::Resource workers_;
};

/// The hops of an origin, from the browser inwards; the last one is the app.
class Path {
 public:
  Path(std::span<const HopSpec> hops, Observer& observer);

  [[nodiscard]] const HopSpec& front() const { return hops_.front()->spec(); }

  /// Takes a request that has reached the first hop to the app and back to the first hop's door.
  sim::Task<Reply> serve(sim::Simulation& simulation, const Answer& answer, RequestRecord& record);

 private:
  std::vector<std::unique_ptr<Hop>> hops_;
  Observer& observer_;
};

}  // namespace sixslots::models

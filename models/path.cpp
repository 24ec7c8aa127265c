#include "models/path.hpp"

#include "models/feed.hpp"

namespace sixslots::models {

Hop::Hop(const HopSpec& spec, Observer& observer)
    : spec_(spec), observer_(observer), workers_(spec.workers) {}

sim::Task<bool> Hop::admit(Reply& reply) {
  const auto waiting = static_cast<int>(workers_.queue_length());
  const bool full = spec_.backlog > 0 && waiting >= spec_.backlog;
  if (full && workers_.in_use() == workers_.capacity()) {
    reply.status = 503;
    co_return false;
  }
  sim::Lease worker = co_await workers_.acquire();
  reply.held.push_back(WorkerLease(std::move(worker), observer_));
  co_return true;
}

Path::Path(std::span<const HopSpec> hops, Observer& observer) : observer_(observer) {
  for (const HopSpec& spec : hops) hops_.push_back(std::make_unique<Hop>(spec, observer));
}

sim::Task<Reply> Path::serve(sim::Simulation& simulation, const Answer& answer,
                             RequestRecord& record) {
  Reply reply;
  Duration way_back{};
  for (const std::unique_ptr<Hop>& hop : hops_) {
    if (hop != hops_.front()) {
      co_await simulation.delay(hop->spec().rtt / 2);
      way_back += hop->spec().rtt - hop->spec().rtt / 2;
    }
    if (hop == hops_.back()) {
      record.arrived = simulation.now();
      observer_.request_arrived();
    }
    if (!hop->limited()) continue;
    sim::Task<bool> admission = hop->admit(reply);
    const bool admitted = co_await admission;
    if (!admitted) co_return reply;
  }
  record.worker_queue = simulation.now() - *record.arrived;
  co_await simulation.delay(answer.service);
  if (answer.hold != nullptr) co_await answer.hold->wait();
  record.service = simulation.now() - *record.arrived - record.worker_queue;
  record.answered = simulation.now();
  reply.status = answer.status;
  reply.size = answer.size;
  reply.dropped = answer.dropped;
  co_await simulation.delay(way_back);
  co_return reply;
}

}  // namespace sixslots::models

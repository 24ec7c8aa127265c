#include "models/exchange.hpp"

#include "models/connection_pool.hpp"

namespace sixslots::models {

bool Exchange::reach_server() {
  at_server_ = session_ == nullptr || session_->server_accepts();
  return at_server_;
}

void Exchange::take(Exchange& other) {
  group_ = std::exchange(other.group_, nullptr);
  session_ = other.session_;
  connection_ = std::move(other.connection_);
  reused_ = other.reused_;
  at_server_ = std::exchange(other.at_server_, false);
  order_ = std::move(other.order_);
  executing_ = std::move(other.executing_);
}

// Over HTTP/3 a stream waits for packets of its own alone.
Lane Exchange::outward(Link& up) {
  const Protocol protocol = group_->origin().protocol;
  TransportLane& out = connection().transport.out;
  Time& in_order = protocol == Protocol::http3 ? order_.make().out : out.in_order;
  return {group_->pool_.network(), up, out, in_order, transport_rules(protocol)};
}

Lane Exchange::inward(Link& down) {
  const Protocol protocol = group_->origin().protocol;
  TransportLane& back = connection().transport.back;
  Time& in_order = protocol == Protocol::http3 ? order_.make().back : back.in_order;
  return {group_->pool_.network(), down, back, in_order, transport_rules(protocol)};
}

void Exchange::finish() {
  executing_.release();
  PoolGroup* group = std::exchange(group_, nullptr);
  if (session_ != nullptr) {
    group->release_stream(*session_, at_server_);
  } else {
    group->release_connection(std::move(connection_), true);
  }
}

void Exchange::abandon() {
  executing_.release();
  PoolGroup* group = std::exchange(group_, nullptr);
  if (group == nullptr) return;
  if (session_ != nullptr) {
    group->release_stream(*session_, at_server_);
  } else {
    group->release_connection(std::move(connection_), false);
  }
}

}  // namespace sixslots::models

#include "models/exchange.hpp"

#include "models/connection_pool.hpp"

namespace sixslots::models {

void Exchange::take(Exchange& other) {
  group_ = std::exchange(other.group_, nullptr);
  session_ = other.session_;
  connection_ = std::move(other.connection_);
  reused_ = other.reused_;
  at_server_ = std::exchange(other.at_server_, false);
  order_ = std::move(other.order_);
  executing_ = std::move(other.executing_);
}

void Exchange::end(bool reusable) {
  executing_.release();
  PoolGroup* group = std::exchange(group_, nullptr);
  if (group == nullptr) return;
  if (session_ != nullptr) {
    group->release_stream(*session_, at_server_);
  } else {
    group->release_connection(std::move(connection_), reusable);
  }
}

}  // namespace sixslots::models

#include "models/idle_clients.hpp"

#include "models/pool_group.hpp"

namespace sixslots::models {

void IdleClients::close_one() {
  if (!groups_.empty()) groups_.front()->server_closes_an_idle_connection();
}

}  // namespace sixslots::models

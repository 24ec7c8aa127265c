#pragma once

#include <list>

#include "sim/frame_pool.hpp"

namespace sixslots::models {

class PoolGroup;

/// The pool groups of all browsers that have connections to one server which carry nothing: a
/// server without room for one more connection closes one of these.
class IdleClients {
 public:
  using Places = std::list<PoolGroup*, sim::FrameAllocator<PoolGroup*>>;

  /// Comes behind those that have had one for longer.
  Places::iterator enter(PoolGroup& group) { return groups_.insert(groups_.end(), &group); }
  void leave(Places::iterator place) { groups_.erase(place); }

  /// Closes one of the group that has had one for longest, if there is any.
  void close_one();

 private:
  Places groups_;
};

}  // namespace sixslots::models

#include "models/http2_session.hpp"

#include <algorithm>

namespace sixslots::models {

namespace {

int capped(int limit, const BrowserProfile& profile) {
  return profile.http2_streams_cap > 0 ? std::min(limit, profile.http2_streams_cap) : limit;
}

}  // namespace

Http2Session::Http2Session(Connection connection, const BrowserProfile& profile, int server_limit,
                           int executing_streams)
    : connection_(connection),
      client_limit_(profile.http2_streams_default),
      settled_limit_(server_limit > 0 ? capped(server_limit, profile)
                                      : profile.http2_streams_default),
      server_limit_(server_limit),
      executing_(executing_streams > 0 ? std::make_unique<sim::Resource>(executing_streams)
                                       : nullptr) {}

bool Http2Session::server_accepts() {
  if (server_limit_ > 0 && open_at_server_ >= server_limit_) return false;
  ++open_at_server_;
  return true;
}

}  // namespace sixslots::models

#pragma once

#include <cstdint>
#include <memory>

#include "models/connection.hpp"
#include "models/profile.hpp"
#include "sim/resource.hpp"

namespace sixslots::models {

/// An HTTP/2 session: one connection, as many streams as the server allows.
///
/// The client goes by 100 until the server's SETTINGS arrive, and keeps to it when they state no
/// limit (Chromium net/spdy/spdy_session.h, Firefox network.http.http2.default-concurrent); it
/// never opens a second connection for more (RFC 9113 section 9.1). A stream above the server's
/// limit that was sent before the SETTINGS arrived is refused and sent again (RFC 9113
/// section 8.7).
class Http2Session {
 public:
  Http2Session(Connection connection, const BrowserProfile& profile, int server_limit,
               int executing_streams);

  [[nodiscard]] Connection& connection() { return connection_; }
  [[nodiscard]] bool has_free_stream() const { return open_ < client_limit_; }

  /// The server has closed it; its streams are told one by one. The session before it is kept for
  /// as long as it has such streams.
  void lose() { lost_ = true; }
  [[nodiscard]] bool lost() const { return lost_; }
  void keep(std::unique_ptr<Http2Session> older) { older_ = std::move(older); }
  void forget_ended() {
    if (older_ == nullptr) return;
    older_->forget_ended();
    if (older_->open_ == 0 && older_->older_ == nullptr) older_.reset();
  }
  [[nodiscard]] int open_streams() const { return open_; }

  void open_stream() { ++open_; }
  void close_stream() { --open_; }
  void settings_arrive() { client_limit_ = settled_limit_; }

  /// A request's head has reached the server: is there a stream left for it?
  bool server_accepts();
  void server_closes() { --open_at_server_; }

  /// Where streams wait until the server works on them; null: it works on all.
  [[nodiscard]] sim::Resource* executing() { return executing_.get(); }

 private:
  Connection connection_;
  int client_limit_;   // what the client goes by now
  int settled_limit_;  // ... and when it knows the server's SETTINGS
  int server_limit_;   // 0: none
  int open_ = 0;
  int open_at_server_ = 0;
  bool lost_ = false;
  std::unique_ptr<Http2Session> older_;
  std::unique_ptr<sim::Resource> executing_;
};

}  // namespace sixslots::models

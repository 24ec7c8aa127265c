#include "scenarios/measured_host.hpp"

namespace sixslots::scenarios::measured_host {

namespace {

using models::ProcessorTime;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// Medians over all cases that show them:
// - call: between two fetch() calls of one task; first_call: between the first and the second
// - first_send: from the first call of a page to its arrival
// - send: between arrivals of requests made in one task, on one HTTP/2 session (fetch)
// - send + receive: the same where answers come back at once (event streams); also what an
//   HTTP/1.1 slot is busy for longer than the server's service time
// - deliver: from the end of the service to the end that the page sees, less receive
// - secure: between the handshakes of secure and of plain WebSockets
constexpr ProcessorTime headless = {.call = microseconds(460),
                                    .send = microseconds(1500),
                                    .receive = microseconds(2400),
                                    .first_call = microseconds(4500),
                                    .first_send = milliseconds(16),
                                    .deliver = milliseconds(4),
                                    .secure = milliseconds(10)};

// The full browser shares the two processors with its compositor and window.
constexpr ProcessorTime full = {.call = microseconds(460),
                                .send = milliseconds(4),
                                .receive = milliseconds(6),
                                .first_call = microseconds(4500),
                                .first_send = milliseconds(30),
                                .deliver = milliseconds(4),
                                .secure = milliseconds(10)};

// Firefox was driven by a protocol that reports every network event, and measured under load.
constexpr ProcessorTime driven_firefox = {.call = milliseconds(2),
                                          .send = milliseconds(6),
                                          .receive = milliseconds(5),
                                          .first_call = milliseconds(4),
                                          .first_send = milliseconds(80),
                                          .deliver = milliseconds(6),
                                          .secure = milliseconds(40)};

// From cold to warm origins: what the first contact costs before the handshake.
constexpr models::Duration name_look_up = milliseconds(30);

}  // namespace

ProcessorTime processor_time(const models::BrowserProfile& browser) {
  if (browser.name == "firefox") return driven_firefox;
  return browser.name == "chromium-headless-shell" ? headless : full;
}

models::NetworkPath network(models::Duration added_rtt) {
  models::NetworkPath path = *models::find_network("localhost");
  path.rtt += added_rtt;
  path.dns = name_look_up;
  return path;
}

}  // namespace sixslots::scenarios::measured_host

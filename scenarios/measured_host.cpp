#include "scenarios/measured_host.hpp"

namespace sixslots::scenarios::measured_host {

namespace {

using models::ProcessorTime;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// Medians over the cases that show them, then rounded to what fits all of a browser's cases best:
// - call: between two fetch() calls of one task; first_call: between the first and the second
// - timer: between two polls that one task starts, or that fall due together, beyond the call
// - first_send: from the first call of a page to its arrival
// - start: between arrivals of requests made in one task, on one HTTP/2 session (fetch)
// - start + receive: the same where answers come back at once (event streams)
// - wake: half of what an HTTP/1.1 slot is busy for longer than the server's service time, which
//   hardly depends on how many slots are: it is the time until some process runs again
// - secure: between the handshakes of secure and of plain WebSockets
constexpr ProcessorTime headless = {.call = microseconds(460),
                                    .start = microseconds(1600),
                                    .wake = milliseconds(5),
                                    .receive = microseconds(2400),
                                    .timer = microseconds(500),
                                    .first_call = microseconds(4500),
                                    .first_send = milliseconds(10),
                                    .secure = milliseconds(15)};

// The full browser shares the two processors with its compositor and window.
constexpr ProcessorTime full = {.call = microseconds(460),
                                .start = milliseconds(4),
                                .wake = milliseconds(10),
                                .receive = milliseconds(2),
                                .timer = microseconds(500),
                                .first_call = microseconds(4500),
                                .first_send = milliseconds(25),
                                .secure = milliseconds(10)};

// Firefox was driven by a protocol that reports every network event, and measured under load.
constexpr ProcessorTime driven_firefox = {.call = milliseconds(2),
                                          .start = milliseconds(6),
                                          .wake = milliseconds(3),
                                          .receive = milliseconds(5),
                                          .first_call = milliseconds(4),
                                          .first_send = milliseconds(80),
                                          .secure = milliseconds(40)};

// From cold to warm origins: what the first contact costs before the handshake.
constexpr models::Duration name_look_up = milliseconds(15);

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

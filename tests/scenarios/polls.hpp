#pragma once

#include <string>

#include "scenarios/reader.hpp"

namespace sixslots::scenarios {

/// M/M/6 at that many polls a second, 50 ms each.
inline Scenario polls(const std::string& rate, const std::string& run) {
  return read_scenario("[run]\n" + run + R"(
[browser]
connections_per_origin = 6
[network]
rtt = "0s"
down = "unlimited"
up = "unlimited"
[[hop]]
kind = "go"
service = "0s"
[page]
rows = 0
document_size = "0B"
[[request]]
name = "poll"
service = { distribution = "exponential", mean = "50ms" }
request_size = "0B"
response_size = "0B"
arrivals = { process = "poisson", rate = ")" +
                           rate + "\" }\n",
                       "polls.toml");
}

}  // namespace sixslots::scenarios

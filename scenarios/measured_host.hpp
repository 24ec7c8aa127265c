#pragma once

#include "models/network.hpp"
#include "models/profile.hpp"

/// The machine that the measured cases come from: two processors for the browser, its servers and
/// the driver together, so that the browser's own work shows in the arrival times. These constants
/// hold for all cases of a browser alike; they say how busy that machine was, not how browsers
/// queue, and no scenario but a measured case uses them.
namespace sixslots::scenarios::measured_host {

/// What requests cost that browser there.
models::ProcessorTime processor_time(const models::BrowserProfile& browser);

/// Loopback, and the round trip that a delaying device added to it.
models::NetworkPath network(models::Duration added_rtt);

}  // namespace sixslots::scenarios::measured_host

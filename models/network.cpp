#include "models/network.hpp"

#include <array>

namespace sixslots::models {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr BitRate kbits(std::int64_t k) { return {k * 1000}; }

constexpr std::string_view wpt = "catchpoint/WebPageTest connectivity.ini.sample";
constexpr std::string_view devtools = "ChromeDevTools NetworkManager.ts";
constexpr std::string_view lighthouse = "GoogleChrome/lighthouse constants, simulated throttling";

constexpr std::array table = {
    NetworkPath{"cable",
                "home cable: 28 ms, 5 Mbit/s",
                wpt,
                milliseconds(28),
                kbits(5000),
                kbits(1000),
                {}},
    // Ten segments of a loopback device, which are of 64 KiB, never run short.
    NetworkPath{"localhost",
                "the same machine",
                "a loopback round trip, measured",
                microseconds(100),
                {},
                {},
                {},
                {},
                false},
    NetworkPath{"lan",
                "an office network",
                "assumed: a switched network",
                milliseconds(1),
                kbits(1000000),
                kbits(1000000),
                {}},
    NetworkPath{"fiber",
                "fibre to the home: 4 ms, 20 Mbit/s",
                wpt,
                milliseconds(4),
                kbits(20000),
                kbits(5000),
                {}},
    NetworkPath{
        "dsl", "DSL: 50 ms, 1.5 Mbit/s", wpt, milliseconds(50), kbits(1500), kbits(384), {}},
    NetworkPath{"fast-4g",
                "DevTools \"Fast 4G\": 60 ms, 8.1 Mbit/s",
                devtools,
                milliseconds(60),
                kbits(8100),
                kbits(1350),
                {}},
    NetworkPath{"slow-4g",
                "DevTools \"Slow 4G\": 150 ms, 1.4 Mbit/s",
                devtools,
                milliseconds(150),
                kbits(1440),
                kbits(675),
                {}},
    NetworkPath{"mobile-slow-4g",
                "Lighthouse's mobile preset: 150 ms, 1.6 Mbit/s",
                lighthouse,
                milliseconds(150),
                {1638400},
                kbits(750),
                {}},
    NetworkPath{"3g-fast",
                "fast 3G: 150 ms, 1.6 Mbit/s",
                wpt,
                milliseconds(150),
                kbits(1600),
                kbits(768),
                {}},
    NetworkPath{
        "3g", "3G: 300 ms, 1.6 Mbit/s", wpt, milliseconds(300), kbits(1600), kbits(768), {}},
    NetworkPath{"3g-slow",
                "slow 3G: 200 ms, 780 kbit/s",
                wpt,
                milliseconds(200),
                kbits(780),
                kbits(330),
                {}},
    NetworkPath{
        "edge", "EDGE: 840 ms, 240 kbit/s", wpt, milliseconds(840), kbits(240), kbits(200), {}},
    NetworkPath{"2g", "2G: 1300 ms, 35 kbit/s", wpt, milliseconds(1300), kbits(35), kbits(32), {}},
    NetworkPath{
        "dial-up", "a modem: 120 ms, 49 kbit/s", wpt, milliseconds(120), kbits(49), kbits(30), {}},
};

}  // namespace

std::span<const NetworkPath> networks() { return table; }

const NetworkPath* find_network(std::string_view name) {
  for (const NetworkPath& path : table) {
    if (path.name == name) return &path;
  }
  return nullptr;
}

}  // namespace sixslots::models

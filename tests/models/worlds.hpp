#pragma once

#include <string_view>

#include "models/design.hpp"
#include "models/world.hpp"

/// Small worlds that a reader can check by hand: round trip 80 ms, TLS 1.3, service 40 ms, no
/// bandwidth limits, no updates, one click.
namespace sixslots::models::testing {

inline WorldSpec hand_world(std::string_view design, int rows, Protocol protocol) {
  using std::chrono::milliseconds;
  WorldSpec spec;
  spec.browser = *find_browser("chrome");
  spec.network = *find_network("localhost");
  spec.network.rtt = milliseconds(80);
  HopSpec app = *find_server("node");
  app.protocol = protocol;
  app.tls = Tls::tls13;
  app.keep_alive = {};
  app.service = sim::Distribution::constant(milliseconds(40));
  if (multiplexed(protocol)) app.max_concurrent_streams = 100;
  spec.hops = {app};
  spec.page.rows = rows;
  spec.page.design = find_design(design);
  spec.page.updates.rate = 0.0;
  RequestFlow click;
  click.name = "click";
  click.method = "POST";
  click.by_user = true;
  click.arrivals.process = Arrivals::Process::at;
  click.arrivals.at = {std::chrono::seconds(2)};
  spec.requests = {click};
  return spec;
}

inline Observations simulate(const WorldSpec& spec, Duration duration = std::chrono::seconds(20)) {
  RunSpec run;
  run.duration = duration;
  run.random = {1, 0};
  run.keep_records = true;
  return models::run(spec, run);
}

/// The record of the only click.
inline const RequestRecord& click_of(const Observations& seen) {
  for (const RequestRecord& record : seen.records) {
    if (record.flow == 0) return record;
  }
  throw std::logic_error("no click in this run");
}

}  // namespace sixslots::models::testing

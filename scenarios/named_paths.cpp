#include "scenarios/named_paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/settings.hpp"

namespace sixslots::scenarios {
namespace {

using models::HopSpec;
using models::Protocol;
using std::chrono::milliseconds;

/// A server as the catalogue has it, spoken to in a protocol.
HopSpec hop_of(std::string_view kind, Protocol protocol = Protocol::http1, sim::Duration rtt = {}) {
  HopSpec hop = *models::find_server(kind);
  hop.protocol = protocol;
  hop.rtt = rtt;
  return hop;
}

NamedPath local_dev() {
  return {.name = "local-dev",
          .summary = "the developer's machine: Vite over HTTP/1.1, no proxy",
          .network = models::find_network("localhost"),
          .hops = {hop_of("vite")}};
}

NamedPath staging_http1() {
  return {.name = "staging-http1",
          .summary = "a staging stack in the office: nginx without TLS, Node",
          .network = models::find_network("lan"),
          .hops = {hop_of("nginx"), hop_of("node", Protocol::http1, milliseconds(1))}};
}

NamedPath php_fpm() {
  return {.name = "php-fpm",
          .summary = "nginx with HTTP/2, and the five children of PHP-FPM",
          .hops = {hop_of("nginx", Protocol::http2), hop_of("php-fpm")}};
}

NamedPath load_balancer() {
  return {.name = "load-balancer",
          .summary = "an AWS load balancer with HTTP/2, and ASP.NET Kestrel",
          .hops = {hop_of("aws-alb", Protocol::http2),
                   hop_of("kestrel", Protocol::http1, milliseconds(1))}};
}

// The edge is near the user, the origin is not: 60 ms is a continent's width (assumed).
NamedPath cdn_h2() {
  return {.name = "cdn-h2",
          .summary = "a CDN's edge with HTTP/2 and, 60 ms behind it, nginx and Node",
          .hops = {hop_of("cloudflare", Protocol::http2),
                   hop_of("nginx", Protocol::http1, milliseconds(60)),
                   hop_of("node", Protocol::http1, milliseconds(1))}};
}

// It ends the browser's TLS and speaks HTTP/1.1 to both sides, whatever the site offers.
NamedPath corporate_proxy() {
  return {.name = "corporate-proxy",
          .summary = "an office's forward proxy that speaks HTTP/1.1, then nginx and Node",
          .hops = {hop_of("corporate-proxy"), hop_of("nginx", Protocol::http1, milliseconds(20)),
                   hop_of("node", Protocol::http1, milliseconds(1))}};
}

NamedPath h2_everywhere() {
  return {
      .name = "h2-everywhere",
      .summary = "Caddy with HTTP/2 to Go with HTTP/2: no limit but that on streams",
      .hops = {hop_of("caddy", Protocol::http2), hop_of("go", Protocol::http2, milliseconds(1))}};
}

std::string key_of(std::size_t hop, std::string_view name) {
  return fmt::format("hop.{}.{}", hop, name);
}

const Setting* find_setting(const Scenario& scenario, std::string_view key) {
  const auto found = std::ranges::find(scenario.settings, key, &Setting::key);
  return found == scenario.settings.end() ? nullptr : &*found;
}

bool is_of_hops(const Setting& setting) { return setting.key.starts_with("hop."); }

/// Its own app's service time is stated.
bool states_service(const Scenario& scenario, const NamedPath& path) {
  const auto own = std::ranges::find(scenario.paths, path.name, &NamedPath::name);
  if (own == scenario.paths.end()) return false;
  const auto index = own - scenario.paths.begin();
  return find_setting(scenario, fmt::format("named_path.{}.hop.{}.service", index,
                                            path.hops.size() - 1)) != nullptr;
}

void put_own_aside(Scenario& scenario) {
  if (scenario.own) return;
  OwnPath own{scenario.world.hops, scenario.world.network, {}};
  std::ranges::copy_if(scenario.settings, std::back_inserter(own.settings), is_of_hops);
  scenario.own = std::move(own);
}

void take_own_back(Scenario& scenario) {
  if (!scenario.own) return;
  std::erase_if(scenario.settings, is_of_hops);
  scenario.world.hops = scenario.own->hops;
  scenario.world.network = scenario.own->network;
  scenario.settings.insert(scenario.settings.end(), scenario.own->settings.begin(),
                           scenario.own->settings.end());
  scenario.own.reset();
  restore(scenario, "network.");
}

void take_hops(Scenario& scenario, const NamedPath& path) {
  const std::size_t app = scenario.own->hops.size() - 1;
  std::optional<Setting> service;
  for (const Setting& setting : scenario.own->settings) {
    if (setting.key == key_of(app, "service")) service = setting;
  }
  scenario.world.hops = path.hops;
  if (service && !states_service(scenario, path)) {
    scenario.world.hops.back().service = scenario.own->hops.back().service;
  }
}

void take_network(Scenario& scenario, const NamedPath& path) {
  models::NetworkPath& network = scenario.world.network;
  network = path.network == nullptr ? scenario.own->network : *path.network;
  if (path.rtt) network.rtt = *path.rtt;
  restore(scenario, "network.");
}

}  // namespace

std::span<const NamedPath> known_paths() {
  static const std::vector<NamedPath> paths = {
      local_dev(), staging_http1(),   php_fpm(),       load_balancer(),
      cdn_h2(),    corporate_proxy(), h2_everywhere(),
  };
  return paths;
}

const NamedPath* find_path(const Scenario& scenario, std::string_view name) {
  for (const std::span<const NamedPath> paths :
       {std::span<const NamedPath>(scenario.paths), known_paths()}) {
    for (const NamedPath& path : paths) {
      if (path.name == name) return &path;
    }
  }
  return nullptr;
}

std::vector<std::string_view> path_names(const Scenario& scenario) {
  std::vector<std::string_view> names = {own_path};
  for (const NamedPath& path : scenario.paths) names.push_back(path.name);
  for (const NamedPath& path : known_paths()) names.push_back(path.name);
  return names;
}

void take_path(Scenario& scenario) {
  if (scenario.path == own_path) return take_own_back(scenario);
  const NamedPath* path = find_path(scenario, scenario.path);
  if (path == nullptr || path->hops.empty()) return;
  put_own_aside(scenario);
  std::erase_if(scenario.settings, is_of_hops);
  take_hops(scenario, *path);
  take_network(scenario, *path);
}

}  // namespace sixslots::scenarios

#include "models/hop.hpp"

#include <array>

namespace sixslots::models {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Row {
  std::string_view kind;
  std::string_view summary;
  std::string_view source;
  std::optional<int> max_concurrent_streams;
  int workers;
  int backlog;
  Duration keep_alive;
};

// A dynamic answer takes 29 ms in the middle and 162 ms at the 95th percentile: a lognormal time
// with mean 50 ms and squared coefficient of variation 2 (shape: Downey 2004; scale: assumed).
sim::Distribution dynamic_answer() {
  return sim::Distribution::lognormal_mean_scv(milliseconds(50), 2.0);
}

constexpr std::array rows = {
    Row{"node", "Node.js: no limit of its own on requests in flight",
        "nodejs.org http.Server keepAliveTimeout 5 s; http2 states no stream limit", std::nullopt,
        0, 0, seconds(5)},
    Row{"go",
        "Go net/http: a goroutine for each request",
        "golang/net http2/server.go",
        250,
        0,
        0,
        {}},
    Row{"php-fpm",
        "PHP-FPM: five children, each held for a whole response",
        "php/php-src sapi/fpm/www.conf.in pm.max_children 5, backlog 511",
        std::nullopt,
        5,
        511,
        {}},
    Row{"gunicorn", "gunicorn: one synchronous worker", "benoitc/gunicorn config.py", 100, 1, 2048,
        seconds(2)},
    Row{"puma", "Puma: five threads (MRI)", "puma configuration.rb", std::nullopt, 5, 1024,
        seconds(65)},
    Row{"tomcat", "Tomcat: 200 threads", "apache/tomcat config http.xml, http2.xml", 100, 200, 100,
        seconds(20)},
    Row{"uwsgi", "uWSGI: one process", "unbit/uwsgi-docs", std::nullopt, 1, 100, {}},
    Row{"kestrel", "ASP.NET Kestrel: no limit of its own", "learn.microsoft.com Kestrel limits",
        100, 0, 0, seconds(130)},
};

// Proxies: what they let through and what they keep open towards the hop behind them.
HopSpec nginx() {
  HopSpec spec;
  spec.kind = "nginx";
  spec.summary = "nginx as a reverse proxy: an upstream connection for each stream, none queued";
  spec.source = "nginx.org ngx_core_module, ngx_http_v2_module, ngx_http_upstream_module; measured";
  spec.max_concurrent_streams = 128;
  spec.keep_alive = seconds(75);
  spec.connections = 512;
  spec.connections_reserved = 2;  // the listening socket and the process's own channel
  spec.overflow = Overflow::refuse;
  return spec;
}

HopSpec haproxy() {
  HopSpec spec;
  spec.kind = "haproxy";
  spec.summary = "HAProxy: queues what exceeds a server's maxconn";
  spec.source = "haproxy doc/configuration.txt; measured";
  spec.max_concurrent_streams = 100;
  spec.upstream_keep_alive = 1'000'000;  // http-reuse safe: idle ones are kept and shared
  spec.overflow = Overflow::queue;
  return spec;
}

std::array<HopSpec, rows.size() + 2> make_servers() {
  std::array<HopSpec, rows.size() + 2> specs;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    HopSpec& spec = specs[i];
    spec.kind = row.kind;
    spec.summary = row.summary;
    spec.source = row.source;
    spec.max_concurrent_streams = row.max_concurrent_streams;
    spec.workers = row.workers;
    spec.backlog = row.backlog;
    spec.keep_alive = row.keep_alive;
    spec.service = dynamic_answer();
  }
  specs[rows.size()] = nginx();
  specs[rows.size() + 1] = haproxy();
  return specs;
}

}  // namespace

std::span<const HopSpec> servers() {
  static const auto specs = make_servers();
  return specs;
}

const HopSpec* find_server(std::string_view name) {
  for (const HopSpec& spec : servers()) {
    if (spec.kind == name) return &spec;
  }
  return nullptr;
}

}  // namespace sixslots::models

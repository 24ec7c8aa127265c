#include "models/hop.hpp"

#include <array>

namespace sixslots::models {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// A dynamic answer takes 29 ms in the middle and 162 ms at the 95th percentile: a lognormal time
// with mean 50 ms and squared coefficient of variation 2 (shape: Downey 2004; scale: assumed).
sim::Distribution dynamic_answer() {
  return sim::Distribution::lognormal_mean_scv(milliseconds(50), 2.0);
}

HopSpec row(std::string_view kind, std::string_view summary, std::string_view source) {
  HopSpec spec;
  spec.kind = kind;
  spec.summary = summary;
  spec.source = source;
  return spec;
}

HopSpec app(std::string_view kind, std::string_view summary, std::string_view source) {
  HopSpec spec = row(kind, summary, source);
  spec.service = dynamic_answer();
  return spec;
}

HopSpec node() {
  HopSpec spec = app("node", "Node.js: no limit of its own on requests in flight",
                     "nodejs.org http.Server keepAliveTimeout 5 s; http2 states no stream limit");
  spec.keep_alive = seconds(5);
  return spec;
}

HopSpec go() {
  HopSpec spec =
      app("go", "Go net/http: a goroutine for each request", "golang/net http2/server.go");
  spec.max_concurrent_streams = 250;
  return spec;
}

HopSpec php_fpm() {
  HopSpec spec = app("php-fpm", "PHP-FPM: five children, each held for a whole response",
                     "php/php-src sapi/fpm/www.conf.in pm.max_children 5, backlog 511");
  spec.workers = 5;
  spec.backlog = 511;
  return spec;
}

HopSpec gunicorn() {
  HopSpec spec = app("gunicorn", "gunicorn: one synchronous worker", "benoitc/gunicorn config.py");
  spec.max_concurrent_streams = 100;
  spec.workers = 1;
  spec.backlog = 2048;
  spec.keep_alive = seconds(2);
  spec.response_timeout = seconds(30);
  return spec;
}

HopSpec gunicorn_async() {
  HopSpec spec = gunicorn();
  spec.kind = "gunicorn-async";
  spec.summary = "gunicorn with an asynchronous worker: 1000 connections";
  spec.source = "benoitc/gunicorn config.py worker_connections 1000";
  spec.workers = 1000;
  spec.response_timeout = {};  // its workers tell of themselves while they serve
  return spec;
}

HopSpec puma() {
  HopSpec spec = app("puma", "Puma: five threads (MRI)", "puma configuration.rb");
  spec.workers = 5;
  spec.backlog = 1024;
  spec.keep_alive = seconds(65);
  return spec;
}

HopSpec tomcat() {
  HopSpec spec = app("tomcat", "Tomcat: 200 threads; 20 streams of an HTTP/2 connection at work",
                     "apache/tomcat config http.xml, http2.xml maxConcurrentStreamExecution 20");
  spec.max_concurrent_streams = 100;
  spec.executing_streams = 20;
  spec.workers = 200;
  spec.backlog = 100;
  spec.keep_alive = seconds(20);
  return spec;
}

HopSpec uwsgi() {
  HopSpec spec = app("uwsgi", "uWSGI: one process", "unbit/uwsgi-docs");
  spec.workers = 1;
  spec.backlog = 100;
  return spec;
}

HopSpec kestrel() {
  HopSpec spec = app("kestrel", "ASP.NET Kestrel: no limit of its own",
                     "learn.microsoft.com Kestrel limits; dotnet/aspnetcore 43302");
  spec.max_concurrent_streams = 100;
  spec.keep_alive = seconds(130);
  return spec;
}

// Development servers: HTTP/1.1 unless told otherwise, and a WebSocket for their own reloading,
// which takes no slot in Chrome.
HopSpec vite() {
  HopSpec spec = node();
  spec.kind = "vite";
  spec.summary = "Vite's development server: Node's HTTP/1.1 unless server.https is set";
  spec.source = "vitejs/vite packages/vite/src/node/http.ts";
  return spec;
}

HopSpec webpack_dev_server() {
  HopSpec spec = node();
  spec.kind = "webpack-dev-server";
  spec.summary = "webpack's development server: HTTP/1.1 by default";
  spec.source = "webpack/webpack-dev-server lib/Server.js";
  return spec;
}

// Proxies: what they let through and what they keep open towards the hop behind them.
HopSpec nginx() {
  HopSpec spec =
      row("nginx", "nginx before 1.29.7: an upstream connection for each stream, none queued",
          "nginx.org ngx_core_module, ngx_http_v2_module, ngx_http_upstream_module, "
          "ngx_http_proxy_module proxy_read_timeout; measured");
  spec.max_concurrent_streams = 128;
  spec.keep_alive = seconds(75);
  spec.connections = 512;
  spec.connections_reserved = 2;  // the listening socket and the process's own channel
  spec.overflow = Overflow::refuse;
  spec.refusal_status = 502;
  spec.read_timeout = seconds(60);
  return spec;
}

HopSpec nginx_1_29_7() {
  HopSpec spec = nginx();
  spec.kind = "nginx-1.29.7";
  spec.summary = "nginx since 1.29.7: keeps 32 idle upstream connections";
  spec.source = "nginx.org proxy_http_version, keepalive; otherwise as nginx";
  spec.upstream_keep_alive = 32;
  return spec;
}

HopSpec haproxy() {
  HopSpec spec = row("haproxy", "HAProxy: queues what exceeds a server's maxconn",
                     "haproxy doc/configuration.txt; measured");
  spec.max_concurrent_streams = 100;
  spec.upstream_keep_alive = 1'000'000;  // http-reuse safe: idle ones are kept and shared
  spec.overflow = Overflow::queue;
  spec.status_when_down = 503;
  return spec;
}

HopSpec apache() {
  HopSpec spec = row("apache", "Apache httpd with mod_proxy: 400 workers, one for each response",
                     "httpd mpm_event MaxRequestWorkers 400; icing/mod_h2 h2_config.c; "
                     "KeepAliveTimeout 5 s, ProxyTimeout 60 s");
  spec.max_concurrent_streams = 100;
  spec.keep_alive = seconds(5);
  spec.upstream_connections = 400;
  spec.upstream_keep_alive = 400;
  spec.overflow = Overflow::queue;
  spec.backlog = 511;
  spec.read_timeout = seconds(60);
  spec.status_when_down = 503;
  return spec;
}

HopSpec envoy() {
  HopSpec spec = row("envoy", "Envoy: circuit breakers at 1024, a response may take 15 s",
                     "envoyproxy circuit_breaker.proto, route_components.proto, protocol.proto, "
                     "http_connection_manager.proto");
  spec.max_concurrent_streams = 1024;
  spec.upstream_connections = 1024;
  spec.upstream_requests = 1024;
  spec.upstream_keep_alive = 1024;
  spec.overflow = Overflow::queue;
  spec.backlog = 1024;
  spec.read_timeout = minutes(5);
  spec.response_timeout = seconds(15);
  spec.status_when_down = 503;
  return spec;
}

HopSpec caddy() {
  HopSpec spec =
      row("caddy", "Caddy: Go's limits, no upstream limit", "golang/net http2/server.go");
  spec.max_concurrent_streams = 250;
  spec.upstream_keep_alive = 1'000'000;
  return spec;
}

HopSpec traefik() {
  HopSpec spec =
      row("traefik", "Traefik: Go's limits, no upstream limit", "doc.traefik.io entrypoints");
  spec.max_concurrent_streams = 250;
  spec.upstream_keep_alive = 1'000'000;
  return spec;
}

HopSpec aws_alb() {
  HopSpec spec = row("aws-alb", "AWS load balancer: HTTP/1.1 to its targets, silence for 60 s cuts",
                     "AWS ELB documentation: 128 requests of an HTTP/2 connection, idle timeout");
  spec.max_concurrent_streams = 128;
  spec.keep_alive = seconds(60);
  spec.upstream_keep_alive = 1'000'000;
  spec.read_timeout = seconds(60);
  return spec;
}

// The stream limit is not documented; reports of it lie between 100 and 256.
HopSpec cloudflare() {
  HopSpec spec = row("cloudflare", "Cloudflare's edge: silence of the origin for 120 s cuts",
                     "developers.cloudflare.com/fundamentals/reference/connection-limits; 100 "
                     "streams: RFC 9113 6.5.2, assumed");
  spec.max_concurrent_streams = 100;
  spec.keep_alive = seconds(400);
  spec.upstream_keep_alive = 1'000'000;
  spec.read_timeout = seconds(120);
  spec.status_when_down = 520;
  return spec;
}

// All requests through it are those of one invocation: of a Worker that fans out. One whose headers
// have come does not count any more.
HopSpec cloudflare_worker() {
  HopSpec spec = row("cloudflare-worker",
                     "one invocation of a Cloudflare Worker: six connections wait for headers",
                     "developers.cloudflare.com/workers/platform/limits, simultaneous open "
                     "connections; cloudflare-docs PR 23661");
  spec.max_concurrent_streams = 100;
  spec.upstream_connections = 6;
  spec.upstream_held = Held::until_headers;
  spec.overflow = Overflow::queue;
  return spec;
}

HopSpec corporate_proxy() {
  HopSpec spec = row("corporate-proxy",
                     "a forward proxy that speaks HTTP/1.1: a browser opens 32 connections to it",
                     "Chromium client_socket_pool_manager.cc (32, 128 since 2026), Firefox all.js");
  spec.connections_per_client = 32;
  spec.upstream_keep_alive = 1'000'000;
  return spec;
}

}  // namespace

int tls_round_trips(const HopSpec& hop) {
  if (hop.protocol == Protocol::http3) return 0;
  const Tls by_default = multiplexed(hop.protocol) ? Tls::tls13 : Tls::none;
  switch (hop.tls.value_or(by_default)) {
    case Tls::none:
      return 0;
    case Tls::tls13:
    case Tls::tls12_resumed:
      return 1;
    case Tls::tls12:
      return 2;
  }
  return 0;
}

int requests_on_a_connection(const HopSpec& hop) {
  return multiplexed(hop.protocol) ? hop.max_concurrent_streams.value_or(100) : 1;
}

std::span<const HopSpec> servers() {
  static const std::array specs = {
      node(),
      go(),
      php_fpm(),
      gunicorn(),
      gunicorn_async(),
      puma(),
      tomcat(),
      uwsgi(),
      kestrel(),
      vite(),
      webpack_dev_server(),
      nginx(),
      nginx_1_29_7(),
      haproxy(),
      apache(),
      envoy(),
      caddy(),
      traefik(),
      aws_alb(),
      corporate_proxy(),
      cloudflare(),
      cloudflare_worker(),
  };
  return specs;
}

const HopSpec* find_server(std::string_view name) {
  for (const HopSpec& spec : servers()) {
    if (spec.kind == name) return &spec;
  }
  return nullptr;
}

}  // namespace sixslots::models

#include <array>

#include "models/hop.hpp"

namespace sixslots::models {

namespace {

// The same for several rows.
constexpr std::string_view of_service =
    "assumed: mean 50 ms, squared coefficient of variation 2 (shape: Downey 2004)";
constexpr std::string_view of_worker_connections =
    "nginx.org ngx_core_module worker_connections 512, worker_processes 1";
constexpr std::string_view of_reserved =
    "measured: the listening socket and the process's own channel";
constexpr std::string_view of_max_conns =
    "nginx.org ngx_http_upstream_module max_conns, queue: the open-source version has no queue";
constexpr std::string_view of_bad_gateway =
    "nginx.org ngx_http_proxy_module: 502 when no upstream server can be used";
constexpr std::string_view of_nginx_silence = "nginx.org ngx_http_proxy_module proxy_read_timeout";
constexpr std::string_view of_nginx_streams =
    "nginx.org ngx_http_v2_module http2_max_concurrent_streams";
constexpr std::string_view of_nginx_idle = "nginx.org ngx_http_core_module keepalive_timeout";
constexpr std::string_view of_node_idle = "nodejs.org http.Server keepAliveTimeout";
constexpr std::string_view of_node_streams =
    "nodejs.org http2 maxConcurrentStreams 4294967295: not sent; graphql-yoga 4085";
constexpr std::string_view of_gunicorn_streams = "benoitc/gunicorn config.py, HTTP/2 mode";
constexpr std::string_view of_gunicorn_backlog = "benoitc/gunicorn config.py backlog";
constexpr std::string_view of_gunicorn_idle = "benoitc/gunicorn config.py keepalive";
constexpr std::string_view of_go_streams = "golang/net http2/server.go defaultMaxStreams";
constexpr std::string_view of_go_idle = "golang/go net/http Transport: idle ones are kept";

constexpr std::array sources{
    ServerSource{"node", "max_concurrent_streams", of_node_streams},
    ServerSource{"node", "keep_alive", of_node_idle},
    ServerSource{"node", "service", of_service},
    ServerSource{"go", "max_concurrent_streams", of_go_streams},
    ServerSource{"go", "service", of_service},
    ServerSource{"php-fpm", "workers", "php/php-src sapi/fpm/www.conf.in pm.max_children"},
    ServerSource{"php-fpm", "backlog", "php/php-src sapi/fpm/www.conf.in listen.backlog"},
    ServerSource{"php-fpm", "service", of_service},
    ServerSource{"gunicorn", "max_concurrent_streams", of_gunicorn_streams},
    ServerSource{"gunicorn", "workers", "benoitc/gunicorn config.py workers, threads"},
    ServerSource{"gunicorn", "backlog", of_gunicorn_backlog},
    ServerSource{"gunicorn", "keep_alive", of_gunicorn_idle},
    ServerSource{
        "gunicorn", "response_timeout",
        "benoitc/gunicorn config.py timeout: a sync worker tells of itself between requests"},
    ServerSource{"gunicorn", "service", of_service},
    ServerSource{"gunicorn-async", "max_concurrent_streams", of_gunicorn_streams},
    ServerSource{"gunicorn-async", "workers", "benoitc/gunicorn config.py worker_connections"},
    ServerSource{"gunicorn-async", "backlog", of_gunicorn_backlog},
    ServerSource{"gunicorn-async", "keep_alive", of_gunicorn_idle},
    ServerSource{"gunicorn-async", "service", of_service},
    ServerSource{"puma", "workers", "puma/puma configuration.rb max_threads, MRI"},
    ServerSource{"puma", "backlog", "puma/puma const.rb, tcp backlog"},
    ServerSource{"puma", "keep_alive", "puma/puma configuration.rb persistent_timeout"},
    ServerSource{"puma", "service", of_service},
    ServerSource{"tomcat", "max_concurrent_streams",
                 "apache/tomcat config/http2.xml maxConcurrentStreams"},
    ServerSource{"tomcat", "executing_streams",
                 "apache/tomcat config/http2.xml maxConcurrentStreamExecution"},
    ServerSource{"tomcat", "workers", "apache/tomcat config/http.xml maxThreads"},
    ServerSource{"tomcat", "backlog", "apache/tomcat config/http.xml acceptCount"},
    ServerSource{"tomcat", "keep_alive", "apache/tomcat server.xml connectionTimeout"},
    ServerSource{"tomcat", "service", of_service},
    ServerSource{"uwsgi", "workers", "unbit/uwsgi-docs Options: processes, threads"},
    ServerSource{"uwsgi", "backlog", "unbit/uwsgi-docs Options: listen"},
    ServerSource{"uwsgi", "service", of_service},
    ServerSource{"kestrel", "max_concurrent_streams",
                 "learn.microsoft.com Kestrel Http2.MaxStreamsPerConnection"},
    ServerSource{"kestrel", "keep_alive", "learn.microsoft.com Kestrel Limits.KeepAliveTimeout"},
    ServerSource{"kestrel", "service", of_service},
    ServerSource{"vite", "max_concurrent_streams", of_node_streams},
    ServerSource{"vite", "keep_alive", of_node_idle},
    ServerSource{"vite", "service", of_service},
    ServerSource{"webpack-dev-server", "max_concurrent_streams", of_node_streams},
    ServerSource{"webpack-dev-server", "keep_alive", of_node_idle},
    ServerSource{"webpack-dev-server", "service", of_service},

    ServerSource{"nginx", "max_concurrent_streams", of_nginx_streams},
    ServerSource{"nginx", "keep_alive", of_nginx_idle},
    ServerSource{"nginx", "connections", of_worker_connections},
    ServerSource{"nginx", "connections_reserved", of_reserved},
    ServerSource{"nginx", "overflow", of_max_conns},
    ServerSource{"nginx", "refusal_status", of_bad_gateway},
    ServerSource{"nginx", "status_when_down", of_bad_gateway},
    ServerSource{"nginx", "upstream_keep_alive",
                 "nginx.org ngx_http_upstream_module keepalive: none before 1.29.7"},
    ServerSource{"nginx", "read_timeout", of_nginx_silence},
    ServerSource{"nginx-1.29.7", "max_concurrent_streams", of_nginx_streams},
    ServerSource{"nginx-1.29.7", "keep_alive", of_nginx_idle},
    ServerSource{"nginx-1.29.7", "connections", of_worker_connections},
    ServerSource{"nginx-1.29.7", "connections_reserved", of_reserved},
    ServerSource{"nginx-1.29.7", "overflow", of_max_conns},
    ServerSource{"nginx-1.29.7", "refusal_status", of_bad_gateway},
    ServerSource{"nginx-1.29.7", "status_when_down", of_bad_gateway},
    ServerSource{"nginx-1.29.7", "upstream_keep_alive",
                 "nginx.org ngx_http_upstream_module keepalive, since 1.29.7"},
    ServerSource{"nginx-1.29.7", "read_timeout", of_nginx_silence},
    ServerSource{"haproxy", "max_concurrent_streams",
                 "haproxy doc/configuration.txt tune.h2.fe.max-concurrent-streams"},
    ServerSource{"haproxy", "overflow", "haproxy doc/configuration.txt server maxconn; measured"},
    ServerSource{"haproxy", "upstream_keep_alive", "haproxy doc/configuration.txt http-reuse safe"},
    ServerSource{"haproxy", "status_when_down", "haproxy doc/configuration.txt, error codes"},
    ServerSource{"apache", "max_concurrent_streams",
                 "icing/mod_h2 h2_config.c H2MaxSessionStreams"},
    ServerSource{"apache", "keep_alive", "httpd.apache.org core KeepAliveTimeout"},
    ServerSource{"apache", "upstream_connections",
                 "httpd.apache.org mpm_event MaxRequestWorkers: a worker for each response"},
    ServerSource{"apache", "upstream_keep_alive", "httpd.apache.org mod_proxy ProxyPass max"},
    ServerSource{"apache", "overflow", "httpd.apache.org mpm_common ListenBackLog"},
    ServerSource{"apache", "backlog", "httpd.apache.org mpm_common ListenBackLog"},
    ServerSource{"apache", "read_timeout", "httpd.apache.org mod_proxy ProxyTimeout, TimeOut"},
    ServerSource{"apache", "status_when_down",
                 "httpd.apache.org mod_proxy: 503 for a worker in error"},
    ServerSource{"envoy", "max_concurrent_streams",
                 "envoyproxy protocol.proto Http2ProtocolOptions max_concurrent_streams"},
    ServerSource{"envoy", "upstream_connections",
                 "envoyproxy circuit_breaker.proto max_connections"},
    ServerSource{"envoy", "upstream_requests", "envoyproxy circuit_breaker.proto max_requests"},
    ServerSource{"envoy", "upstream_keep_alive",
                 "envoyproxy circuit_breaker.proto max_connections: idle ones are kept"},
    ServerSource{"envoy", "overflow", "envoyproxy circuit_breaker.proto max_pending_requests"},
    ServerSource{"envoy", "backlog", "envoyproxy circuit_breaker.proto max_pending_requests"},
    ServerSource{"envoy", "read_timeout",
                 "envoyproxy http_connection_manager.proto stream_idle_timeout"},
    ServerSource{"envoy", "response_timeout", "envoyproxy route_components.proto timeout"},
    ServerSource{"envoy", "status_when_down", "envoyproxy docs: 503 upstream connect error"},
    ServerSource{"caddy", "max_concurrent_streams", of_go_streams},
    ServerSource{"caddy", "upstream_keep_alive", of_go_idle},
    ServerSource{"traefik", "max_concurrent_streams",
                 "doc.traefik.io entrypoints http2.maxConcurrentStreams"},
    ServerSource{"traefik", "upstream_keep_alive", of_go_idle},
    ServerSource{"aws-alb", "max_concurrent_streams",
                 "docs.aws.amazon.com ELB: 128 requests in parallel on an HTTP/2 connection"},
    ServerSource{"aws-alb", "keep_alive", "docs.aws.amazon.com ELB idle_timeout.timeout_seconds"},
    ServerSource{"aws-alb", "upstream_keep_alive",
                 "docs.aws.amazon.com ELB: keep-alive to targets"},
    ServerSource{
        "aws-alb", "read_timeout",
        "docs.aws.amazon.com ELB idle_timeout.timeout_seconds; an HTTP/2 PING does not reset it"},
    ServerSource{"corporate-proxy", "connections_per_client",
                 "Chromium client_socket_pool_manager.cc (128 since 2026); Firefox all.js"},
    ServerSource{"corporate-proxy", "upstream_keep_alive", "assumed: idle ones are kept"},
    ServerSource{"cloudflare", "max_concurrent_streams",
                 "assumed: RFC 9113 6.5.2; reports lie between 100 and 256"},
    ServerSource{"cloudflare", "keep_alive",
                 "developers.cloudflare.com fundamentals, connection limits: 400 s"},
    ServerSource{"cloudflare", "upstream_keep_alive", "assumed: idle ones are kept"},
    ServerSource{"cloudflare", "read_timeout",
                 "developers.cloudflare.com fundamentals, connection limits: Proxy Read Timeout"},
    ServerSource{"cloudflare", "status_when_down", "developers.cloudflare.com 5xx errors: 520"},
    ServerSource{"cloudflare-worker", "max_concurrent_streams", "assumed: RFC 9113 6.5.2"},
    ServerSource{"cloudflare-worker", "upstream_connections",
                 "developers.cloudflare.com workers, simultaneous open connections"},
    ServerSource{"cloudflare-worker", "upstream_held",
                 "developers.cloudflare.com workers: counted until the headers come"},
    ServerSource{"cloudflare-worker", "overflow",
                 "developers.cloudflare.com workers: the rest queues; cloudflare-docs PR 23661"},
};

}  // namespace

std::span<const ServerSource> server_sources() { return sources; }

}  // namespace sixslots::models

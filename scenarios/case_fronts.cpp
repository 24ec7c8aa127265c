#include "scenarios/case_fronts.hpp"

#include <fmt/format.h>

#include "scenarios/error.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {

namespace {

using models::HopSpec;
using models::Protocol;

Protocol protocol_of(JsonFields& fields, std::string_view field) {
  const std::string name = fields.text(field);
  if (name == "http/1.1") return Protocol::http1;
  if (name == "h2") return Protocol::http2;
  fields.fail(field, fmt::format("unknown protocol '{}'; allowed are 'http/1.1' and 'h2'", name));
}

// The measured servers keep connections open and answer as the action says.
HopSpec read_server(JsonFields& fields) {
  HopSpec hop = *models::find_server("node");
  hop.protocol = protocol_of(fields, "protocol");
  hop.tls = fields.flag_or("tls", false) ? models::Tls::tls13 : models::Tls::none;
  hop.keep_alive = {};
  (void)fields.flag_or("also_http_1_1", false);
  hop.max_concurrent_streams.reset();
  if (const auto limit = fields.optional_number("max_concurrent_streams")) {
    hop.max_concurrent_streams = static_cast<int>(*limit);
  }
  fields.finish();
  return hop;
}

HopSpec front_of(JsonFields& fields) {
  const std::string server = fields.text("server");  // with its version: "nginx 1.22"
  const std::string name = server.substr(0, server.find(' '));
  const HopSpec* known = models::find_server(name);
  if (known == nullptr) fields.fail("server", fmt::format("unknown server '{}'", server));
  return *known;
}

HopSpec read_front(JsonFields& fields) {
  HopSpec hop = front_of(fields);
  hop.protocol = protocol_of(fields, "client_protocol");
  hop.tls = multiplexed(hop.protocol) ? models::Tls::tls13 : models::Tls::none;
  if (protocol_of(fields, "upstream_protocol") != Protocol::http1) {
    fields.fail("upstream_protocol", "only 'http/1.1' is modelled");
  }
  (void)fields.text_or("proxy_buffering", "off");  // delays no event (measured)
  hop.upstream_connections = fields.integer_or("upstream_max_conns", hop.upstream_connections);
  hop.upstream_connections = fields.integer_or("server_maxconn", hop.upstream_connections);
  hop.connections = fields.integer_or("worker_connections", hop.connections);
  hop.upstream_keep_alive = fields.integer_or("upstream_keepalive", hop.upstream_keep_alive);
  if (const auto streams = fields.optional_number("max_concurrent_streams")) {
    hop.max_concurrent_streams = static_cast<int>(*streams);
  }
  if (fields.has("queue_timeout")) {
    const Subject subject{{fields.file(), 0, 0}, fields.place_of("queue_timeout")};
    hop.queue_timeout = parse_duration(fields.text("queue_timeout"), subject);
  }
  fields.finish();
  return hop;
}

HopSpec read_named_server(JsonFields& origins, const nlohmann::json& value, std::string_view name) {
  JsonFields fields(value, origins.file(), origins.place_of(name));
  return read_server(fields);
}

}  // namespace

void read_origins(JsonFields& fields, models::Script& script) {
  const nlohmann::json* value = fields.child("origins");
  if (value == nullptr) fields.fail("the field 'origins' is missing");
  JsonFields origins(*value, fields.file(), fields.place_of("origins"));
  const nlohmann::json* page = origins.child("page");
  if (page == nullptr) origins.fail("the field 'page' is missing");
  models::ScriptedOrigin page_origin;
  if (const nlohmann::json* front = fields.child("front")) {
    JsonFields front_fields(*front, fields.file(), fields.place_of("front"));
    page_origin.hops.push_back(read_front(front_fields));
  }
  page_origin.hops.push_back(read_named_server(origins, *page, "page"));
  script.origins.push_back(std::move(page_origin));
  if (const nlohmann::json* api = origins.child("api")) {
    script.origins.push_back({{read_named_server(origins, *api, "api")}, false});
  }
  origins.finish();
}

}  // namespace sixslots::scenarios

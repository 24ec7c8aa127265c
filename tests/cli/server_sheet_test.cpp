#include "cli/server_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/hop.hpp"
#include "scenarios/defaults.hpp"
#include "scenarios/keys.hpp"
#include "tests/catch.hpp"
#include "tests/cli/program.hpp"

namespace sixslots::cli {
namespace {

using Catch::Matchers::Contains;

bool has_source(std::string_view kind, std::string_view key) {
  return std::ranges::any_of(models::server_sources(), [&](const models::ServerSource& source) {
    return source.kind == kind && source.key == key && !source.source.empty();
  });
}

TEST_CASE("every constant of a server has its source, and every source a constant") {
  constexpr std::string_view section = "hop.N.";
  // "No limit": what a server is that says nothing.
  constexpr std::string_view without[] = {"\"none stated\"", "\"unlimited\"", "\"all\"",
                                          "\"never\"", "0"};
  for (const scenarios::Key& key : scenarios::keys()) {
    if (!key.path.starts_with(section) || scenarios::preset_of(key) == nullptr) continue;
    const std::string_view name = key.path.substr(section.size());
    if (name == "protocol" || name == "tls" || name == "rtt") continue;  // not of the server
    for (const models::HopSpec& server : models::servers()) {
      const std::string value = scenarios::value_of_preset(key, server.kind);
      const bool limit = std::ranges::find(without, value) == std::ranges::end(without);
      const bool word =
          !key.word.empty() || name == "upstream_keep_alive" || name == "connections_reserved";
      if (!limit || !word) continue;
      INFO(server.kind << "." << name << " = " << value);
      CHECK(has_source(server.kind, name));
    }
  }
  for (const models::ServerSource& source : models::server_sources()) {
    INFO(source.kind << "." << source.key);
    CHECK(models::find_server(source.kind) != nullptr);
    CHECK(scenarios::find_key(fmt::format("hop.N.{}", source.key)) != nullptr);
  }
}

TEST_CASE("list servers prints each constant with its source, in the width there is") {
  const std::string text = server_sheet("nginx", 80);
  CHECK_THAT(text, Contains("connections = 512"));
  CHECK_THAT(text, Contains("worker_connections"));
  CHECK_THAT(text, Contains("read_timeout = \"60s\""));
  CHECK_THAT(text, Contains("proxy_read_timeout"));
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    INFO(text.substr(begin, end - begin));
    CHECK(end - begin <= 80);
  }
  CHECK_THAT(sixslots({"list", "servers"}).out, Contains("executing_streams = 20"));
  const Ran unknown = sixslots({"list", "servers", "ngnix"});
  CHECK(unknown.status == ExitStatus::bad_input);
  CHECK_THAT(unknown.err, Contains("there is no server 'ngnix'; did you mean 'nginx'?"));
}

}  // namespace
}  // namespace sixslots::cli

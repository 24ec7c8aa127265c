#include "cli/server_sheet.hpp"

#include <fmt/format.h>

#include "cli/text.hpp"
#include "models/hop.hpp"
#include "scenarios/defaults.hpp"
#include "scenarios/keys.hpp"

namespace sixslots::cli {
namespace {

std::string value_of(std::string_view server, std::string_view key) {
  const scenarios::Key* known = scenarios::find_key(fmt::format("hop.N.{}", key));
  return known == nullptr ? "" : scenarios::value_of_preset(*known, server);
}

Glossary constants_of(const models::HopSpec& server) {
  Glossary glossary;
  for (const models::ServerSource& source : models::server_sources()) {
    if (source.kind != server.kind) continue;
    glossary.entries.emplace_back(
        fmt::format("  {} = {}", source.key, value_of(server.kind, source.key)), source.source);
  }
  return glossary;
}

}  // namespace

std::string server_sheet(std::string_view name, std::size_t width) {
  std::string text;
  for (const models::HopSpec& server : models::servers()) {
    if (!name.empty() && server.kind != name) continue;
    if (!text.empty()) text += '\n';
    text += fmt::format("  {}: {}\n", server.kind,
                        wrapped(server.summary, width, 4 + server.kind.size()));
    text += to_text(constants_of(server), width);
  }
  return text;
}

}  // namespace sixslots::cli

#include <fmt/format.h>

#include <array>

#include "cli/catalogue.hpp"
#include "cli/command.hpp"
#include "cli/server_sheet.hpp"
#include "cli/text.hpp"
#include "models/design.hpp"
#include "models/hop.hpp"
#include "models/network.hpp"
#include "models/profile.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/named_paths.hpp"
#include "scenarios/reader.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array examples = {
    Example{"sixslots list designs", "ways to keep a page's rows current, for page.design"},
    Example{"sixslots list browsers", "for browser.profile"},
    Example{"sixslots list servers nginx", "its limits and timeouts, and where each comes from"},
    Example{"sixslots list scenarios", "files to run, and to start from"},
    Example{"sixslots list metrics", "what [expect] may name"},
};

Glossary designs() {
  Glossary glossary;
  for (const models::Design& design : models::designs()) {
    glossary.entries.emplace_back(design.name, design.summary);
  }
  return glossary;
}

Glossary browsers() {
  Glossary glossary;
  for (const models::BrowserProfile& browser : models::browser_profiles()) {
    glossary.entries.emplace_back(browser.name, browser.summary);
  }
  return glossary;
}

Glossary servers() {
  Glossary glossary;
  for (const models::HopSpec& server : models::servers()) {
    glossary.entries.emplace_back(server.kind, server.summary);
  }
  return glossary;
}

Glossary networks() {
  Glossary glossary;
  for (const models::NetworkPath& network : models::networks()) {
    glossary.entries.emplace_back(network.name, network.summary);
  }
  return glossary;
}

Glossary paths() {
  Glossary glossary;
  for (const scenarios::NamedPath& path : scenarios::known_paths()) {
    glossary.entries.emplace_back(path.name, path.summary);
  }
  return glossary;
}

Glossary scenarios_that_come_along() {
  Glossary glossary;
  for (const std::filesystem::path& file : catalogue()) {
    glossary.entries.emplace_back(shown(file), scenarios::read_scenario_file(file.string()).title);
  }
  return glossary;
}

Glossary metrics() {
  Glossary glossary;
  for (const scenarios::MetricInfo& metric : scenarios::metric_patterns()) {
    glossary.entries.emplace_back(metric.name, metric.meaning);
  }
  return glossary;
}

struct Listing {
  std::string_view name;
  std::string_view meaning;
  Glossary (*entries)();
};

constexpr std::array listings = {
    Listing{"designs", "ways to keep a page's rows current: page.design", designs},
    Listing{"browsers", "whose limits and priorities apply: browser.profile", browsers},
    Listing{"servers", "servers and proxies: kind of a [[hop]]", servers},
    Listing{"networks", "the way from the browser: network.profile", networks},
    Listing{"paths", "hops, and perhaps the network before them, by one name: path", paths},
    Listing{"scenarios", "the files that come with sixslots", scenarios_that_come_along},
    Listing{"metrics", "what [expect] may name; FLOW is the name of a [[request]]", metrics},
};

const Listing& listing_called(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Listing& listing : listings) {
    if (listing.name == name) return listing;
    names.push_back(listing.name);
  }
  throw UsageError(fmt::format("there is no list of '{}'{}", name, choice(name, names)));
}

Glossary lists() {
  Glossary glossary;
  for (const Listing& listing : listings) {
    glossary.entries.emplace_back(fmt::format("sixslots list {}", listing.name), listing.meaning);
  }
  return glossary;
}

/// Servers with their constants, or one of them.
std::string servers_text(const Arguments& arguments, std::size_t width) {
  const std::string name = arguments.operands.size() > 1 ? arguments.operands[1] : "";
  std::string text = server_sheet(name, width);
  if (!text.empty()) return text;
  std::vector<std::string_view> names;
  for (const models::HopSpec& server : models::servers()) names.push_back(server.kind);
  throw UsageError(fmt::format("there is no server '{}'{}", name, suggestion(name, names)));
}

ExitStatus print_list(const Arguments& arguments, Console& console) {
  const auto width = static_cast<std::size_t>(columns_to_fill(console.around));
  if (!arguments.operands.empty() && arguments.operands.front() == "servers") {
    console.out << servers_text(arguments, width);
    return ExitStatus::fine;
  }
  if (arguments.operands.size() > 1) {
    throw UsageError(fmt::format("unexpected argument '{}'", arguments.operands[1]));
  }
  const Glossary glossary =
      arguments.operands.empty() ? lists() : listing_called(arguments.operands.front()).entries();
  console.out << to_text(glossary, width);
  return ExitStatus::fine;
}

}  // namespace

extern const Command list_command = {
    .name = "list",
    .summary = "list what there is to choose from: designs, servers, paths, ...",
    .synopsis = "list [WHAT [SERVER]]",
    .details =
        "WHAT is designs, browsers, servers, networks, paths, scenarios or metrics; without it, "
        "list says what each is. Servers are listed with every constant and its source, all or "
        "one of them.",
    .examples = examples,
    .options = no_options,
    .operands = {.most = 2},
    .run = print_list,
};

}  // namespace sixslots::cli

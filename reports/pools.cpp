#include "reports/pools.hpp"

#include <algorithm>

#include "models/script.hpp"

namespace sixslots::reports {
namespace {

using models::RequestRecord;

/// What the script calls has numbers from its name on: the host that it names, or the page's.
std::string_view host_of(const RequestRecord& record, const models::ScriptedTab& tab) {
  const auto made_by = [&](const models::Action& action) {
    return action.kind != models::Action::Kind::close && record.name >= action.name &&
           record.name < action.name + std::max(action.times, 1);
  };
  const auto action = std::ranges::find_if(tab.actions, made_by);
  const bool is_named = action != tab.actions.end() && !action->host.empty();
  return is_named ? action->host : tab.page_host;
}

}  // namespace

Pool pool_of(const RequestRecord& record, const models::WorldSpec& world) {
  const auto index = static_cast<std::size_t>(record.tab);
  if (index >= world.scripted.size()) return {};
  const models::ScriptedTab& tab = world.scripted[index];
  const bool keeps_apart = world.browser.partition == models::PoolPartition::top_level_site;
  return {tab.context, host_of(record, tab), keeps_apart ? models::site_of(tab.page_host) : ""};
}

std::map<Pool, PoolLoad> pools_at_the_end(const VariantView& view,
                                          std::optional<std::size_t> flow) {
  std::map<Pool, PoolLoad> pools;
  for (const RequestRecord& record : view.result->sample.records) {
    PoolLoad& pool = pools[pool_of(record, view.world())];
    if (record.finished || record.kind == models::RequestKind::web_socket) continue;
    const bool counts = !flow || record.flow == static_cast<std::int32_t>(*flow);
    if (record.granted) {
      ++pool.holding;
    } else if (counts) {
      ++pool.waiting;
    }
  }
  return pools;
}

}  // namespace sixslots::reports

#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Those whose requests share slots: one browser context and one host. A page that is no script
/// asks one host alone.
struct Pool {
  int context = 0;
  std::string_view host;
  std::string_view site;  ///< of the page, where browsers keep sites apart

  friend bool operator==(const Pool& a, const Pool& b) = default;
  friend bool operator<(const Pool& a, const Pool& b) {
    return std::tie(a.context, a.host, a.site) < std::tie(b.context, b.host, b.site);
  }
};
Pool pool_of(const models::RequestRecord& record, const models::WorldSpec& world);

/// Requests that a pool has when the first replication ends; WebSockets are no part of it.
struct PoolLoad {
  int waiting = 0;
  int holding = 0;
};
/// Of all pools that were asked for anything. Where a flow is given, only its requests wait.
std::map<Pool, PoolLoad> pools_at_the_end(const VariantView& view,
                                          std::optional<std::size_t> flow = std::nullopt);

}  // namespace sixslots::reports

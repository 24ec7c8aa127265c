#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Who held connections and who waited when the first replication ended, of those that share slots.
struct AtTheEnd {
  std::string host;  ///< whose slots they are; empty where a page asks one host alone
  std::vector<const models::RequestRecord*> holding;    ///< the rows' requests; not WebSockets
  std::vector<const models::RequestRecord*> waiting;    ///< the rows' requests
  std::uint64_t others_holding = 0;                     ///< requests of flows, and documents
  std::uint64_t others_in_line = 0;                     ///< of these, at some hop
  std::map<std::int32_t, std::uint64_t> flows_waiting;  ///< requests that were never sent, of each
  std::uint64_t sockets_waiting = 0;  ///< WebSockets that are not open, wherever they wait
  std::set<std::int64_t> blank_tabs;  ///< from 1; their documents were never sent

  [[nodiscard]] std::uint64_t all_waiting() const;
  /// " of a.test": whose slots; nothing where that is clear.
  [[nodiscard]] std::string of_host() const;
};

/// Where most requests wait: of one flow if it is given, else of all; else where most are held.
AtTheEnd at_the_end(const VariantView& view, std::optional<std::size_t> flow = std::nullopt);

/// The rows' requests hold as many slots as there are.
bool rows_hold_all_slots(const VariantView& view, const AtTheEnd& end);

/// What the rows keep open: "event streams", or requests of another kind.
std::string held_noun(const AtTheEnd& end);

/// "connections 1 to 6 are held by rows 1 to 6"; in a script, by the names that it gives.
std::string holders(const VariantView& view, const AtTheEnd& end);

/// Numbers of rows or tabs: "row 3", "rows 1 to 6".
std::string numbered(std::string_view noun, const std::set<std::int64_t>& values);

/// What the Network panel of DevTools shows when the first replication ends: a sentence and a
/// space, or nothing.
std::string devtools_shows(const VariantView& view, const AtTheEnd& end);

/// What arrived at the app in the first replication: "6 GETs, no POST".
std::string server_saw(const VariantView& view);

}  // namespace sixslots::reports

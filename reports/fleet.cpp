#include "reports/fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"
#include "reports/values.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {
namespace {

const VariantView& shown(const Study& study) { return study.variants[study.worst]; }

std::string value_of(const VariantView& view, std::size_t hop, std::string_view name) {
  return short_value(metric(*view.result, fmt::format("hop.{}.{}", hop, name)));
}

}  // namespace

bool tells_of_fleet(const Study& study) {
  return std::ranges::any_of(study.variants, [](const VariantView& view) {
    const models::FleetSpec& fleet = view.world().fleet;
    return fleet.users > 1 || fleet.arrival_rate > 0.0;
  });
}

std::string hops_caption(const Study& study) {
  const auto users = [&](std::string_view name) {
    return short_value(metric(*shown(study).result, name));
  };
  const std::string mean = users("users.mean");
  const std::string most = users("users.peak");
  return fmt::format("What {} users{} do to each hop, with {}", mean,
                     mean == most ? "" : fmt::format(" on average, {} at most,", most),
                     name_of(shown(study)));
}

const std::string_view hops_legend =
    "conn, busy: open connections from the hop before it, and its workers or connections to the "
    "next hop at work, mean and most; queue: waiting for one, most; refused, cut: in a replication";

Table hops_table(const Study& study) {
  Table table;
  table.columns = {{"req/s", 8, true},  {"bytes/s", 7, false}, {"conn", 6, true},
                   {"most", 3, false},  {"busy", 6, true},     {"most", 5, false},
                   {"queue", 4, false}, {"refused", 2, true},  {"cut", 1, false}};
  const VariantView& view = shown(study);
  for (std::size_t hop = 0; hop < view.world().hops.size(); ++hop) {
    Table::Row row;
    row.label = clean(view.world().hops[hop].kind);
    for (const std::string_view name :
         {"requests.rate", "bytes.rate", "connections.mean", "connections.peak", "busy.mean",
          "busy.peak", "queue.peak", "refused", "cut"}) {
      row.cells.push_back(value_of(view, hop, name));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string users_text(const Study& study) {
  if (!study.has_flow()) return {};
  const VariantView& view = shown(study);
  const FlowView& felt = study.felt(view);
  const models::FlowStatistics& flow = *felt.statistics;
  if (flow.user_mean.count() == 0) return {};
  const auto value = [&](std::string_view name) {
    return short_value(metric(*view.result, fmt::format("{}.{}", felt.flow->name, name)));
  };
  const std::string hit =
      flow.users_hit == 0 ? std::string("Nobody has")
                          : sentence(part_of(flow.users_hit, flow.users, "users", {"has", "have"}));
  return fmt::format(
      "Of each user's {}, the mean is {} for the median user and {} for one of twenty; the longest "
      "is "
      "{}, {} and {} at most. {} one that fails or does not end.",
      noun_of(*felt.flow).plural, value("user_mean.p50"), value("user_mean.p95"),
      value("user_worst.p50"), value("user_worst.p95"), value("user_worst.max"), hit);
}

void print_fleet(Sheet& sheet, const Study& study) {
  if (!tells_of_fleet(study)) return;
  sheet.blank();
  sheet.paragraph({}, hops_caption(study), Ink::strong);
  print_table(sheet, hops_table(study));
  sheet.paragraph({}, hops_legend, Ink::dim);
  const std::string users = users_text(study);
  if (!users.empty()) sheet.paragraph({}, users);
}

}  // namespace sixslots::reports

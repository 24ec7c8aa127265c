#include "reports/walls_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text.hpp"
#include "reports/variants_table.hpp"
#include "reports/walls.hpp"

namespace sixslots::reports {
namespace {

/// More would not be read; other formats have them all.
constexpr std::size_t most_rows = 12;

std::size_t most_places(const Study& study) {
  std::size_t most = 0;
  for (const VariantView& view : study.variants) {
    most = std::max(most, view.world().hops.size() + 1);
  }
  return most;
}

/// A place of the variants that have it.
std::vector<Wall> at_place(const Study& study, std::size_t place) {
  std::vector<Wall> all;
  for (const VariantView& view : study.variants) {
    const std::vector<Wall> its = walls(view);
    if (place < its.size()) all.push_back(its[place]);
  }
  return all;
}

/// The value that all have in common, or nothing.
template <class Value>
std::string common(const std::vector<Wall>& walls, Value value) {
  const std::string first = value(walls.front());
  const bool same = std::ranges::all_of(walls, [&](const Wall& w) { return value(w) == first; });
  return same ? first : std::string();
}

std::string place_of(const Wall& wall) { return clean(wall.place); }

std::string head_of(const Study& study, std::size_t place) {
  const std::string name = common(at_place(study, place), place_of);
  return name.empty() ? fmt::format("hop {}", place - 1) : name;
}

}  // namespace

const std::string_view walls_caption =
    "Held on the way at once: the most, of how many; ✗ where more were wanted";

bool tells_of_walls(const Study& study) {
  return std::ranges::any_of(study.variants, [](const VariantView& view) {
    if (view.world().hops.size() > 1) return true;
    const std::vector<Wall> its = walls(view);
    return std::any_of(its.begin() + 1, its.end(), [](const Wall& w) { return w.binds(); });
  });
}

Table walls_table(const Study& study, std::size_t most) {
  Table table;
  const std::size_t places = most_places(study);
  std::vector<std::string> heads;
  for (std::size_t i = 0; i < places; ++i) {
    heads.push_back(head_of(study, i));
    table.columns.push_back({heads.back(), static_cast<int>(places - i), i > 0});
  }
  const bool all = study.variants.size() <= most;
  for (const VariantView& view : study.variants) {
    if (table.rows.size() == most) break;
    const std::vector<Wall> its = walls(view);
    if (!all && std::ranges::none_of(its, &Wall::binds)) continue;
    Table::Row row = labelled_row(view);
    for (std::size_t i = 0; i < places; ++i) {
      if (i >= its.size()) {
        row.cells.emplace_back("");
        continue;
      }
      const bool named = heads[i] == place_of(its[i]);
      row.cells.push_back(
          fmt::format("{}{}", named ? "" : place_of(its[i]) + " ", held_text(its[i])));
      if (its[i].binds()) row.ink = Ink::bad;
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string walls_legend(const Study& study) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < most_places(study); ++i) {
    std::vector<std::string> uses;
    for (const Wall& wall : at_place(study, i)) {
      std::string use = held(wall);
      if (wall.limit > 0) use += fmt::format(" ({})", wall.key);
      if (std::ranges::find(uses, use) == uses.end()) uses.push_back(use);
    }
    parts.push_back(fmt::format("{}, {}", head_of(study, i), joined(uses, "or")));
  }
  const bool of_sockets = std::ranges::all_of(study.variants, [](const VariantView& view) {
    return view.streams.sockets > 0 && view.streams.sockets == view.streams.asked_for;
  });
  return fmt::format("{} holds: {}", of_sockets ? "A WebSocket" : "An event stream",
                     fmt::join(parts, "; "));
}

void print_walls(Sheet& sheet, const Study& study) {
  if (!tells_of_walls(study)) return;
  sheet.blank();
  sheet.paragraph({}, walls_caption, Ink::strong);
  const Table table = walls_table(study, most_rows);
  if (!table.rows.empty()) print_table(sheet, table);
  if (const std::size_t left_out = study.variants.size() - table.rows.size(); left_out > 0) {
    sheet.line(fmt::format("… {}{}; the JSON report has all of them",
                           counted(left_out, table.rows.empty() ? "variant" : "more variant"),
                           table.rows.size() < most_rows ? " without a wall that binds" : ""),
               Ink::dim);
  }
  sheet.paragraph({}, walls_legend(study), Ink::dim);
}

}  // namespace sixslots::reports

#include "scenarios/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/key_paths.hpp"
#include "scenarios/key_values.hpp"

namespace sixslots::scenarios {
namespace {

constexpr std::string_view example = R"("page.design" = ["stream-per-row", "polling"])";

/// Keys that name things: variants that differ in them would differ in nothing. Nor in more than
/// luck by the random numbers, or how many; those are common to all variants.
void refuse_names(const Address& address, const Position& position) {
  if (address.key->path == "run.seed" || address.key->path == "run.replications") {
    fail({position, address.path},
         "all variants meet the same random numbers; this cannot be compared");
  }
  if (address.key->path != "title" && address.key->path != "request.N.name") return;
  fail({position, address.path}, "this only names something and cannot be compared");
}

/// Reads nested tables as dotted keys, so that the quotes around a key may be left out.
void read_axes(const Value& table, const std::string& path, const Scenario& scenario,
               std::vector<Axis>& axes, Problems& problems) {
  for (const Entry& entry : table.entries) {
    const std::string child = path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key);
    if (entry.value.type == Value::Type::table && find_key(pattern(child)) == nullptr) {
      read_axes(entry.value, child, scenario, axes, problems);
      continue;
    }
    problems.collect(
        [&] { axes.push_back(make_axis(child, entry.value, entry.position, scenario)); });
  }
}

}  // namespace

Axis make_axis(std::string_view path, const Value& list, const Position& position,
               const Scenario& scenario) {
  const Address address = locate(path, scenario, position);
  refuse_names(address, position);
  if (list.type != Value::Type::list || list.items.empty()) {
    fail({list.position, address.path},
         fmt::format("a comparison needs a list of values, as in {}", example));
  }
  Axis axis{address.path, {}, position};
  Problems problems;
  Scenario scratch = scenario;
  for (const Value& item : list.items) {
    const Subject subject{item.position, address.path};
    problems.collect([&] { assign(*address.key, scratch, address.index, item, subject); });
    if (std::ranges::find(axis.values, written(item)) != axis.values.end()) {
      problems.add(item.position,
                   fmt::format("{}: {} is listed twice", address.path, describe(item)));
    }
    axis.values.push_back(written(item));
  }
  problems.check();
  return axis;
}

void put_axis(Scenario& scenario, const Axis& axis) {
  const auto old = std::ranges::find(scenario.compare, axis.key, &Axis::key);
  if (old != scenario.compare.end()) {
    *old = axis;
  } else {
    scenario.compare.push_back(axis);
  }
}

std::vector<Axis> read_comparison(const Value& table, const Scenario& scenario,
                                  Problems& problems) {
  if (table.type != Value::Type::table) {
    problems.add(table.position,
                 fmt::format("compare: write [compare], and below it lines such as {}", example));
    return {};
  }
  std::vector<Axis> axes;
  read_axes(table, "", scenario, axes, problems);
  for (auto axis = axes.begin(); axis != axes.end(); ++axis) {
    if (std::find_if(axes.begin(), axis, [&](const Axis& a) { return a.key == axis->key; }) == axis)
      continue;
    problems.add(axis->position, fmt::format("{}: this key is compared twice", axis->key));
  }
  return axes;
}

}  // namespace sixslots::scenarios

#include "scenarios/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/key_paths.hpp"
#include "scenarios/question_sections.hpp"

namespace sixslots::scenarios {
namespace {

/// Walks a file's tables and gathers the keys of the key table in them.
class Walk {
 public:
  explicit Walk(Problems& problems) : problems_(problems) {}

  void file(const Value& file) {
    for (const Entry& entry : file.entries) {
      if (find_question_section(entry.key) != nullptr) continue;
      step(entry, "");
    }
  }

  std::vector<Given> given;

 private:
  void list(const Entry& entry, const std::string& path) {
    for (std::size_t i = 0; i < entry.value.items.size(); ++i) {
      const Value& item = entry.value.items[i];
      if (item.type != Value::Type::table) return refuse_list(entry, path);
      table(item, fmt::format("{}.{}", path, i));
    }
    if (entry.value.type != Value::Type::list) refuse_list(entry, path);
  }

  void table(const Value& value, const std::string& path) {
    for (const Entry& entry : value.entries) step(entry, path);
  }

  void step(const Entry& entry, const std::string& path) {
    const std::string child = path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key);
    const std::string like = pattern(child);
    const Key* key = find_key(like);
    if (entry.key.find('.') != std::string::npos) {
      problems_.add(
          entry.position,
          fmt::format("\"{0}\" in quotes is a single name; write {0} without them", entry.key));
    } else if (key != nullptr) {
      given.push_back({key, child, &entry.value});
    } else if (is_list(like)) {
      list(entry, child);
    } else if (names_in(like).empty()) {
      problems_.add(entry.position, unknown_key(child));
    } else if (entry.value.type != Value::Type::table) {
      problems_.add(entry.value.position,
                    fmt::format("{}: {} is not allowed; write a table with {}", child,
                                describe(entry.value), enumerate(names_in(like))));
    } else {
      table(entry.value, child);
    }
  }

  void refuse_list(const Entry& entry, const std::string& path) {
    problems_.add(entry.position,
                  fmt::format("{}: write {}, with two brackets on each side; every such line adds "
                              "one",
                              path, section_name(pattern(path) + ".N")));
  }

  Problems& problems_;
};

/// The kind of arrivals that a key of `arrivals` belongs to.
struct ArrivalKey {
  std::string_view name;
  std::string_view process;
};

constexpr std::array arrival_keys{
    ArrivalKey{"at", "at"},        ArrivalKey{"every", "every"}, ArrivalKey{"rate", "poisson"},
    ArrivalKey{"think", "closed"}, ArrivalKey{"gap", "renewal"}, ArrivalKey{"first", "every"},
    ArrivalKey{"batch", {}},  // of any kind
    ArrivalKey{"batch_sizes", {}},
};

/// The kind of arrivals that a key stands for; empty if the key is not about arrivals.
std::string_view arrivals_of(const Given& given) {
  constexpr std::string_view section = "request.N.arrivals.";
  if (given.key->path.substr(0, section.size()) != section) return {};
  const std::string_view name = given.key->path.substr(section.size());
  const auto row = std::ranges::find(arrival_keys, name, &ArrivalKey::name);
  return row == arrival_keys.end() ? std::string_view(given.value->text) : row->process;
}

/// All keys of one `arrivals` must mean the same kind.
void check_arrivals(const std::vector<Given>& given, Problems& problems) {
  const auto split = [](const std::string& path) { return path.rfind('.'); };
  const auto section = [&](const Given& g) { return g.path.substr(0, split(g.path)); };
  const auto name = [&](const Given& g) { return g.path.substr(split(g.path) + 1); };
  const Given* last = nullptr;
  for (const Given& one : given) {
    const std::string_view process = arrivals_of(one);
    if (process.empty()) continue;
    const Given* before = std::exchange(last, &one);
    if (before == nullptr || section(*before) != section(one)) continue;
    if (arrivals_of(*before) == process) continue;
    problems.add(
        one.value->position,
        fmt::format("{}: '{}' means \"{}\" and '{}' means \"{}\"; keep one of them", section(one),
                    name(*before), arrivals_of(*before), name(one), process));
  }
}

}  // namespace

std::vector<Given> keys_given(const Value& file, Problems& problems) {
  Walk walk(problems);
  walk.file(file);
  check_arrivals(walk.given, problems);
  std::ranges::stable_sort(walk.given, std::ranges::less{}, &Given::key);
  return walk.given;
}

}  // namespace sixslots::scenarios

#include "scenarios/known_differences.hpp"

#include <fmt/format.h>

#include "scenarios/json_fields.hpp"

namespace sixslots::scenarios {

std::vector<KnownDifference> read_known_differences(const std::string& path) {
  const nlohmann::json document = read_json_file(path);
  JsonFields fields(document, path, "");
  std::vector<KnownDifference> differences;
  int index = 0;
  for (const nlohmann::json& value : fields.array("differences")) {
    JsonFields difference(value, path, fmt::format("differences[{}]", index++));
    KnownDifference read;
    read.why = difference.text("why");
    for (const nlohmann::json& key : difference.array("cases")) {
      if (!key.is_string()) difference.fail("cases", "the keys of cases are texts");
      read.cases.push_back(key.get<std::string>());
    }
    difference.finish();
    differences.push_back(std::move(read));
  }
  fields.finish();
  return differences;
}

}  // namespace sixslots::scenarios

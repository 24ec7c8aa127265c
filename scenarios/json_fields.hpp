#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace sixslots::scenarios {

/// Reads one JSON object field by field and insists that every field was asked for. Faults are
/// Errors that name the file and the place, such as `cases.json: firefox/ws-1:
/// tabs[0].opens_at_ms`.
class JsonFields {
 public:
  JsonFields(const nlohmann::json& object, std::string file, std::string place);

  [[nodiscard]] bool has(std::string_view name);
  [[nodiscard]] std::string text(std::string_view name);
  [[nodiscard]] std::string text_or(std::string_view name, std::string_view otherwise);
  [[nodiscard]] double number(std::string_view name);
  [[nodiscard]] std::optional<double> optional_number(std::string_view name);  ///< absent or null
  [[nodiscard]] int integer(std::string_view name);
  [[nodiscard]] int integer_or(std::string_view name, int otherwise);
  [[nodiscard]] bool flag_or(std::string_view name, bool otherwise);

  /// A field whose value the caller reads; null when absent.
  [[nodiscard]] const nlohmann::json* child(std::string_view name);
  [[nodiscard]] const nlohmann::json& array(std::string_view name);

  /// Every field has been read; an unknown one is an error.
  void finish();

  /// Throws an Error about this object, or about one of its fields.
  [[noreturn]] void fail(const std::string& message) const;
  [[noreturn]] void fail(std::string_view field, const std::string& message) const;

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::string place_of(std::string_view field) const;

 private:
  const nlohmann::json& required(std::string_view name);

  const nlohmann::json& object_;
  std::string file_;
  std::string place_;
  std::set<std::string, std::less<>> asked_;
};

/// Parses a JSON document; `file` names it in messages. Throws an Error with line and column.
nlohmann::json parse_json(std::string_view text, const std::string& file);

nlohmann::json read_json_file(const std::string& path);

}  // namespace sixslots::scenarios

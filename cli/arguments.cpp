#include "cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/error.hpp"

namespace sixslots::cli {

bool Arguments::has(std::string_view option) const { return value(option).has_value(); }

std::optional<std::string> Arguments::value(std::string_view option) const {
  for (const auto& [name, text] : options) {
    if (name == option) return text;
  }
  return std::nullopt;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  std::vector<std::string> found;
  for (const auto& [name, text] : options) {
    if (name == option) found.push_back(text);
  }
  return found;
}

bool asks_for_help(std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (word == "--") return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

std::optional<std::uint64_t> number(const Arguments& arguments, std::string_view option,
                                    Limits limits) {
  const std::optional<std::string> text = arguments.value(option);
  if (!text) return std::nullopt;
  std::uint64_t read = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, read);
  if (error != std::errc{} || stop != end || read < limits.low || read > limits.high) {
    throw UsageError(fmt::format("--{} takes a whole number from {} to {}, not '{}'", option,
                                 limits.low, limits.high, *text));
  }
  return read;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  const std::optional<std::string_view> likely = scenarios::nearest_name(word, candidates);
  return likely ? fmt::format("; did you mean '{}'?", *likely) : "";
}

std::string choice(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string likely = suggestion(word, candidates);
  if (!likely.empty()) return likely;
  return fmt::format("; there {} {}", candidates.size() == 1 ? "is" : "are",
                     scenarios::enumerate(candidates));
}

}  // namespace sixslots::cli

#include "scenarios/selectors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sixslots::scenarios {
namespace {

using Chosen = std::pair<std::string, std::string>;

/// The text begins with these words.
bool begins_with(std::string_view text, std::string_view words) {
  return text.substr(0, words.size()) == words &&
         (text.size() == words.size() || text[words.size()] == ' ');
}

/// What the text begins with, of all compared values: the longest; several if they have the same
/// text.
std::vector<Chosen> candidates(std::string_view text, const std::vector<Axis>& compare) {
  std::vector<Chosen> found;
  std::size_t longest = 1;
  for (const Axis& axis : compare) {
    for (const std::string& value : axis.values) {
      const std::string full = fmt::format("{}={}", axis.key, value);
      const bool short_form = begins_with(text, value);
      if (!short_form && !begins_with(text, full)) continue;
      const std::size_t length = short_form ? value.size() : full.size();
      if (length < longest) continue;
      if (length > longest) found.clear();
      longest = length;
      found.push_back({axis.key, value});
    }
  }
  return found;
}

[[noreturn]] void fail_unknown(std::string_view text, const std::vector<Axis>& compare,
                               const Subject& subject) {
  const std::string_view word = text.substr(0, text.find(' '));
  std::vector<std::string_view> values;
  for (const Axis& axis : compare)
    values.insert(values.end(), axis.values.begin(), axis.values.end());
  if (values.empty()) {
    fail(subject,
         fmt::format("there is no [compare] and so no variant '{}'; write the condition alone",
                     text));
  }
  fail(subject,
       fmt::format("no variant has '{}'{}", word,
                   advice(nearest_name(word, values), "compared are " + enumerate(values))));
}

[[noreturn]] void fail_ambiguous(const std::vector<Chosen>& found, const Subject& subject) {
  const auto& [key, value] = found[0];
  fail(subject, fmt::format("'{1}' is a value of {0} and of {2}; write {0}={1} or {2}={1}", key,
                            value, found[1].first));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parse_selector(std::string_view text,
                                                                const std::vector<Axis>& compare,
                                                                const Subject& subject) {
  std::vector<Chosen> all;
  while (!text.empty()) {
    const std::vector<Chosen> found = candidates(text, compare);
    if (found.empty()) fail_unknown(text, compare, subject);
    if (found.size() > 1) fail_ambiguous(found, subject);
    const auto& [key, value] = found[0];
    const auto same = std::ranges::find(all, key, &Chosen::first);
    if (same != all.end()) {
      fail(subject, fmt::format("no variant has both '{}' and '{}'; both are values of {}",
                                same->second, value, key));
    }
    text.remove_prefix(begins_with(text, value) ? value.size() : key.size() + 1 + value.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    all.push_back(found[0]);
  }
  return all;
}

}  // namespace sixslots::scenarios

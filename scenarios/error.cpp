#include "scenarios/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <tuple>

namespace sixslots::scenarios {
namespace {

bool stands_before(const Problem& a, const Problem& b) {
  return std::tie(a.position.line, a.position.column) <
         std::tie(b.position.line, b.position.column);
}

std::vector<Problem> in_order(std::vector<Problem> problems) {
  std::stable_sort(problems.begin(), problems.end(), stands_before);
  return problems;
}

std::string lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_string(problem);
  }
  return text;
}

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::size_t common_start(std::string_view a, std::string_view b) {
  std::size_t length = 0;
  while (length < std::min(a.size(), b.size()) && lower(a[length]) == lower(b[length])) ++length;
  return length;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other;
/// upper and lower case count as equal.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> cost((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return cost[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      at(i, j) =
          std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(a.size(), b.size());
}

/// By edit distance; of equals, the one that begins most alike.
std::optional<std::string_view> nearest_slip(std::string_view word,
                                             std::span<const std::string_view> candidates) {
  std::optional<std::string_view> best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3);
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > least || distance >= candidate.size()) continue;
    const bool begins_alike = best && common_start(word, candidate) > common_start(word, *best);
    if (best && distance == least && !begins_alike) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/// "opens" was the beginning of "opens_at". One or two letters begin too much to tell.
std::optional<std::string_view> shortest_beginning_with(
    std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t shortest_word = 3;
  std::optional<std::string_view> best;
  if (word.size() < shortest_word) return best;
  for (const std::string_view candidate : candidates) {
    if (!candidate.starts_with(word)) continue;
    if (!best || candidate.size() < best->size()) best = candidate;
  }
  return best;
}

}  // namespace

std::string to_string(const Problem& problem) {
  const Position& at = problem.position;
  if (at.line == 0) return fmt::format("{}: {}", at.file, problem.message);
  return fmt::format("{}:{}:{}: {}", at.file, at.line, at.column, problem.message);
}

Error::Error(std::vector<Problem> problems)
    : std::runtime_error(lines(in_order(problems))), problems_(in_order(std::move(problems))) {}

Error::Error(Position position, std::string message)
    : Error(std::vector<Problem>{{std::move(position), std::move(message)}}) {}

void fail(const Subject& subject, std::string_view message) {
  const std::string_view separator = subject.name.empty() ? "" : ": ";
  throw Error(subject.position, fmt::format("{}{}{}", subject.name, separator, message));
}

void Problems::add(const Error& error) {
  found_.insert(found_.end(), error.problems().begin(), error.problems().end());
}

void Problems::add(const Problems& problems) {
  found_.insert(found_.end(), problems.found_.begin(), problems.found_.end());
}

void Problems::add(Position position, std::string message) {
  found_.push_back({std::move(position), std::move(message)});
}

void Problems::check() const {
  if (!found_.empty()) throw Error(found_);
}

std::optional<std::string_view> nearest_name(std::string_view word,
                                             std::span<const std::string_view> candidates) {
  constexpr std::size_t longest_word = 64;  // longer ones are no slips of the finger
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  const auto slip = nearest_slip(word, candidates);
  return slip ? slip : shortest_beginning_with(word, candidates);
}

std::string advice(std::optional<std::string_view> likely, std::string_view rest) {
  if (!likely) return fmt::format("; {}", rest);
  std::string sentence(rest);
  sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  return fmt::format("; did you mean '{}'? {}", *likely, sentence);
}

std::string enumerate(std::span<const std::string_view> names, std::string_view quote,
                      std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? fmt::format(" {} ", last) : ", ";
    text += fmt::format("{0}{1}{0}", quote, names[i]);
  }
  return text;
}

}  // namespace sixslots::scenarios

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sixslots::cli {

/// Breaks a text between words, so that its lines end before `width`; every line but the first
/// begins with `indent` spaces, which the first is assumed to have already.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Names on the left, and what they mean on the right, wrapped.
struct Glossary {
  std::vector<std::pair<std::string, std::string>> entries;
};

std::string to_text(const Glossary& glossary, std::size_t width);

}  // namespace sixslots::cli

#pragma once

#include <filesystem>
#include <vector>

namespace sixslots::cli {

/// The scenarios that come with sixslots, sorted: those installed beside the program, or those of
/// the checkout that it was built from.
std::vector<std::filesystem::path> catalogue();

/// How a user in the current directory would name a file: relative where it is below.
std::string shown(const std::filesystem::path& file);

}  // namespace sixslots::cli

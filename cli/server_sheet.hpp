#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sixslots::cli {

/// Every server and proxy, or the one of that name, with its constants and where each comes from.
/// Empty: there is none of that name.
std::string server_sheet(std::string_view name, std::size_t width);

}  // namespace sixslots::cli

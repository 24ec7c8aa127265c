#pragma once

namespace sixslots::sim {

/// Wide enough for exact sums and products of nanoseconds; g++ and clang++ have it as an extension.
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

}  // namespace sixslots::sim

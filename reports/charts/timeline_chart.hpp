#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Against time: who holds each connection, and how many connections are open and requests wait at
/// each hop, in the first replication; as SVG.
std::string timeline_chart(const VariantView& view);

}  // namespace sixslots::reports

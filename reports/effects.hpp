#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// "14 of 20 event streams never open", or nothing.
std::string blank_rows(const VariantView& view);

/// What becomes of a flow, without "with VARIANT": "the click never reaches the server".
std::string effect(const VariantView& view, const FlowView& flow);

/// "; 43 % of its time it is stalled in the browser", or nothing.
std::string waiting_part(const VariantView& view, const FlowView& flow);

}  // namespace sixslots::reports

#pragma once

#include <string>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Tables of the HTML report; none has more than a few hundred rows, and each says what it leaves
/// out.
std::string variants_html(const Study& study);
/// What an event stream holds in each variant, hop by hop.
std::string walls_html(const Study& study);
/// What an event cost, where there is one.
std::string storms_html(const Study& study);
/// What the users do to each hop, and how they fare; where there are several.
std::string fleet_html(const Study& study);
std::string expectations_html(const scenarios::Results& results);
/// The same requests as in the waterfall.
std::string requests_html(const Study& study, const VariantView& view);
/// What the felt flow's time consists of.
std::string parts_html(const Study& study, const VariantView& view);
/// The peaks of the levels over time.
std::string levels_html(const VariantView& view);

}  // namespace sixslots::reports

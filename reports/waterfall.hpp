#pragma once

#include "reports/sheet.hpp"
#include "reports/study.hpp"

namespace sixslots::reports {

/// How many lines a waterfall may take for connections, and for single requests.
struct WaterfallSize {
  std::size_t connections = 9;
  std::size_t requests = 6;
};

/// The first replication of a variant against time: what holds each connection, what waits.
void print_waterfall(Sheet& sheet, const Study& study, const VariantView& view,
                     const WaterfallSize& size);

/// What its signs mean.
void print_waterfall_legend(Sheet& sheet);

}  // namespace sixslots::reports

#pragma once

#include <cstdint>
#include <string>

#include "reports/sheet.hpp"
#include "reports/study.hpp"
#include "reports/table.hpp"

namespace sixslots::reports {

/// What a table of variants shows: one flow, the page, or a flow and then the page.
enum class Columns : std::uint8_t { flow, page, both };

/// At most so many variants, in their order.
Table variants_table(const Study& study, std::size_t flow, Columns columns, std::size_t most);

/// A row without cells, labelled as those of the variants.
Table::Row labelled_row(const VariantView& view);

/// "The click, from call to answer, in 20 replications of 60 s".
std::string variants_caption(const Study& study, std::size_t flow);

/// What the columns are.
std::string variants_legend(const Study& study);

/// The variants side by side: the flow that the user feels and the page, then the other flows.
void print_variants(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports

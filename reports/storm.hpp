#pragma once

#include <string>
#include <vector>

#include "reports/study.hpp"
#include "reports/table.hpp"

namespace sixslots::reports {

/// What happened to the path in a variant, and what became of the streams that it cost.
struct StormView {
  std::string event;                ///< "the restart of nginx at 30 s", "the 3 events from 30 s on"
  bool several = false;             ///< events
  double lost = 0.0;                ///< streams, in a replication
  double peak = 0.0;                ///< reconnections in one second, the most
  double deaf = 0.0;                ///< pages with a stream that was closed for good
  double away = 0.0;                ///< streams that were not back when the run ended
  scenarios::MetricValue recovery;  ///< from an event until all lost streams were back, the longest
};

/// Nothing happens in some scenarios.
bool has_events(const VariantView& view);

/// Of a variant with events.
StormView storm_of(const VariantView& view);

/// What the events do to requests, a sentence for each kind: "The outage lets nothing through."
std::string effects_of_events(const VariantView& view);

/// Something happens in a variant, so there is a storm to tell of.
bool tells_of_storms(const Study& study);

/// "After the restart of nginx at 30 s".
std::string storm_caption(const Study& study);

/// What the columns are.
std::string storm_legend(const Study& study);

/// "between the outage at 40 s and its end, the click takes 10 s at the median and 29 s at the 95th
/// percentile"; empty where the felt flow hardly notices.
std::string clicks_after_events(const Study& study, std::size_t variant);

/// The variants with events, at most so many.
Table storm_table(const Study& study, std::size_t most);

/// What it comes to: "After the restart of node at 30 s, 10000 pages stay deaf with ..."; else what
/// clicks go through in the worst variant. Empty where nothing happens.
std::string storm_sentence(const Study& study);

void print_storms(Sheet& sheet, const Study& study);

}  // namespace sixslots::reports

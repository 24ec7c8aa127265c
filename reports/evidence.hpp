#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reports/study.hpp"
#include "reports/walls.hpp"
#include "reports/wording.hpp"

namespace sixslots::reports {

/// Requests that wait for a slot or stream until the run ends, or the page gives them up.
std::uint64_t never_sent(const FlowView& flow);

/// "none of the 9 clicks is ever sent", "2 of 9 clicks are never sent"
std::string starving(const FlowView& flow);

/// What becomes of a flow that gets nowhere: "none of the 9 clicks is ever sent", "2 of 9 clicks
/// get no answer before the run ends".
std::string going_nowhere(const FlowView& view);

/// "Nginx has 3 upstream connections (hop.0.upstream_connections), and at most 2 requests wait for
/// one."
std::string too_little(const Wall& wall);

/// "Firefox has 6 slots (browser.connections_per_origin), and at most 5 requests wait for one.";
/// and who has them at the end, where requests of a flow wait, or of all.
std::string line_in_browser(const VariantView& view,
                            std::optional<std::size_t> flow = std::nullopt);

/// " Requests that have one spend 83 % of that time in line at the server: Gunicorn has 1 worker
/// (hop.1.workers), and at most 5 requests wait for one."; empty where they do not.
std::string line_behind(const VariantView& view);

/// ", behind requests that wait for a worker of gunicorn": the same of what waits for a slot.
std::string who_is_ahead(const VariantView& view);

/// More of which lets slots come free; empty where it is the browser's matter.
std::string key_behind(const VariantView& view);

/// The felt flow waits in the browser, to the end of the run or of the page's patience.
bool is_starved(const Study& study, const VariantView& view);

/// "1 request waits", "8 requests wait"
std::string requests_wait(std::uint64_t count);

/// "Chrome"
std::string browser_name(const models::WorldSpec& world);

/// Do rows make requests of that kind?
bool rows_use(const VariantView& view, models::RequestKind kind);

/// What brings the rows their events: event streams, WebSockets, or in a script both.
Noun streams_noun(const VariantView& view);

/// "5 workers of php-fpm": those of the app.
std::string workers_of(const VariantView& view);

/// Requests of a flow that a hop lost patience with while they waited at one for what it has too
/// little of; those apart that failed in a storm.
struct CutInLine {
  std::uint64_t at_proxies = 0;
  std::uint64_t at_app = 0;
};
CutInLine cut_in_line(const VariantView& view, const models::FlowStatistics& flow);

/// " Most of that time they wait for a worker of php-fpm (hop.1.workers)."; empty where the flow's
/// requests do not.
std::string line_until_cut(const VariantView& view, const FlowView& flow);

/// "14 of 20 event streams never open": of all users where that is counted, else of the first one.
std::string never_opening(const VariantView& view, std::uint64_t streams);

/// A hop that waits for a response no longer, or does not let it go on.
struct Cut {
  std::string by;  ///< the hop's kind
  std::size_t hop = 0;
  double responses = 0.0;  ///< in a replication
  sim::Duration limit{};
  bool whole_response = false;  ///< the limit is of all of it; else of the time to the next byte

  /// "Nginx waits for 5 s for the next byte (hop.0.read_timeout)."
  [[nodiscard]] std::string rule() const;
};
/// The hop that cuts most; nothing where none does.
std::optional<Cut> most_cut(const VariantView& view);

/// "none of the 8 pages loads", "18 of 20 pages never load", of a replication; empty where hardly
/// any fails.
std::string failing_pages(const VariantView& view);

/// "the page never loads: its document is answered with 502"; empty where the page that is recorded
/// loads, or where no record tells.
std::string never_loads(const VariantView& view);

/// A metric in several variants: "14 ms", "14 to 20 ms".
std::string range_of(const Study& study, const Group& group, std::string_view name);

/// Does the felt flow get through, in a time that a user puts up with?
Predicate gets_through(const Study& study);

/// Does it take at most such a part of what it takes in a variant, without more failures?
Predicate faster_than(const Study& study, std::size_t variant,
                      scenarios::MetricValue FlowView::*quantile, double part);

/// The same of any flow.
Predicate faster_than(const VariantView& view, std::size_t flow,
                      scenarios::MetricValue FlowView::*quantile, double part);

}  // namespace sixslots::reports

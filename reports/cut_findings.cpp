#include <fmt/format.h>

#include "reports/diagnoses.hpp"
#include "reports/evidence.hpp"
#include "reports/text.hpp"
#include "reports/values.hpp"

namespace sixslots::reports {
namespace {

/// Responses of a replication that were cut while their requests waited for what event streams
/// hold: those of flows, and of streams and documents, which get no second chance.
double told_of_at_walls(const Study& study, std::size_t variant) {
  if (cut_behind_streams(study, variant) == 0) return 0.0;
  const VariantView& view = study.variants[variant];
  std::uint64_t of_flows = 0;
  for (const FlowView& flow : view.flows) {
    const CutInLine cut = cut_in_line(view, *flow.statistics);
    of_flows += cut.at_proxies + cut.at_app;
  }
  const auto count = [&](std::string_view name) { return metric(*view.result, name).value; };
  const double lost = count("streams.lost");  // those that come back may be refused
  return static_cast<double>(of_flows) / view.result->replications + count("pages.failed") +
         (lost > 0.0 ? 0.0 : count("streams.given_up"));
}

}  // namespace

std::optional<Finding> streams_cut(const Study& study, std::size_t variant) {
  const VariantView& view = study.variants[variant];
  const std::optional<Cut> cut = most_cut(view);
  if (!cut) return std::nullopt;
  if (cut->responses - told_of_at_walls(study, variant) < 0.5) return std::nullopt;
  const std::string limit = short_duration(cut->limit);
  const double reconnections = metric(*view.result, "reconnects.count").value;
  const bool of_sockets = rows_use(view, models::RequestKind::web_socket);
  const bool of_streams =
      reconnections >= 0.5 && (of_sockets || rows_use(view, models::RequestKind::event_source));
  const double deaf = metric(*view.result, "pages.deaf").value;
  Finding finding;
  finding.weight = deaf < 0.5 ? 22.0 : 62.0;
  finding.what = fmt::format(
      "{} ends {} in a replication after {}{}.", sentence(cut->by),
      counted(whole_count(cut->responses), "response"), limit,
      deaf < 0.5 ? ""
                 : fmt::format(", and {} {} deaf for good", counted(whole_count(deaf), "page"),
                               whole_count(deaf) == 1 ? "stays" : "stay"));
  finding.evidence =
      of_streams
          ? fmt::format(
                "DevTools, Network: {} that end after {}, or the status 504; {} in a replication.",
                of_sockets ? "WebSockets" : "event streams", limit,
                counted(whole_count(reconnections), "reconnection"))
          : fmt::format("DevTools, Network: requests that end after {} without the app's answer.",
                        limit);
  finding.why = cut->rule();
  if (!of_streams && study.has_flow()) {
    finding.why += line_until_cut(view, study.felt(view));
  }
  if (of_streams) {
    finding.why.pop_back();  // the full stop
    finding.why += cut->whole_response
                       ? ", and an event stream's has no end."
                       : fmt::format("; a {} (page.heartbeat) is silent for longer.",
                                     of_sockets ? "WebSocket without news and without pings"
                                                : "stream without news and without comments");
  }
  const auto goes_on = [](const VariantView& other) {
    const std::optional<Cut> its = most_cut(other);
    return !its || its->responses < 0.5;
  };
  const bool has_updates =
      metric(*view.result, "staleness.p95").kind != scenarios::MetricValue::Kind::none;
  finding.change = simulated_changes(
      study, variant, goes_on, has_updates ? "an update is on display after" : "none ends so",
      [&](const Group& group) {
        return has_updates ? range_of(study, group, "staleness.p95") + " (95th percentile)" : "";
      });
  return finding;
}

}  // namespace sixslots::reports

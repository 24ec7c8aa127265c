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

/// ", or the status 504": a proxy that loses patience answers for the app; an app's worker that is
/// killed closes the connection, and the proxy before it, if there is one, tells of that.
std::string or_the_status(const VariantView& view, const Cut& cut) {
  const std::vector<models::HopSpec>& hops = view.world().hops;
  const bool is_app = cut.hop + 1 == hops.size();
  if (is_app && cut.hop == 0) return {};
  return fmt::format(", or the status {}", is_app ? hops[cut.hop - 1].status_when_down : 504);
}

/// Comments and pings are sent once the stream is open; who has not got so far is silent.
std::string why_of_streams(const VariantView& view, const Cut& cut) {
  const std::string noun = streams_noun(view).one;
  if (cut.whole_response) return fmt::format(" {}'s has no end.", sentence(noun));
  const sim::Duration heartbeat = view.world().page.heartbeat;
  const bool of_sockets = rows_use(view, models::RequestKind::web_socket);
  const std::string_view sign = of_sockets ? "pings" : "comments";
  if (heartbeat == sim::Duration::zero() || heartbeat >= cut.limit) {
    return fmt::format(" Without news and without {} (page.heartbeat), {} is silent for longer.",
                       sign, noun);
  }
  std::string text = fmt::format(
      " Once open, {} has {} every {} (page.heartbeat): those that end wait for an answer.", noun,
      sign, short_duration(heartbeat));
  const std::optional<Wall> line = longest_line_behind(view, cut.hop);
  return line ? text + " " + too_little(*line) : text;
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
          ? fmt::format("DevTools, Network: {} that end after {}{}; {} in a replication.",
                        of_sockets ? "WebSockets" : "event streams", limit,
                        or_the_status(view, *cut),
                        counted(whole_count(reconnections), "reconnection"))
          : fmt::format("DevTools, Network: requests that end after {} without the app's answer.",
                        limit);
  finding.why = cut->rule();
  if (!of_streams && study.has_flow()) {
    finding.why += line_until_cut(view, study.felt(view));
  }
  if (of_streams) {
    finding.why += why_of_streams(view, *cut);
  }
  const auto goes_on = [](const VariantView& other) {
    const std::optional<Cut> its = most_cut(other);
    return !its || its->responses < 0.5;
  };
  const std::string stale = range_of(study, {variant}, "staleness.p95");
  finding.remedy = {goes_on, "none ends so", [&study, stale](const Group& group) {
                      const std::string its = range_of(study, group, "staleness.p95");
                      if (its == stale) return std::string();  // of updates, or of their want
                      return fmt::format("and an update is on display after {} (95th percentile)",
                                         its);
                    }};
  return finding;
}

}  // namespace sixslots::reports

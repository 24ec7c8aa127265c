#include "reports/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace sixslots::reports {
namespace {

using models::FlowStatistics;
using models::RequestKind;
using models::RequestRecord;
using scenarios::MetricValue;
using scenarios::Results;
using scenarios::VariantResult;

/// A request that has waited for less was made in the last moment of the run.
constexpr sim::Duration last_moment = std::chrono::seconds(1);

/// From here on waiting is worth a word: a share of the latency, and what a user can notice.
constexpr double noticeable_share = 0.1;
constexpr sim::Duration noticeable_wait = std::chrono::milliseconds(20);

bool is_noticeable(const sim::Tally& wait, double share) {
  const std::optional<sim::Quantile> most = wait.quantile(0.95);
  return share >= noticeable_share && most && most->value >= noticeable_wait;
}

bool is_noticeable(const LinkWait& wait) {
  const double seconds = wait.down + wait.up;
  return wait.count > 0 && seconds >= noticeable_share * wait.latency &&
         seconds >= sim::seconds(noticeable_wait) * static_cast<double>(wait.count);
}

/// Waited far longer than any that ended did, and not only since the last moment of the run.
bool has_no_end(const std::optional<sim::Duration>& age, const sim::Tally& latency) {
  return age && *age > last_moment && *age > 2 * latency.max().value_or(sim::Duration::zero());
}

/// Most were never sent, whatever became of the others.
bool mostly_starved(const FlowStatistics& flow) {
  if (2 * flow.given_up > flow.count) return true;
  const std::optional<sim::Duration> age = flow.stalled.largest_age();
  return 2 * (flow.starved + flow.given_up) > flow.count && age && *age > last_moment;
}

Fate fate_of(const FlowView& view) {
  const FlowStatistics& flow = *view.statistics;
  if (flow.count == 0) return Fate::none;
  if (mostly_starved(flow) || has_no_end(flow.stalled.largest_age(), flow.latency)) {
    return Fate::starved;
  }
  if (has_no_end(flow.latency.largest_age(), flow.latency)) return Fate::unanswered;
  if (flow.failed > 0) return Fate::refused;
  return view.waits ? Fate::slow : Fate::answered;
}

FlowView view_of(const VariantResult& result, std::size_t index, const LinkWait& link) {
  FlowView view;
  view.link = link;
  view.flow = &result.variant.scenario.world.requests[index];
  view.statistics = &result.flows[index];
  const FlowStatistics& flow = *view.statistics;
  const double latency = flow.latency.known_seconds();
  if (latency > 0.0) {
    view.stalled_share = flow.stalled.known_seconds() / latency;
    view.queued_share =
        (flow.worker_queue.known_seconds() + flow.proxy_queue.known_seconds()) / latency;
  }
  if (flow.latency.count() > 0) {
    constexpr auto tolerable = std::chrono::duration<double>(tolerable_wait);
    view.late_share = flow.latency.share_above(std::chrono::round<sim::Duration>(tolerable),
                                               flow.latency.unfinished());
  }
  const auto quantile = [&](std::string_view name) {
    return metric(result, fmt::format("{}.latency.{}", view.flow->name, name));
  };
  view.p50 = quantile("p50");
  view.p95 = quantile("p95");
  view.max = quantile("max");
  view.waits = is_noticeable(flow.stalled, view.stalled_share) ||
               is_noticeable(flow.worker_queue, view.queued_share) ||
               is_noticeable(flow.proxy_queue, view.queued_share) || is_noticeable(view.link);
  view.fate = fate_of(view);
  return view;
}

bool is_stream_of_rows(const RequestRecord& record) {
  return record.flow == models::row_traffic &&
         (record.kind == RequestKind::event_source || record.kind == RequestKind::web_socket);
}

/// Reconnections are the same stream again: streams are told apart by tab and row.
StreamCount count_streams(const models::Observations& sample) {
  std::map<std::pair<int, int>, const RequestRecord*> streams;  // one that opened, else the last
  const auto opens = [](const RequestRecord& record) {
    return record.opened && record.status < 400;
  };
  for (const RequestRecord& record : sample.records) {
    if (!is_stream_of_rows(record)) continue;
    const RequestRecord*& known = streams[{record.tab, record.row}];
    if (known == nullptr || !opens(*known)) known = &record;
  }
  StreamCount count;
  count.asked_for = streams.size();
  for (const auto& [stream, record] : streams) {
    const bool is_socket = record->kind == RequestKind::web_socket;
    if (is_socket) ++count.sockets;
    if (opens(*record)) continue;
    if (is_socket && !record->finished && !record->granted) ++count.sockets_in_browser;
    ++(record->finished ? count.refused : record->granted ? count.at_server : count.in_browser);
  }
  return count;
}

VariantView view_of(const VariantResult& result) {
  VariantView view;
  view.result = &result;
  const std::size_t flows =
      std::min(result.variant.scenario.world.requests.size(), result.flows.size());
  const std::vector<LinkWait> links = link_waits(result);
  for (std::size_t i = 0; i < flows; ++i) view.flows.push_back(view_of(result, i, links[i]));
  view.streams = count_streams(result.sample);
  return view;
}

/// What a user makes is felt most, then what is called a click, then the first.
std::size_t felt_flow(const std::vector<models::RequestFlow>& flows) {
  const auto by_user = std::ranges::find(flows, true, &models::RequestFlow::by_user);
  if (by_user != flows.end()) return static_cast<std::size_t>(by_user - flows.begin());
  const auto click = std::ranges::find(flows, "click", &models::RequestFlow::name);
  if (click != flows.end()) return static_cast<std::size_t>(click - flows.begin());
  return 0;
}

double value_or(const MetricValue& value, double otherwise) {
  return value.kind == MetricValue::Kind::none ? otherwise : value.value;
}

/// Durations that a user cannot tell apart are equal.
double roughly(const MetricValue& latency) {
  return std::round(8.0 * std::log2(std::max(value_or(latency, 0.0), 1e-3)));
}

/// The same of shares of requests, of which less than one in a hundred is none.
double roughly(double share) { return std::round(4.0 * std::log2(std::max(share, 0.01))); }

/// Larger is worse, compared from the front: who hangs before all others, and among these who harms
/// the most users.
std::array<double, 6> badness(const Study& study, const VariantView& view) {
  const double blank = static_cast<double>(view.streams.never_opened());
  const double per_row = value_or(metric(*view.result, "connections.per_row"), 0.0);
  if (!study.has_flow()) return {0.0, 0.0, 0.0, blank, per_row, 0.0};
  const FlowView& felt = study.felt(view);
  if (felt.fate == Fate::none) return {-1.0, 0.0, 0.0, 0.0, blank, per_row};
  const models::FlowStatistics& flow = *felt.statistics;
  const auto count = static_cast<double>(flow.count);
  const auto fate = static_cast<double>(felt.fate);
  const double failed = static_cast<double>(flow.failed) / count;
  if (hangs(felt.fate)) {
    const double lost = static_cast<double>(flow.censored) / count + failed;
    return {fate, lost, roughly(felt.p95), blank, per_row, 0.0};
  }
  return {0.0, roughly(felt.late_share + failed), roughly(felt.p95), fate, blank, per_row};
}

}  // namespace

bool VariantView::multiplexed() const { return models::multiplexed(world().hops.front().protocol); }

bool Study::has_flow() const {
  return !variants.empty() && std::ranges::all_of(variants, [this](const VariantView& view) {
    return flow < view.flows.size();
  });
}

Fate Study::fate(const VariantView& view) const {
  return has_flow() ? felt(view).fate : Fate::none;
}

Study study(const Results& results) {
  Study study;
  study.results = &results;
  for (const VariantResult& result : results.variants) study.variants.push_back(view_of(result));
  if (study.variants.empty()) return study;
  study.flow = felt_flow(study.variants.front().world().requests);
  const auto unused = [&](std::size_t i) {
    return study.has_flow() && study.fate(study.variants[i]) == Fate::none;
  };
  for (std::size_t i = 1; i < study.variants.size(); ++i) {
    const auto bad = badness(study, study.variants[i]);
    if (bad > badness(study, study.variants[study.worst])) study.worst = i;
    if (unused(i)) continue;
    if (unused(study.best) || bad < badness(study, study.variants[study.best])) study.best = i;
  }
  return study;
}

// Of what waits in a storm no more than its latency is known.
bool waits_all_along(const FlowView& view) {
  if (view.fate != Fate::refused) return view.fate == Fate::slow;
  if (2 * view.statistics->failed > view.statistics->count) return false;
  const double latency = view.statistics->latency.known_seconds();
  const double waiting = (view.stalled_share + view.queued_share + view.link.share()) * latency;
  return view.waits && 2.0 * view.statistics->storm.known_seconds() <= waiting;
}

bool leaves_undone(const FlowView& view) {
  return hangs(view.fate) || view.p95.kind == MetricValue::Kind::never ||
         (view.waits && has_a_backlog(view));
}

bool waits_more_than_it_fails(const FlowView& view) {
  const models::FlowStatistics& flow = *view.statistics;
  return view.p95.value > tolerable_wait &&
         view.late_share * static_cast<double>(flow.count) > static_cast<double>(flow.failed);
}

bool has_a_backlog(const FlowView& view) {
  const std::optional<sim::Duration> age = view.statistics->latency.largest_age();
  return view.p95.is_bound() && age && *age > last_moment;
}

bool refuses(const VariantView& view) {
  for (std::size_t hop = 0; hop < view.world().hops.size(); ++hop) {
    if (metric(*view.result, fmt::format("hop.{}.refused", hop)).value > 0.0) return true;
  }
  return false;
}

MetricValue metric(const VariantResult& result, std::string_view name) {
  for (const MetricValue& value : result.metrics) {
    if (value.info.name == name) return value;
  }
  MetricValue none;
  none.info.name = name;
  none.kind = MetricValue::Kind::none;
  return none;
}

}  // namespace sixslots::reports

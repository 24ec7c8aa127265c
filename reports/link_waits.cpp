#include "reports/link_waits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "reports/request_text.hpp"

namespace sixslots::reports {
namespace {

using models::RequestRecord;
using models::WorldSpec;

/// One request or answer on its way over the link.
struct Passage {
  std::int32_t flow = models::row_traffic;
  sim::Time begin;
  sim::Time end;  ///< that of the run, where it has not ended
  double bits = 0.0;
};

const models::RequestFlow* flow_of(const RequestRecord& record, const WorldSpec& world) {
  return record.flow < 0 ? nullptr : &world.requests[static_cast<std::size_t>(record.flow)];
}

/// The rows' answers are counted with their news.
models::Bytes size_of(const RequestRecord& record, const WorldSpec& world, Direction direction) {
  const models::RequestFlow* flow = flow_of(record, world);
  if (flow != nullptr) return direction == Direction::up ? flow->request_size : flow->response_size;
  const bool is_page = direction == Direction::down && record.flow == models::page_traffic;
  return is_page ? world.page.document_size : models::Bytes{};
}

std::optional<Passage> passage_of(const RequestRecord& record, const WorldSpec& world,
                                  Direction direction, sim::Time end) {
  if (is_stream(record)) return std::nullopt;
  const bool is_up = direction == Direction::up;
  const sim::Moment begin = is_up ? record.granted : record.answered;
  if (!begin) return std::nullopt;
  const sim::Moment over = is_up ? record.reached : record.finished;
  const double bits = 8.0 * static_cast<double>(size_of(record, world, direction).count);
  return Passage{record.flow, *begin, over.value_or(record.finished.value_or(end)), bits};
}

std::vector<Passage> passages(const scenarios::VariantResult& result, Direction direction) {
  std::vector<Passage> all;
  for (const RequestRecord& record : result.sample.records) {
    const auto passage =
        passage_of(record, result.variant.scenario.world, direction, result.sample.end);
    if (passage) all.push_back(*passage);
  }
  return all;
}

/// Bits of those that begin, or end, up to a moment.
class BitsUpTo {
 public:
  BitsUpTo(std::vector<Passage> passages, sim::Time Passage::*moment) {
    std::ranges::sort(passages, {}, moment);
    double sum = 0.0;
    for (const Passage& passage : passages) {
      moments_.push_back(passage.*moment);
      sums_.push_back(sum += passage.bits);
    }
  }

  [[nodiscard]] double operator()(sim::Time time) const {
    const auto after = std::ranges::upper_bound(moments_, time) - moments_.begin();
    return after == 0 ? 0.0 : sums_[static_cast<std::size_t>(after - 1)];
  }

 private:
  std::vector<sim::Time> moments_;
  std::vector<double> sums_;
};

/// Of the rows' news that reach the browser: a bound, whatever the design.
double bits_of_news(const WorldSpec& world) {
  return 8.0 * world.page.updates.rate * static_cast<double>(world.page.updates.size.count) *
         world.page.rows * world.tabs;
}

/// What a passage takes that has the link to itself. A window begins with ten packets and doubles
/// with each round trip.
double seconds_alone(double bits, const WorldSpec& world, Direction direction) {
  constexpr double first_window = 8.0 * 14'600;
  const double rounds = world.network.slow_start ? std::log2(1.0 + bits / first_window) : 0.0;
  double seconds = bits / static_cast<double>(rate_of(world, direction).bits_per_second) +
                   sim::seconds(world.network.rtt) * (0.5 + rounds);
  if (direction == Direction::up) return seconds;
  for (std::size_t hop = 1; hop < world.hops.size(); ++hop) {
    seconds += sim::seconds(world.hops[hop].rtt) / 2.0;
  }
  return seconds;
}

/// Adds to each flow the time that its passages take for others. What is lost, or held up by an
/// outage, takes longer for other reasons: others cost no more than they have bits.
void add_waits(std::vector<LinkWait>& waits, const scenarios::VariantResult& result,
               Direction direction) {
  const WorldSpec& world = result.variant.scenario.world;
  const models::BitRate rate = rate_of(world, direction);
  if (rate.unlimited()) return;
  const auto bits_per_second = static_cast<double>(rate.bits_per_second);
  const double news = direction == Direction::down ? bits_of_news(world) : 0.0;
  const std::vector<Passage> all = passages(result, direction);
  const BitsUpTo begun(all, &Passage::begin);
  const BitsUpTo ended(all, &Passage::end);
  for (const Passage& passage : all) {
    if (passage.flow < 0) continue;
    const double takes = sim::seconds(passage.end - passage.begin);
    const double more = takes - seconds_alone(passage.bits, world, direction);
    const double others = begun(passage.end) - ended(passage.begin) - passage.bits + news * takes;
    const double shared = std::clamp(more, 0.0, std::max(others, 0.0) / bits_per_second);
    LinkWait& wait = waits[static_cast<std::size_t>(passage.flow)];
    (direction == Direction::down ? wait.down : wait.up) += shared;
  }
}

void add_record(LinkWait& wait, const RequestRecord& record, sim::Time end) {
  ++wait.count;
  wait.latency += sim::seconds(record.finished.value_or(end) - record.created);
  if (record.finished || !record.granted) return;
  ++wait.unfinished;
  if (!record.reached) ++wait.on_the_way;
}

}  // namespace

std::string_view key_of(Direction direction) {
  return direction == Direction::down ? "network.down" : "network.up";
}

models::BitRate rate_of(const WorldSpec& world, Direction direction) {
  return direction == Direction::down ? world.network.down : world.network.up;
}

std::vector<LinkWait> link_waits(const scenarios::VariantResult& result) {
  std::vector<LinkWait> waits(result.variant.scenario.world.requests.size());
  for (const RequestRecord& record : result.sample.records) {
    if (record.flow < 0) continue;
    add_record(waits[static_cast<std::size_t>(record.flow)], record, result.sample.end);
  }
  for (const Direction direction : {Direction::down, Direction::up}) {
    add_waits(waits, result, direction);
  }
  return waits;
}

double bits_asked_for(const scenarios::VariantResult& result, Direction direction) {
  const double end = sim::seconds(result.sample.end - sim::start_of_time);
  const std::vector<Passage> all = passages(result, direction);
  const double bits =
      std::accumulate(all.begin(), all.end(), 0.0,
                      [](double sum, const Passage& passage) { return sum + passage.bits; });
  const double news =
      direction == Direction::down ? bits_of_news(result.variant.scenario.world) : 0.0;
  return end > 0.0 ? bits / end + news : news;
}

}  // namespace sixslots::reports

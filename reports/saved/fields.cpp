#include "reports/saved/fields.hpp"

#include <algorithm>
#include <limits>

namespace sixslots::reports {
namespace {

using sim::Histogram;

/// Longer than any run, and short enough to add two of them.
constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 4;

std::int64_t nanoseconds(const SavedJson& json) {
  const auto count = json.get<std::int64_t>();
  if (!json.is_number_integer() || count < 0 || count > longest) throw NotSaved("no time of a run");
  return count;
}

/// Decimal: sums do not fit into the integers of JSON readers.
std::string decimal(sim::Int128 number) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(number % 10));
    number /= 10;
  } while (number > 0);
  std::ranges::reverse(digits);
  return digits;
}

sim::Int128 number_of(const std::string& digits) {
  sim::Int128 number = 0;
  if (digits.empty() || digits.size() > 36) throw NotSaved("no sum");
  for (const char c : digits) {
    if (c < '0' || c > '9') throw NotSaved("no sum");
    number = number * 10 + (c - '0');
  }
  return number;
}

SavedJson pack_histogram(const Histogram& histogram) {
  SavedJson buckets = SavedJson::array();
  for (const Histogram::Bucket bucket : histogram.buckets()) {
    buckets.push_back({bucket.count, bucket.lowest.count(), bucket.highest.count()});
  }
  return {{"sum", decimal(histogram.sum())}, {"buckets", std::move(buckets)}};
}

Histogram unpack_histogram(const SavedJson& json) {
  std::vector<Histogram::Bucket> buckets;
  for (const SavedJson& bucket : json.at("buckets")) {
    buckets.push_back({bucket.at(0).get<std::uint64_t>(), sim::Duration(nanoseconds(bucket.at(1))),
                       sim::Duration(nanoseconds(bucket.at(2)))});
  }
  const std::optional<Histogram> histogram =
      Histogram::of({buckets, number_of(json.at("sum").get<std::string>())});
  if (!histogram) throw NotSaved("no distribution");
  return *histogram;
}

template <class T>
T choice(const SavedJson& json, T last) {
  const auto number = json.get<int>();
  if (number < 0 || number > static_cast<int>(last)) throw NotSaved("no such kind");
  return static_cast<T>(number);
}

}  // namespace

SavedJson pack(sim::Duration duration) { return duration.count(); }

SavedJson pack(sim::Time time) { return time.time_since_epoch().count(); }

SavedJson pack(sim::Moment time) { return time ? pack(*time) : SavedJson(nullptr); }

SavedJson pack(const sim::Tally& tally) {
  return {{"finished", pack_histogram(tally.finished_histogram())},
          {"censored", pack_histogram(tally.censored_histogram())}};
}

SavedJson pack(const models::Series& series) {
  SavedJson points = SavedJson::array();
  for (const models::Series::Point& point : series.points) {
    points.push_back({pack(point.time), point.level});
  }
  return points;
}

SavedJson pack(const std::vector<models::Series>& all) {
  SavedJson json = SavedJson::array();
  for (const models::Series& series : all) json.push_back(pack(series));
  return json;
}

void unpack(const SavedJson& json, sim::Duration& duration) {
  duration = sim::Duration(nanoseconds(json));
}

void unpack(const SavedJson& json, sim::Time& time) {
  time = sim::Time(sim::Duration(nanoseconds(json)));
}

void unpack(const SavedJson& json, sim::Moment& time) {
  time = json.is_null() ? sim::Moment() : sim::Moment(sim::Time(sim::Duration(nanoseconds(json))));
}

void unpack(const SavedJson& json, sim::Tally& tally) {
  tally = sim::Tally(unpack_histogram(json.at("finished")), unpack_histogram(json.at("censored")));
}

void unpack(const SavedJson& json, models::Series& series) {
  series.points.clear();
  for (const SavedJson& point : json) {
    models::Series::Point read{};
    unpack(point.at(0), read.time);
    unpack(point.at(1), read.level);
    series.points.push_back(read);
  }
}

void unpack(const SavedJson& json, std::vector<models::Series>& all) {
  all.clear();
  for (const SavedJson& series : json) unpack(series, all.emplace_back());
}

void unpack(const SavedJson& json, models::RequestKind& kind) {
  kind = choice(json, models::RequestKind::web_socket);
}

void unpack(const SavedJson& json, models::Outcome& outcome) {
  outcome = choice(json, models::Outcome::aborted);
}

}  // namespace sixslots::reports

#include "sim/tally.hpp"

#include <algorithm>
#include <cassert>

namespace sixslots::sim {
namespace {

/// The product-limit estimate at one moment. Between two departures of censored ones the product
/// telescopes to share * at_risk / started.
struct Survival {
  double share = 1;
  double started;
  std::uint64_t at_risk;

  double after(std::uint64_t ended) const {
    return share * static_cast<double>(at_risk - ended) / started;
  }
  void censor(std::uint64_t left) {
    share = after(0);
    at_risk -= left;
    started = static_cast<double>(at_risk);
  }
};

/// Visits the finished ones bucket by bucket with the estimate before them, until `visit(before,
/// ended)` has seen enough and says so.
template <class Visit>
void product_limit(const Tally& tally, Unfinished unfinished, Visit visit) {
  const std::uint64_t n = tally.count();
  Survival survival{1, static_cast<double>(n), n};
  const Histogram::Buckets ages = tally.censored_histogram().buckets();
  auto age = ages.begin();
  const bool leave = unfinished == Unfinished::leave;
  for (const Histogram::Bucket ended : tally.finished_histogram().buckets()) {
    const std::uint32_t index = Histogram::index_of(ended.lowest);
    for (; leave && age != ages.end() && Histogram::index_of((*age).lowest) < index; ++age) {
      survival.censor((*age).count);
    }
    if (visit(survival, ended)) return;
    survival.at_risk -= ended.count;
  }
}

/// Whether the longest of all finished, so that the estimate ends at 0. At a tie it did not: the
/// unfinished one takes longer.
bool complete(const Tally& tally, Unfinished unfinished) {
  if (tally.finished() == 0) return false;
  if (tally.censored() == 0) return true;
  return unfinished == Unfinished::leave && *tally.max() > *tally.largest_age();
}

std::uint64_t count_of(const Histogram::Packed& histogram) {
  std::uint64_t count = 0;
  for (const Histogram::Bucket& bucket : histogram.buckets) count += bucket.count;
  return count;
}

constexpr double most_time = 0.05;  // that the unfinished may have of the time in all

}  // namespace

bool unfinished_matter(std::uint64_t unfinished, std::uint64_t count, double ages, double times) {
  constexpr double most_requests = 0.005;
  return static_cast<double>(unfinished) > most_requests * static_cast<double>(count) ||
         ages > most_time * times;
}

void Tally::merge(const Tally& other) {
  finished_.merge(other.finished_);
  censored_.merge(other.censored_);
}

void Tally::merge(const Packed& other) {
  finished_.merge(other.finished);
  censored_.merge(other.censored);
}

std::uint64_t Tally::Packed::count() const { return count_of(finished) + count_of(censored); }

// The mean of the finished is exact; how far the estimate lies from it comes from the buckets,
// which are narrow. What neither ended nor left counts with the largest age.
std::optional<double> Tally::estimated_mean() const {
  if (finished() == 0 || censored() == 0) return mean();
  const auto finished_count = static_cast<double>(finished());
  const double middle = static_cast<double>(finished_.sum()) / finished_count;
  double beyond = 0;
  double left = 1;
  product_limit(
      *this, Unfinished::leave, [&](const Survival& before, const Histogram::Bucket& ended) {
        const double value = static_cast<double>((ended.lowest + ended.highest).count()) / 2;
        left = before.after(ended.count);
        const double ending = before.after(0) - left;
        const double of_finished = static_cast<double>(ended.count) / finished_count;
        beyond += (ending - of_finished) * (value - middle);
        return false;
      });
  if (!complete(*this, Unfinished::leave)) {
    const Duration longest = std::max(*largest_age(), *max());
    beyond += left * (static_cast<double>(longest.count()) - middle);
  }
  return (middle + beyond) / 1e9;
}

double Tally::known_seconds() const {
  return static_cast<double>(finished_.sum() + censored_.sum()) / 1e9;
}

double Tally::unfinished_seconds() const { return static_cast<double>(censored_.sum()) / 1e9; }

Unfinished Tally::unfinished() const {
  return unfinished_seconds() > most_time * known_seconds() ? Unfinished::stay : Unfinished::leave;
}

std::optional<Quantile> Tally::quantile(double p, Unfinished unfinished) const {
  assert(p >= 0 && p <= 1);
  if (count() == 0) return std::nullopt;
  if (censored() == 0) return Quantile{*finished_.quantile(p), false};
  std::optional<Duration> found;
  product_limit(*this, unfinished, [&](const Survival& before, const Histogram::Bucket& ended) {
    const auto at_risk = static_cast<double>(before.at_risk);
    const double kept = (1 - p) * before.started / before.share;
    const std::uint64_t rank = rank_at(at_risk - kept, before.started);
    if (rank <= ended.count) found = ended.at_rank(rank);
    return found.has_value();
  });
  if (found) return Quantile{*found, false};
  if (complete(*this, unfinished)) return Quantile{*max(), false};
  const Duration finished =
      unfinished == Unfinished::stay ? max().value_or(Duration()) : Duration();
  return Quantile{std::max(*largest_age(), finished), true};
}

double Tally::share_above(Duration t, Unfinished unfinished) const {
  if (count() == 0 || (complete(*this, unfinished) && t >= *max())) return 0;
  double share = 1;
  product_limit(*this, unfinished, [&](const Survival& before, const Histogram::Bucket& ended) {
    if (ended.lowest > t) return true;
    share = before.after(ended.count - ended.count_above(t));
    return false;
  });
  return share;
}

}  // namespace sixslots::sim

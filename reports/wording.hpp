#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/study.hpp"

namespace sixslots::reports {

/// Variants of a study, by their index.
using Group = std::vector<std::size_t>;

/// "HTTP/1.1", "HTTP/2", "HTTP/3".
std::string_view protocol_name(models::Protocol protocol);

/// A variant in a sentence: "stream-per-row over HTTP/1.1".
std::string name_of(const VariantView& view);

/// Several: "single-stream or polling over HTTP/1.1", "6 to 64 rows".
std::string name_of(const Study& study, const Group& group, std::string_view last = "or");

/// How a flow is spoken of.
struct Noun {
  std::string one;     ///< "the click", "the request save"
  std::string plural;  ///< "clicks", "save requests"
};
Noun noun_of(const models::RequestFlow& flow);

/// "14 of 20 clicks", "all 20 clicks".
std::string part_of(std::uint64_t part, std::uint64_t all, std::string_view plural);

/// What one of them does, and what several do.
struct Verb {
  std::string_view one;   ///< "fails"
  std::string_view many;  ///< "fail"
};

/// "14 of 20 clicks fail", "1 of 20 clicks fails".
std::string part_of(std::uint64_t part, std::uint64_t all, std::string_view plural,
                    const Verb& verb);

/// What becomes of requests that fail: a hop refuses them, or there is another reason.
Verb failing(const VariantView& view, const FlowView& flow);

/// "165 ms", "155 to 165 ms": what a flow takes in a group, at a quantile.
std::string range_of(const Study& study, const Group& group, std::size_t flow,
                     scenarios::MetricValue FlowView::*quantile);

/// The same of the felt flow, at the median.
std::string median_of(const Study& study, const Group& group);

/// "the click takes 135 ms at the median and 24 s at the 95th percentile"
std::string takes(const std::string& one, const scenarios::MetricValue& p50,
                  const scenarios::MetricValue& p95);

/// The same happens in both, as far as it is compared.
bool have_the_same_events(const VariantView& one, const VariantView& other);

/// One change away from a variant, better and without harm to any flow: a group for each compared
/// key that does it alone. When no single change does, the best of the variants that are so. Nobody
/// chooses what happens: a lighter event is no cure.
using Predicate = std::function<bool(const VariantView&)>;
std::vector<Group> cures(const Study& study, std::size_t variant, const Predicate& does_better);

/// First letter in upper case.
std::string sentence(std::string text);

}  // namespace sixslots::reports

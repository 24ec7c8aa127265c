#include "reports/findings.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "reports/diagnoses.hpp"

namespace sixslots::reports {
namespace {

struct Diagnosis {
  std::string_view name;
  std::optional<Finding> (*find)(const Study& study, std::size_t variant);
};

constexpr std::array diagnoses = {
    Diagnosis{"slots-held", slots_held},
    Diagnosis{"stream-limit-reached", stream_limit_reached},
    Diagnosis{"workers-held", workers_held},
    Diagnosis{"connections-held", connections_held},
    Diagnosis{"pages-fail", pages_fail},
    Diagnosis{"refused", refused},
    Diagnosis{"rows-stay-blank", rows_stay_blank},
    Diagnosis{"others-hang", others_hang},
    Diagnosis{"often-stalled", often_stalled},
    Diagnosis{"workers-busy", workers_busy},
    Diagnosis{"way-down-shared", way_down_shared},
    Diagnosis{"way-up-shared", way_up_shared},
    Diagnosis{"connections-scale", connections_scale},
    Diagnosis{"rows-stale", rows_stale},
    Diagnosis{"connects-again", connects_again},
    Diagnosis{"pages-deaf", pages_deaf},
    Diagnosis{"storm", storm_of_reconnections},
    Diagnosis{"clicks-in-the-storm", clicks_in_the_storm},
    Diagnosis{"streams-cut", streams_cut},
};

/// The heavier one, with all variants that it holds for.
Finding one_of(const Study& study, Finding known, Finding found) {
  const bool is_heavier = found.weight > known.weight;
  const bool is_worst = found.weight == known.weight && found.variant == study.worst;
  if (is_heavier || is_worst) std::swap(known, found);
  known.also.insert(known.also.end(), found.also.begin(), found.also.end());
  known.also.push_back(found.variant);
  std::ranges::sort(known.also);
  return known;
}

/// The findings of one kind, one for each cause, told of the variant where it weighs most.
std::vector<Finding> look_for(const Diagnosis& diagnosis, const Study& study) {
  std::vector<Finding> all;
  for (std::size_t variant = 0; variant < study.variants.size(); ++variant) {
    std::optional<Finding> found = diagnosis.find(study, variant);
    if (!found) continue;
    found->name = diagnosis.name;
    found->variant = variant;
    const auto known = std::ranges::find(all, found->cause, &Finding::cause);
    if (known == all.end()) {
      all.push_back(std::move(*found));
    } else {
      *known = one_of(study, std::move(*known), std::move(*found));
    }
  }
  for (Finding& finding : all) finding.change = change_of(study, finding);
  return all;
}

}  // namespace

std::vector<Finding> findings(const Study& study) {
  std::vector<Finding> all;
  for (const Diagnosis& diagnosis : diagnoses) {
    std::ranges::move(look_for(diagnosis, study), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Finding::weight);
  return all;
}

}  // namespace sixslots::reports

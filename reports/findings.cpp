#include "reports/findings.hpp"

#include <algorithm>
#include <array>
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
    Diagnosis{"refused", refused},
    Diagnosis{"rows-stay-blank", rows_stay_blank},
    Diagnosis{"often-stalled", often_stalled},
    Diagnosis{"workers-busy", workers_busy},
    Diagnosis{"connections-scale", connections_scale},
    Diagnosis{"rows-stale", rows_stale},
    Diagnosis{"connects-again", connects_again},
    Diagnosis{"pages-deaf", pages_deaf},
    Diagnosis{"storm", storm_of_reconnections},
    Diagnosis{"clicks-in-the-storm", clicks_in_the_storm},
    Diagnosis{"streams-cut", streams_cut},
};

/// The finding of one kind, told of the variant where it weighs most.
std::optional<Finding> look_for(const Diagnosis& diagnosis, const Study& study) {
  std::optional<Finding> heaviest;
  std::vector<std::size_t> all;
  for (std::size_t variant = 0; variant < study.variants.size(); ++variant) {
    std::optional<Finding> found = diagnosis.find(study, variant);
    if (!found) continue;
    all.push_back(variant);
    found->variant = variant;
    const bool is_heavier = !heaviest || found->weight > heaviest->weight;
    const bool is_worst = heaviest && found->weight == heaviest->weight && variant == study.worst;
    if (is_heavier || is_worst) heaviest = std::move(found);
  }
  if (!heaviest) return std::nullopt;
  heaviest->name = diagnosis.name;
  std::erase(all, heaviest->variant);
  heaviest->also = std::move(all);
  return heaviest;
}

}  // namespace

std::vector<Finding> findings(const Study& study) {
  std::vector<Finding> all;
  for (const Diagnosis& diagnosis : diagnoses) {
    if (std::optional<Finding> found = look_for(diagnosis, study)) all.push_back(std::move(*found));
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Finding::weight);
  return all;
}

}  // namespace sixslots::reports

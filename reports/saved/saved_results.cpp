#include "reports/saved/saved_results.hpp"

#include <fmt/format.h>

#include "reports/saved/detail.hpp"
#include "reports/statistics_json.hpp"
#include "scenarios/error.hpp"
#include "scenarios/judgement.hpp"
#include "scenarios/overrides.hpp"
#include "scenarios/reader.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Judgement;
using scenarios::MetricValue;
using scenarios::Scenario;
using scenarios::VariantResult;

/// The scenario's text, changed as the options of that run changed it.
Scenario scenario_of(const SavedJson& saved) {
  const auto text = saved.at("text").get<std::string>();
  if (text.empty()) throw NotSaved("the scenario was made by a program, not by a file");
  Scenario scenario = scenarios::read_scenario(text, saved.at("file").get<std::string>());
  const auto settings = saved.at("set").get<std::vector<std::string>>();
  if (!settings.empty()) apply_settings(scenario, settings);
  for (const SavedJson& variation : saved.at("vary")) {
    apply_variation(scenario, variation.get<std::string>());
  }
  return scenario;
}

MetricValue value_of(const scenarios::MetricInfo& info, const SavedJson& saved) {
  MetricValue value;
  value.info = info;
  value.kind = MetricValue::Kind::none;
  restore_interval(saved, value);
  if (saved.at("value").is_null()) return value;
  unpack(saved.at("value"), value.value);
  value.kind = saved.at("never").get<bool>()      ? MetricValue::Kind::never
               : saved.at("censored").get<bool>() ? MetricValue::Kind::at_least
                                                  : MetricValue::Kind::exact;
  return value;
}

void restore_metrics(const SavedJson& saved, VariantResult& result) {
  for (const scenarios::MetricInfo& info : metrics_of(result.variant.scenario)) {
    const auto found = saved.find(info.name);
    if (found != saved.end()) result.metrics.push_back(value_of(info, *found));
  }
}

void restore_judgement(const SavedJson& saved, scenarios::Verdict& verdict) {
  const SavedJson& holds = saved.at("holds");
  verdict.holds = scenarios::holds(verdict.expectation, verdict.measured);
  verdict.judgement = holds.is_null()     ? Judgement::undecided
                      : holds.get<bool>() ? Judgement::pass
                                          : Judgement::fail;
  const auto cure = saved.find("cure");
  if (cure != saved.end() && !cure->is_null()) verdict.cure = cure->get<std::string>();
}

void restore_verdicts(const SavedJson& saved, VariantResult& result) {
  const std::vector<const scenarios::Expectation*> expectations = expectations_for(result.variant);
  if (saved.size() != expectations.size()) throw NotSaved("other expectations");
  for (std::size_t i = 0; i < expectations.size(); ++i) {
    const scenarios::Expectation& expectation = *expectations[i];
    scenarios::Verdict& verdict = result.verdicts.emplace_back(
        scenarios::Verdict{.expectation = expectation, .measured = {}});
    for (const scenarios::MetricInfo& info : metrics_of(result.variant.scenario)) {
      if (info.name == expectation.metric) {
        verdict.measured = value_of(info, saved.at(i).at("measured"));
      }
    }
    restore_judgement(saved.at(i), verdict);
  }
}

VariantResult variant_of(scenarios::Variant variant, const SavedJson& saved) {
  if (saved.at("label").get<std::string>() != variant.label) {
    throw NotSaved(fmt::format("no variant \"{}\"", variant.label));
  }
  VariantResult result;
  result.variant = std::move(variant);
  restore_metrics(saved.at("metrics"), result);
  restore_statistics(saved.at("statistics"), result);
  restore_verdicts(saved.at("expectations"), result);
  if (saved.contains("detail")) restore_detail(saved.at("detail"), result);
  return result;
}

SavedResults results_of(const SavedJson& saved) {
  if (!saved.is_object() || saved.value("schema", "") != "sixslots/1") {
    throw NotSaved("it does not say \"schema\": \"sixslots/1\"");
  }
  SavedResults read;
  read.results.scenario = scenario_of(saved.at("scenario"));
  read.results.scenario_hash = saved.at("scenario").at("hash").get<std::string>();
  read.results.version = saved.at("version").get<std::string>();
  std::vector<scenarios::Variant> variants = scenarios::variants(read.results.scenario);
  const SavedJson& all = saved.at("variants");
  read.results.interrupted = saved.value("interrupted", false);
  // Of a run that was interrupted there are the first variants.
  const bool some = read.results.interrupted && all.size() < variants.size();
  if (all.size() != variants.size() && !some) throw NotSaved("another number of variants");
  variants.resize(all.size());
  read.has_records = true;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    read.has_records = read.has_records && all.at(i).contains("detail");
    read.results.variants.push_back(variant_of(std::move(variants[i]), all.at(i)));
  }
  return read;
}

}  // namespace

SavedResults read_results(std::string_view json, const std::string& file) {
  const auto complain = [&](const std::exception& why) {
    return scenarios::Error(
        {file, 0, 0},
        fmt::format("these are no results that this version can read ({}); \"sixslots "
                    "run --json FILE\" writes such",
                    why.what()));
  };
  try {
    return results_of(SavedJson::parse(json));
  } catch (const NotSaved& why) {
    throw complain(why);
  } catch (const SavedJson::exception& why) {
    throw complain(why);
  }
}

}  // namespace sixslots::reports

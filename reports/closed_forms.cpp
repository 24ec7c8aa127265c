#include "reports/closed_forms.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "reports/text.hpp"
#include "reports/values.hpp"
#include "scenarios/theory/advisor.hpp"

namespace sixslots::reports {
namespace {

using scenarios::theory::ClosedForm;

constexpr std::size_t most_variants = 8;

/// A statistic of the stalled time that metrics have as well.
struct Statistic {
  std::string_view name;
  double percent;  ///< 0: the mean
};
constexpr std::array statistics = {Statistic{"mean", 0.0}, Statistic{"p50", 50.0},
                                   Statistic{"p95", 95.0}, Statistic{"p99", 99.0}};

/// Not a number where theory has none.
double value_of(const ClosedForm& form, const Statistic& statistic) {
  if (statistic.percent <= 0.0) return form.wait.mean;
  if (!form.wait.tail) return std::nan("");
  return form.wait.quantile(statistic.percent / 100.0);
}

std::string text_of(const ClosedForm& form, const scenarios::VariantResult& result) {
  std::vector<std::string> parts;
  for (const Statistic& statistic : statistics) {
    const double value = value_of(form, statistic);
    if (!std::isfinite(value) || statistic.name == "p50") continue;
    const auto simulated = metric(result, fmt::format("{}.stalled.{}", form.flow, statistic.name));
    parts.push_back(fmt::format("{} {} (simulated {})", statistic.name,
                                short_value(simulated.info.unit, value), short_value(simulated)));
  }
  return joined(parts);
}

}  // namespace

void print_closed_forms(Sheet& sheet, const Study& study) {
  std::size_t printed = 0;
  for (const VariantView& view : study.variants) {
    const std::optional<ClosedForm> form =
        scenarios::theory::closed_form(view.result->variant.scenario);
    if (!form || printed++ == most_variants) continue;
    const std::string whom =
        study.variants.size() == 1 ? "" : fmt::format(" ({})", clean(view.result->variant.label));
    sheet.paragraph({}, fmt::format("Closed form ({}) of what {} is stalled{}: {}.", form->queue,
                                    clean(form->flow), whom, text_of(*form, *view.result)));
  }
}

nlohmann::ordered_json closed_form_json(const scenarios::VariantResult& result) {
  using Json = nlohmann::ordered_json;
  const std::optional<ClosedForm> form = scenarios::theory::closed_form(result.variant.scenario);
  if (!form) return nullptr;
  Json stalled = Json::object();
  for (const Statistic& statistic : statistics) {
    const double value = value_of(*form, statistic);
    stalled[std::string(statistic.name)] = std::isfinite(value) ? Json(value) : Json(nullptr);
  }
  return {{"queue", form->queue}, {"flow", form->flow}, {"stalled", stalled}};
}

}  // namespace sixslots::reports

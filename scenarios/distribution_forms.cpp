#include "scenarios/distributions.hpp"

namespace sixslots::scenarios {
namespace {

using sim::Distribution;
using Arguments = std::span<const Argument>;
using Kind = Distribution::Kind;
using Values = std::array<double, 3>;
using Parameter = DistributionParameter;
using Order = DistributionForm::Order;

constexpr double longest = 87'600.0 * 3600 * 1e9;  // ten years, as for all durations

Parameter duration(std::string_view name) {
  return {name, Parameter::Type::duration, 0.0, longest};
}

Parameter some_time(std::string_view name) {
  return {name, Parameter::Type::duration, 1.0, longest};
}

Parameter number(std::string_view name, double low, double high) {
  return {name, Parameter::Type::number, low, high};
}

Parameter whole_number(std::string_view name, int low, int high) {
  return {name, Parameter::Type::whole_number, static_cast<double>(low), static_cast<double>(high)};
}

Values in_order(const Distribution& d) { return d.parameters(); }

Values second_first(const Distribution& d) {
  const Values own = d.parameters();
  return {own[1], own[0], 0.0};
}

Values last_first(const Distribution& d) {
  const Values own = d.parameters();
  return {own[2], own[0], own[1]};
}

Values median_and_p95(const Distribution& d) {
  return {d.parameters()[0], sim::seconds(d.quantile(0.95)), 0.0};
}

Values mean_and_scv(const Distribution& d) { return {d.mean(), d.scv(), 0.0}; }

}  // namespace

std::span<const DistributionForm> distribution_forms() {
  static const DistributionForm table[] = {
      {.name = "constant",
       .kind = Kind::constant,
       .parameters = {duration("value")},
       .make = [](Arguments a) { return Distribution::constant(a[0].duration); },
       .values = in_order,
       .meaning = "always the same; a duration alone means this"},
      {.name = "exponential",
       .kind = Kind::exponential,
       .parameters = {duration("mean")},
       .make = [](Arguments a) { return Distribution::exponential(a[0].duration); },
       .values = in_order,
       .meaning = "without memory, as the gaps of a Poisson process"},
      {.name = "uniform",
       .kind = Kind::uniform,
       .parameters = {duration("low"), duration("high")},
       .order = Order::ascending,
       .make = [](Arguments a) { return Distribution::uniform(a[0].duration, a[1].duration); },
       .values = in_order,
       .meaning = "equally likely between two limits"},
      {.name = "lognormal",
       .kind = Kind::lognormal,
       .parameters = {some_time("median"), some_time("p95")},
       .order = Order::ascending,
       .make =
           [](Arguments a) {
             return Distribution::lognormal_median_p95(a[0].duration, a[1].duration);
           },
       .values = median_and_p95,
       .meaning = "as most measured service times; from the middle and the 95th percentile"},
      {.name = "lognormal",
       .kind = Kind::lognormal,
       .parameters = {duration("mean"), number("scv", 0.0, 1e6)},
       .make =
           [](Arguments a) { return Distribution::lognormal_mean_scv(a[0].duration, a[1].number); },
       .values = mean_and_scv,
       .meaning = "the same, from the mean and the squared coefficient of variation"},
      {.name = "pareto",
       .kind = Kind::pareto,
       .parameters = {number("alpha", 0.01, 1e3), duration("minimum")},
       .make = [](Arguments a) { return Distribution::pareto(a[0].number, a[1].duration); },
       .values = second_first,
       .meaning = "a heavy tail above a minimum; no mean for alpha up to 1"},
      {.name = "lomax",
       .kind = Kind::lomax,
       .parameters = {number("alpha", 0.01, 1e3), duration("scale")},
       .make = [](Arguments a) { return Distribution::lomax(a[0].number, a[1].duration); },
       .values = second_first,
       .meaning = "a Pareto tail that begins at zero"},
      {.name = "weibull",
       .kind = Kind::weibull,
       .parameters = {number("shape", 0.01, 1e3), duration("scale")},
       .make = [](Arguments a) { return Distribution::weibull(a[0].number, a[1].duration); },
       .values = second_first,
       .meaning = "a shape below 1 spreads it more than exponential, above 1 less"},
      {.name = "erlang",
       .kind = Kind::erlang,
       .parameters = {whole_number("phases", 1, Distribution::max_phases), duration("mean")},
       .make =
           [](Arguments a) {
             return Distribution::erlang(static_cast<int>(a[0].number), a[1].duration);
           },
       .values = second_first,
       .meaning = "a sum of equal exponential phases"},
      {.name = "hyperexponential",
       .kind = Kind::hyperexponential,
       .parameters = {number("p1", 0.0, 1.0), some_time("mean1"), some_time("mean2")},
       .make =
           [](Arguments a) {
             return Distribution::hyperexponential(a[0].number, a[1].duration, a[2].duration);
           },
       .values = last_first,
       .meaning = "one of two exponentials; the first with probability p1"},
  };
  return table;
}

}  // namespace sixslots::scenarios

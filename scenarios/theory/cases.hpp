#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/theory/theory_case.hpp"

namespace sixslots::scenarios::theory {

// What the files of cases have in common, and the cases themselves: a function for each group of
// theory_groups().

using Cases = std::vector<TheoryCase>;
using sim::Distribution;

/// In most tables a service takes 50 ms, exponential.
inline constexpr double mu = 20.0;
inline Distribution service_50ms() { return exponential(1.0 / mu); }

inline constexpr Times in_browser{Time::in_browser};
inline constexpr Times at_proxy{Time::at_proxy};
inline constexpr Times at_app{Time::at_app};
inline constexpr Times in_system{Time::in_system};

/// Replications of so many requests each, after a warm-up of a tenth more. The numbers are for
/// half-widths below 5 % of means (docs/statistics.md).
QueueScenario steady(double requests, double rate);

/// The seconds of a replication that count.
double observed(const QueueScenario& scenario);

/// Random arrivals at `c` slots of the browser.
QueueScenario at_slots(double requests, double lambda, int c, const Distribution& service);

/// Hops: an app with so many workers, and a proxy with so many upstream connections.
std::string workers(int count, std::string_view more = "");
std::string proxy(int connections, std::string_view overflow, std::string_view more = "");

std::string lambda_mu_c(double lambda, int c);

/// Wq_p95, ... as far as `percents` goes.
void add_quantiles(TheoryCase& one, const Times& times, const Law& law,
                   std::initializer_list<double> percents, std::string_view what = "Wq");
/// PWgt@0.1, ...
void add_tails(TheoryCase& one, const Times& times, const Law& law,
               std::initializer_list<double> seconds);

// cases_at_slots.cpp
Cases mmc_cases();
Cases place_cases();
Cases held_cases();
Cases nested_cases();
Cases priority_cases();

// cases_of_loss.cpp
Cases mmck_cases();
Cases erlang_b_cases();
Cases engset_cases();
Cases abandon_cases();

// cases_of_laws.cpp
Cases mg1_cases();
Cases mdc_cases();
Cases mgc_cases();
Cases mix_cases();
Cases set_up_cases();
Cases link_cases();

// cases_of_arrivals.cpp
Cases gimc_cases();
Cases gig1_cases();
Cases batch_cases();
Cases periodic_cases();
Cases finite_cases();

// cases_over_time.cpp
Cases connection_cases();
Cases storm_cases();
Cases transient_cases();
Cases variance_cases();

}  // namespace sixslots::scenarios::theory

#include "scenarios/theory/cases.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sixslots::scenarios::theory {

QueueScenario steady(double requests, double rate) {
  QueueScenario scenario;
  scenario.warm_up = 0.1 * requests / rate;
  scenario.seconds = 1.1 * requests / rate;
  return scenario;
}

double observed(const QueueScenario& scenario) {
  return scenario.seconds - std::max(scenario.warm_up, 0.0);
}

QueueScenario at_slots(double requests, double lambda, int c, const Distribution& service) {
  QueueScenario scenario = steady(requests, lambda);
  scenario.slots = c;
  scenario.requests = {{poisson(lambda), service}};
  return scenario;
}

std::string workers(int count, std::string_view more) {
  return fmt::format("kind = \"go\"\nservice = \"0s\"\nworkers = {}\n{}", count, more);
}

std::string proxy(int connections, std::string_view overflow, std::string_view more) {
  return fmt::format("kind = \"haproxy\"\nupstream_connections = {}\noverflow = \"{}\"\n{}",
                     connections, overflow, more);
}

std::string lambda_mu_c(double lambda, int c) {
  return fmt::format("lambda={:.1f};mu=20.0;c={}", lambda, c);
}

void add_quantiles(TheoryCase& one, const Times& times, const Law& law,
                   std::initializer_list<double> percents, std::string_view what) {
  for (const double percent : percents) {
    one.measures.push_back(quantile(fmt::format("{}_p{}", what, percent), times, law, percent));
  }
}

void add_tails(TheoryCase& one, const Times& times, const Law& law,
               std::initializer_list<double> seconds) {
  for (const double t : seconds) {
    one.measures.push_back(above(fmt::format("PWgt@{}", t), times, law, t));
  }
}

}  // namespace sixslots::scenarios::theory

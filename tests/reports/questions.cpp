#include "tests/reports/questions.hpp"

#include <algorithm>

#include "scenarios/experiment.hpp"
#include "scenarios/reader.hpp"

namespace sixslots {

const std::string_view designs_and_protocols = R"(
[compare]
"page.design" = ["stream-per-row", "single-stream", "websocket"]
"hop.0.protocol" = ["http/1.1", "h2"]
)";

scenarios::Results answer(std::string_view scenario) {
  return scenarios::run_experiment(scenarios::read_scenario(scenario, "question.toml"));
}

std::string twenty_rows(std::string_view more) {
  return std::string(R"(
title = "Twenty rows"
[run]
duration = "60s"
replications = 3
[network]
rtt = "20ms"
[page]
rows = 20
design = "stream-per-row"
[[request]]
name = "click"
method = "POST"
by_user = true
arrivals = { at = ["10s", "20s", "30s"] }
service = "50ms"
)") + std::string(more);
}

const reports::Finding* reports::find(const std::vector<Finding>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Finding::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace sixslots

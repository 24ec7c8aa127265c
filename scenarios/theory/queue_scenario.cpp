#include "scenarios/theory/queue_scenario.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "scenarios/distributions.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios::theory {
namespace {

using sim::Distribution;

sim::Duration duration(double seconds) {
  return sim::Duration(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

std::string quoted(double seconds) { return fmt::format("\"{}\"", print(duration(seconds))); }

std::string text_of(const QueueScenario::Requests& flow) {
  const std::string patience =
      flow.patience ? fmt::format("patience = {}\n", print(*flow.patience)) : std::string();
  return fmt::format(
      "[[request]]\nname = \"{}\"\nkind = \"{}\"\ntabs = \"all\"\narrivals = {{ {} }}\n"
      "service = {}\nrequest_size = \"0B\"\nresponse_size = \"{}B\"\n{}\n",
      flow.name, flow.kind, flow.arrivals, print(flow.service), flow.response_size, patience);
}

}  // namespace

std::string QueueScenario::app() {
  return "kind = \"go\"\nservice = \"0s\"\nworkers = 1000000\nbacklog = \"unlimited\"";
}

std::string QueueScenario::text() const {
  const bool steady = warm_up >= 0.0;
  std::string text =
      fmt::format("[run]\nkind = \"{}\"\nduration = {}\nreplications = {}\nseed = {}\n",
                  steady ? "steady" : "terminating", quoted(seconds), replications, seed);
  if (steady) text += fmt::format("warm_up = {}\n", quoted(warm_up));
  text += fmt::format(
      "\n[browser]\nconnections_per_origin = {}\nconnections_total = 1000000\ntabs = {}\n"
      "tab_interval = \"1ms\"\n{}\n[network]\nrtt = {}\ndown = \"{}\"\nup = \"unlimited\"\n\n",
      slots, tabs, browser, quoted(rtt), down);
  for (const std::string& hop : hops) text += fmt::format("[[hop]]\n{}\n\n", hop);
  text += fmt::format(
      "[fleet]\nusers = {}\n\n[page]\nrows = {}\ndesign = \"stream-per-row\"\n"
      "document_size = \"0B\"\nupdates = {{ rate = \"0/s\" }}\n\n",
      users, held);
  for (const Requests& flow : requests) text += text_of(flow);
  return text;
}

std::string poisson(double rate) {
  return fmt::format("process = \"poisson\", rate = \"{}\"", print_event_rate(rate));
}

std::string poisson_batches(double rate, int size, std::string_view sizes) {
  return fmt::format("{}, batch = {}, batch_sizes = \"{}\"", poisson(rate), size, sizes);
}

std::string with_gaps(const Distribution& law) {
  return fmt::format("process = \"renewal\", gap = {}", print(law));
}

std::string after_pause(const Distribution& law) {
  return fmt::format("process = \"closed\", think = {}", print(law));
}

std::string every(double seconds) {
  return fmt::format("process = \"every\", every = {}", quoted(seconds));
}

std::string every_from_random(double seconds) { return every(seconds) + ", first = \"at-random\""; }

std::string at_once(int count) {
  std::string times;
  for (int i = 0; i < count; ++i) times += i == 0 ? "\"0s\"" : ", \"0s\"";
  return fmt::format("process = \"at\", at = [{}]", times);
}

Distribution constant(double seconds) { return Distribution::constant(duration(seconds)); }

Distribution exponential(double mean) { return Distribution::exponential(duration(mean)); }

Distribution erlang(int phases, double mean) {
  return Distribution::erlang(phases, duration(mean));
}

Distribution hyperexponential(double p1, double mean1, double mean2) {
  return Distribution::hyperexponential(p1, duration(mean1), duration(mean2));
}

Distribution lognormal(double mean, double scv) {
  return Distribution::lognormal_mean_scv(duration(mean), scv);
}

Distribution pareto(double alpha, double minimum) {
  return Distribution::pareto(alpha, duration(minimum));
}

Distribution lomax(double alpha, double mean) {
  return Distribution::lomax(alpha, duration(mean * (alpha - 1.0)));
}

}  // namespace sixslots::scenarios::theory

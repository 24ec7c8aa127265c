#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/distribution.hpp"

namespace sixslots::scenarios::theory {

/// A scenario of which nothing is left but a queue: a page without rows of its own, no distance,
/// unlimited bandwidth. It is written as a user would write it, and read as any other.
struct QueueScenario {
  struct Requests {
    std::string arrivals;  ///< as below
    sim::Distribution service;
    std::string name = "job";
    std::string kind = "fetch";
    double response_size = 0.0;  ///< bytes
    std::optional<sim::Distribution> patience = {};
  };
  static constexpr int unlimited = 100'000;  ///< more slots than are ever wanted

  double seconds = 0.0;   ///< of a replication
  double warm_up = -1.0;  ///< below 0: a terminating run, from the start
  int replications = 20;
  std::uint64_t seed = 1;
  int slots = unlimited;
  std::vector<std::string> hops = {app()};
  std::vector<Requests> requests;
  int held = 0;   ///< slots that event streams hold, one for each row
  int tabs = 1;   ///< each with all of the requests, in one browser
  int users = 1;  ///< the same, each with a browser
  std::string down = "unlimited";
  double rtt = 0.0;
  std::string browser = {};  ///< further keys

  /// The file.
  [[nodiscard]] std::string text() const;

  /// `[[hop]]` of an app that has no limit, but counts the requests it works on.
  static std::string app();
};

/// `arrivals` of so many requests a second, at random times.
std::string poisson(double rate);
/// ... of so many batches a second, of that size on average.
std::string poisson_batches(double rate, int size, std::string_view sizes);
/// ... with gaps of that law.
std::string with_gaps(const sim::Distribution& law);
/// ... of a poller that pauses after each answer.
std::string after_pause(const sim::Distribution& law);
/// ... one after another at the same distance; or from a random moment on.
std::string every(double seconds);
std::string every_from_random(double seconds);
/// ... of all at one moment.
std::string at_once(int count);

// Laws by their parameters in seconds.
sim::Distribution constant(double seconds);
sim::Distribution exponential(double mean);
sim::Distribution erlang(int phases, double mean);
sim::Distribution hyperexponential(double p1, double mean1, double mean2);
sim::Distribution lognormal(double mean, double scv);
sim::Distribution pareto(double alpha, double minimum);
sim::Distribution lomax(double alpha, double mean);

}  // namespace sixslots::scenarios::theory

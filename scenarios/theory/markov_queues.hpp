#pragma once

#include <span>
#include <vector>

#include "scenarios/theory/law.hpp"

namespace sixslots::scenarios::theory {

// Queues with exponential service: c servers, `mu` services a second each, `lambda` arrivals a
// second. The notation is Kendall's; the formulas are those of Kleinrock, Queueing Systems (1975,
// 1976), unless written. The server is one of the six slots, or a worker of the app.

/// The share of arrivals that find all servers busy when none may wait; `load` in erlangs. It holds
/// for any law of service (Erlang B; Sevastyanov 1957).
double erlang_b(int c, double load);

/// The share that has to wait when all may (Erlang C); load < c.
double erlang_c(int c, double load);

/// A queue in the long run.
struct Queue {
  Law wait;                  ///< of requests that are served
  double throughput = 0.0;   ///< served, a second
  double utilization = 0.0;  ///< busy share of a server
  double queue_length = 0.0;
  double refused = 0.0;  ///< share of arrivals that are not served
};

/// M/M/c, lambda < c mu.
Queue mmc(double lambda, double mu, int c);

/// The time from arrival to departure in M/M/c.
Law mmc_time(double lambda, double mu, int c);

/// M/M/c/K: at most `places` requests in the system, in service included.
Queue mmck(double lambda, double mu, int c, int places);

/// M/M/c//N: `sources` pollers that each wait for their answer and then pause, for `think` seconds
/// on average. An arrival sees what the others leave (Sevcik and Mitrani, JACM 28, 1981).
Queue finite_source(int sources, double think, double mu, int c);

/// N sources without a queue (Engset): who finds no server free pauses again. `demand` is the
/// request rate of an idle source times the mean service.
struct Engset {
  double time_blocked = 0.0;  ///< share of time in which all servers are busy
  double call_blocked = 0.0;  ///< share of requests that find them so
  double utilization = 0.0;
};
Engset engset(int sources, double demand, int c);

/// Non-preemptive priorities, the first class highest, with the same service (Cobham, Operations
/// Research 2, 1954; Davis, ibid. 14, 1966).
Law priority_wait(std::span<const double> lambdas, std::size_t which, double mu, int c);

/// `slots` in front of `workers` <= slots, no round trip: a request waits for a slot, keeps it, and
/// waits for a worker. All in all it waits as in M/M/workers, whatever the number of slots.
struct Nested {
  Law pool;
  double mean_at_worker = 0.0;
};
Nested nested(double lambda, double mu, int slots, int workers);

/// How many requests are under way where none waits: a Poisson law of that mean, for any service
/// (M/G/inf). P(more than `count`), and the count that a share p stays at or below.
double poisson_above(double mean, int count);
int poisson_quantile(double mean, double p);

/// How much an average over a long time t of an M/M/c varies: its variance is about this over t
/// (Whitt, Operations Research 40, 1992).
struct AsymptoticVariance {
  double queue_length = 0.0;
  double in_system = 0.0;
  double busy = 0.0;
};
AsymptoticVariance mmc_variance(double lambda, double mu, int c);

/// The same of the mean wait of n requests of an M/M/1, over n (Daley, J. Appl. Prob. 5, 1968).
double mm1_wait_variance(double lambda, double mu);

}  // namespace sixslots::scenarios::theory

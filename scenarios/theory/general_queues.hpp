#pragma once

#include "scenarios/theory/law.hpp"
#include "scenarios/theory/transform.hpp"
#include "sim/distribution.hpp"

namespace sixslots::scenarios::theory {

/// E[S^3] in seconds; infinite where the tail is too heavy.
double third_moment(const sim::Distribution& service);

/// The wait in M/G/1, first come first served (Pollaczek and Khinchine), lambda E[S] < 1: the mean
/// and the deviation for any law, the tail where the law has a transform, or is constant.
Law mg1_wait(double lambda, const sim::Distribution& service);

/// M/D/c: the same service of `duration` seconds for all (Crommelin 1932; Franx, Operations
/// Research Letters 29, 2001). No deviation.
Law mdc_wait(double lambda, double duration, int c);

/// A service in at most two exponential phases: the first with `rate1`, which begins with
/// probability `first` and ends in the second phase with probability `goes_on`.
struct TwoPhases {
  double first = 1.0;
  double rate1 = 1.0;
  double goes_on = 0.0;
  double rate2 = 1.0;

  [[nodiscard]] double mean() const;
};
/// Erlang with two phases, or hyperexponential. The law must be one of them.
TwoPhases two_phases(const sim::Distribution& service);

/// M/PH/c by matrix-geometric solution (Neuts 1981; Latouche and Ramaswami, J. Appl. Prob. 30,
/// 1993). No deviation.
Law mphc_wait(double lambda, const TwoPhases& service, int c);

/// GI/M/c with gaps of that transform (Takacs 1962): the wait that arrivals see.
Law gimc_wait(const Transform& gap, double mu, int c);

/// The mean wait in GI/G/1 with gaps and services in phases (PH/PH/1): constant laws and heavy
/// tails have none. From the roots of the product of their transforms (Smith, Proc. Cambridge Phil.
/// Soc. 49, 1953).
double phases_wait(const sim::Distribution& gap, const sim::Distribution& service);

/// nD/D/1: `sources` pollers that each ask every `period` seconds, at random phases, and one server
/// that takes `service` for each (Eckberg 1979; Roberts and Virtamo, IEEE Trans. Comm. 39, 1991).
/// No deviation.
Law periodic_wait(int sources, double period, double service);

/// M/G/1 whose server needs a set-up whenever it was idle (Doshi, Performance Evaluation 5, 1985):
/// the mean wait, set-up included.
double set_up_wait(double lambda, const sim::Distribution& service,
                   const sim::Distribution& set_up);

/// The mean time in an M/G/1 whose server is shared by all (a link and its transfers), of a request
/// that alone would take `alone`: it depends on the load and on no law.
double shared_server_time(double alone, double load);

}  // namespace sixslots::scenarios::theory

#include "scenarios/theory/theory_case.hpp"

namespace sixslots::scenarios::theory {

std::span<const Inexpressible> inexpressible() {
  static const Inexpressible table[] = {
      {"discipline", "last come first served, random order",
       "every queue of the model is first come first served inside a priority, as the browsers' "
       "and proxies' are"},
      {"mg1", "mean wait behind Lomax(2.5)",
       "it has no variance, so that no interval holds; the tail is checked"},
      {"mmc", "P(wait > 0.2 s) = 6e-7", "a billion requests would tell little"},
      {"mgc", "Lee and Longton's formula", "an approximation, no truth"},
      {"erlb", "overflow and its peakedness", "there is one path: a refused request goes nowhere"},
      {"multirate", "streams of several units", "a request takes one slot"},
      {"lossdelay", "polls wait, streams give up",
       "requests that share a limit share what happens beyond it"},
      {"nested", "an exponential round trip", "the round trip is a constant of the network"},
      {"ps", "the spread of times on a link", "answers of one kind have one size"},
      {"psc", "a rate limit for each transfer", "a link is shared without one"},
      {"dps", "weights", "a link is shared equally"},
      {"prio", "preemptive priorities", "browsers do not preempt"},
      {"gig1", "Kingman's bound, VUT", "a bound and an approximation, no truth"},
      {"jackson", "networks of queues",
       "a request keeps its slot, connection and worker until its answer is complete"},
      {"closed", "closed networks of queues", "the same"},
      {"closedmc", "closed networks with two classes", "the same"},
      {"conns", "a rate that follows the day", "rates are constant"},
      {"forkjoin", "a page of two origins", "a page has one origin"},
      {"setup", "random handshakes", "a handshake takes round trips, which are constant"},
      {"inverse", "the load that meets a target", "a search over queues, none by itself"},
      {"usl", "the law of scalability", "a formula to fit, no queue"},
      {"zipf", "rates of rows", "rows have one rate"},
  };
  return table;
}

}  // namespace sixslots::scenarios::theory

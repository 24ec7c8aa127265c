#include "scenarios/key_tables.hpp"

namespace sixslots::scenarios {

namespace {

using models::RequestFlow;

template <Arrivals::Process Which>
void arrive(Scenario& scenario, std::size_t index) {
  scenario.world.requests[index].arrivals.process = Which;
}

}  // namespace

std::span<const Key> keys_of_requests() {
  using Process = Arrivals::Process;
  static const Key table[] = {
      {.path = "request.N.name",
       .field = request<&RequestFlow::name>,
       .meaning = "What the results call this traffic: letters, digits, '-' and '_'."},
      {.path = "request.N.method",
       .field = named<method_names, request<&RequestFlow::method>>,
       .meaning = "The HTTP method."},
      {.path = "request.N.by_user",
       .field = request<&RequestFlow::by_user>,
       .meaning = "Made inside a user's input event, as a click is."},
      {.path = "request.N.tabs",
       .field = named<tabs_names, request<&RequestFlow::tabs>>,
       .meaning = "Which tabs the requests come from."},
      {.path = "request.N.kind",
       .field = named<kind_names, request<&RequestFlow::kind>>,
       .meaning = "What makes the request, which decides its place in the browser's queue."},

      {.path = "request.N.arrivals.process",
       .field = named<process_names, request<&RequestFlow::arrivals, &Arrivals::process>>,
       .meaning = "When requests are made; setting one of the keys below implies it."},
      {.path = "request.N.arrivals.at",
       .field = request<&RequestFlow::arrivals, &Arrivals::at>,
       .range = any_duration,
       .meaning = "Times of the requests, from the start of the page.",
       .then = arrive<Process::at>},
      {.path = "request.N.arrivals.every",
       .field = request<&RequestFlow::arrivals, &Arrivals::every>,
       .range = some_time,
       .meaning = "Time between two requests; the first comes after one such time.",
       .then = arrive<Process::every>},
      {.path = "request.N.arrivals.first",
       .field = named<first_names, request<&RequestFlow::arrivals, &Arrivals::first>>,
       .meaning = "When the first request of the process \"every\" comes."},
      {.path = "request.N.arrivals.rate",
       .field = request<&RequestFlow::arrivals, &Arrivals::rate>,
       .range = {per_second / 10'000, 1'000'000 * per_second},
       .meaning = "Requests on average, at random times.",
       .then = arrive<Process::poisson>},
      {.path = "request.N.arrivals.gap",
       .field = request<&RequestFlow::arrivals, &Arrivals::gap>,
       .range = some_time,
       .meaning = "Time between two requests, drawn anew each time.",
       .then = arrive<Process::renewal>},
      {.path = "request.N.arrivals.think",
       .field = request<&RequestFlow::arrivals, &Arrivals::think>,
       .range = any_duration,
       .meaning = "Pause between an answer and the next request.",
       .then = arrive<Process::closed>},
      {.path = "request.N.arrivals.batch",
       .field = request<&RequestFlow::arrivals, &Arrivals::batch>,
       .range = {1, 100'000},
       .meaning =
           "Requests that are made at once each time, as a page load makes them; on average."},
      {.path = "request.N.arrivals.batch_sizes",
       .field = named<batch_names, request<&RequestFlow::arrivals, &Arrivals::batch_sizes>>,
       .meaning = "Whether that many come each time, or now more and now fewer."},

      {.path = "request.N.patience",
       .field = request<&RequestFlow::patience>,
       .range = some_time,
       .word = "unlimited",
       .meaning = "A request that still waits in the browser after this is given up by the page or "
                  "its user; one that was sent is not."},

      {.path = "request.N.service",
       .field = request<&RequestFlow::service>,
       .range = any_duration,
       .word = "as the app",
       .meaning = "Time at a worker of the app."},
      {.path = "request.N.request_size",
       .field = request<&RequestFlow::request_size>,
       .range = any_size,
       .meaning = "Bytes of a request, headers included."},
      {.path = "request.N.response_size",
       .field = request<&RequestFlow::response_size>,
       .range = any_size,
       .meaning = "Bytes of an answer, headers included."},
  };
  return table;
}

}  // namespace sixslots::scenarios

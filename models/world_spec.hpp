#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "models/action.hpp"
#include "models/hop.hpp"
#include "models/network.hpp"
#include "models/profile.hpp"
#include "models/server_event.hpp"
#include "models/units.hpp"
#include "sim/distribution.hpp"

namespace sixslots::models {

struct Design;

/// When the requests of a flow are made.
struct Arrivals {
  enum class Process : std::uint8_t {
    at,       ///< at the listed times
    every,    ///< periodically, first after one period
    poisson,  ///< with exponential gaps
    closed,   ///< the next one a think time after the answer to the one before
    renewal,  ///< with independent gaps of any law
  };
  /// When the first of a periodic process comes.
  enum class First : std::uint8_t { after_one_period, at_random };
  /// How many requests come at once.
  enum class BatchSizes : std::uint8_t { equal, geometric };
  Process process = Process::poisson;
  std::vector<Duration> at;  ///< from the start of the page
  Duration every{};
  First first = First::after_one_period;
  double rate = 0.1;  ///< per second
  sim::Distribution gap = sim::Distribution::exponential(std::chrono::seconds(10));
  sim::Distribution think = sim::Distribution::exponential(std::chrono::seconds(7));
  int batch =
      1;  ///< requests that come at once, on average; not of a closed loop, nor at given times
  BatchSizes batch_sizes = BatchSizes::equal;
};

/// Which tabs a flow's requests come from.
enum class FlowTabs : std::uint8_t { visible, all };

/// One kind of traffic beside the design's own: `[[request]]`.
struct RequestFlow {
  std::string name;
  std::string method = "GET";
  bool by_user = false;  ///< made inside a user's input event
  FlowTabs tabs = FlowTabs::visible;
  RequestKind kind = RequestKind::fetch;
  Arrivals arrivals;
  std::optional<sim::Distribution> service;   ///< unset: the app's
  std::optional<sim::Distribution> patience;  ///< not sent by then, the page gives it up
  Bytes request_size{500};
  Bytes response_size{2000};
};

/// Changes of a row at the server.
struct UpdateSpec {
  double rate = 0.2;  ///< per second and row, Poisson; 0: none
  Bytes size{400};    ///< of one update on the wire
};

/// The page under study.
struct PageSpec {
  int rows = 20;
  const Design* design = nullptr;
  UpdateSpec updates;
  Duration poll_interval = std::chrono::seconds(5);  ///< polling designs
  Duration long_poll_timeout =
      std::chrono::seconds(30);  ///< the server answers an idle long poll after this
  Duration heartbeat{};          ///< the server sends a comment on streams that often, a ping on
                                 ///< WebSockets; 0: none
  std::optional<Duration> stream_retry;  ///< the `retry:` field of event streams; unset: not sent
  Ratio retry_spread;  ///< each client is told one drawn evenly from this share around it
  Duration socket_backoff = std::chrono::seconds(1);  ///< before a lost WebSocket is opened again
  Duration socket_backoff_most =
      std::chrono::seconds(30);      ///< it doubles with each failure, up to this
  Ratio socket_backoff_spread{0.5};  ///< drawn evenly from this share around it
  Duration stream_ends_after{};  ///< the server ends each event stream cleanly after this; 0: never
  Bytes document_size{20000};    ///< the page itself; loaded first
};

/// Users with another browser than the others.
struct BrowserShare {
  BrowserProfile profile;
  Ratio share;  ///< of all users
};

/// Many users of the same app, each with a browser of their own.
struct FleetSpec {
  /// How the users come who are there from the beginning.
  enum class Arrival : std::uint8_t { even, random };

  int users = 1;
  Duration arrive_within{};  ///< they come in this time; 0: all at once
  Arrival arrival = Arrival::even;
  double arrival_rate = 0.0;  ///< further users come at random, so many a second, to the end
  std::optional<sim::Distribution> session;  ///< after which a user leaves; unset: nobody does
  int most_tabs = 0;   ///< each has between `tabs` and so many, as likely; 0: all have `tabs`
  Ratio hidden_share;  ///< users who have the app in the background: its timers are slowed
  std::vector<BrowserShare> browsers;  ///< those that are not WorldSpec::browser
};

/// Everything that one replication needs to know; a variant differs from another in this and
/// nothing else.
struct WorldSpec {
  BrowserProfile browser;
  int tabs = 1;
  Duration tab_interval =
      std::chrono::seconds(1);  ///< the second tab is opened this long after the first, and so on
  FleetSpec fleet;
  NetworkPath network;
  std::vector<HopSpec> hops;  ///< from the browser inwards; the last one is the app
  PageSpec page;
  std::vector<RequestFlow> requests;
  std::vector<ScriptedTab> scripted;  ///< tabs that play a script, instead of page and requests
  std::vector<std::string> names;     ///< of the script's requests: RequestRecord::name
  std::vector<ServerEvent> events;

  /// Of a user, on average.
  [[nodiscard]] double mean_tabs() const { return 0.5 * (tabs + std::max(tabs, fleet.most_tabs)); }
};

}  // namespace sixslots::models

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/record.hpp"
#include "models/request.hpp"

namespace sixslots::models {

/// How a script repeats a request.
enum class Repeat : std::uint8_t {
  set_interval,  ///< every interval, whatever became of the last one
  chained,       ///< an interval after the end of the last one
  in_flight,     ///< every interval, but a tick is skipped while one is in flight
  long_poll,     ///< as soon as the last one has ended
};

/// When the action of a user's click is really done.
enum class Deferral : std::uint8_t { none, microtask, timer };

/// One thing that a scripted page does.
struct Action {
  enum class Kind : std::uint8_t {
    request,  ///< fetch, XHR, image, script, ...: what RequestSpec::kind says
    event_source,
    web_socket,
    repeat,  ///< a request made several times
    navigation,
    close,  ///< of the event source or WebSocket `target`
  };
  Kind kind = Kind::request;
  std::int32_t name = -1;            ///< for its records; repeats use the numbers from here on
  std::int32_t flow = page_traffic;  ///< for its records: a flow of the scenario, or row traffic
  std::int32_t row = -1;             ///< the same: which row an event stream stands for
  Duration at{};                     ///< from the start of the script; ascending in a tab
  std::size_t origin = 0;            ///< index into Script::origins
  std::string host;                  ///< of the first origin, where it is not the tab's own
  RequestSpec request;
  bool preflight = false;  ///< asks for permission by an OPTIONS request first (CORS)
  bool by_user = false;    ///< inside a trusted event
  Deferral deferral = Deferral::none;
  Duration deferred{};                 ///< by a timer
  std::optional<Answer> later_answer;  ///< of an event source's second and later requests
  bool reconnect = true;
  Repeat repeat = Repeat::set_interval;
  Duration interval{};
  int times = 1;
  bool unique_url = false;
  std::int32_t target = -1;  ///< name of what is closed
};

/// One tab and what happens in it.
struct ScriptedTab {
  std::vector<Action> actions;  ///< those of one moment run in one task, in this order
  int context = 0;              ///< tabs of another context share nothing
  std::string page_host = "page.test";
  std::optional<Duration> opens_at;  ///< unset: before everything else
  bool hidden = false;
};

}  // namespace sixslots::models

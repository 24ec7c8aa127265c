#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/browser.hpp"
#include "models/event_source.hpp"
#include "models/feed.hpp"
#include "models/web_socket.hpp"
#include "models/world_spec.hpp"
#include "sim/random.hpp"
#include "sim/signal.hpp"

namespace sixslots::models {

/// What all tabs that show the same app have in common, in whatever browser.
struct Site {
  Feed& feed;
  const PageSpec& page;
  const HopSpec& server;  ///< the app itself, for service times
};

/// What those of one browser have in common.
struct App {
  Browser& browser;
  PoolGroup& group;  ///< the app's origin as this browser sees it
  const Site& site;
  Display* displays = nullptr;  ///< of the tabs that have loaded, the last one first
  enum class SharedStream : std::uint8_t { none, kept, closed };
  SharedStream shared_stream = SharedStream::none;
};

/// A tab with the app's page in it. The verbs are what a design is made of: each awaits one kind of
/// traffic for the rows it is given.
class Page {
 public:
  /// Whether it is in front, or in the background for all of its life.
  enum class Shown : std::uint8_t { in_front, hidden };

  Page(App& app, int tab, Shown shown = Shown::in_front);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  [[nodiscard]] int rows() const { return app_.site.page.rows; }
  [[nodiscard]] RowRange all_rows() const { return {0, rows()}; }
  [[nodiscard]] const PageSpec& spec() const { return app_.site.page; }
  [[nodiscard]] App& app() { return app_; }
  [[nodiscard]] sim::Simulation& simulation() { return app_.browser.simulation(); }
  /// Returns when its document is there.
  [[nodiscard]] sim::Task<> loaded() { return loaded_.fired() ? sim::Task<>() : loaded_.task(); }
  [[nodiscard]] bool hidden() const { return hidden_; }

  /// Starts a process that ends when the tab closes.
  sim::ProcessRef spawn(sim::Process process) { return processes_.spawn(std::move(process)); }

  /// Loads the document, then starts the design.
  sim::Process load();

  /// Opens an event stream for the rows, and keeps it open.
  void open_event_source(RowRange rows);

  /// Listens to the one event stream of a SharedWorker, whose events reach all tabs of the browser.
  /// The first tab opens it; once it is closed for good, nobody hears anything.
  void join_shared_worker();

  /// Opens a WebSocket for the rows, and opens it again when it is lost, as the page's backoff
  /// says.
  sim::Process open_socket(RowRange rows);

  /// A JavaScript timer: browsers slow those of hidden pages.
  sim::Task<> wait(Duration time);

  /// Asks for the rows once, and shows what comes back.
  sim::Task<> poll(RowRange rows);

  /// Asks once; the server answers when a row has changed, or after a while.
  sim::Task<> long_poll(RowRange rows);

  [[nodiscard]] const Display& display() const { return display_; }

  /// Measures what is still not shown when the run ends.
  void finish() { display_.finish(); }

 private:
  [[nodiscard]] RequestSpec request(RequestKind kind);
  friend class RowStream;
  [[nodiscard]] EventSourceSpec event_source_spec(RowRange rows);
  [[nodiscard]] RequestRecord& open_record(RequestKind kind, RowRange rows);
  sim::Task<> ask(const RequestSpec& spec, RowRange rows);
  sim::Task<bool> socket_ends(const WebSocket& socket, const Channel& channel);
  sim::Task<bool> keep_socket(RowRange rows, std::optional<NeverOpened>& never, Absence& absence);
  void becomes_deaf();
  [[nodiscard]] Duration spread(Duration middle, Ratio share);

  App& app_;
  int tab_;
  bool hidden_;
  bool deaf_ = false;  // a stream of it was closed for good
  Display display_;
  // Of the tab's random numbers, how many are used; the streams are made when there is a draw.
  std::uint32_t service_draws_ = 0;
  std::uint32_t delay_draws_ = 0;
  std::uint32_t requests_ = 0;
  sim::Signal loaded_;
  sim::Scope processes_;  // last: its processes use all of the above
};

}  // namespace sixslots::models

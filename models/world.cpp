#include "models/world.hpp"

#include <algorithm>
#include <forward_list>
#include <list>
#include <vector>

#include "models/design.hpp"
#include "models/flow.hpp"
#include "models/page.hpp"
#include "models/progress.hpp"
#include "models/script.hpp"
#include "sim/frame_pool.hpp"
#include "sim/timeout.hpp"

namespace sixslots::models {

namespace {

/// A user: a browser, its view of the app and its tabs.
struct User {
  User(sim::Simulation& simulation, const NetworkPath& network, const BrowserProfile& profile,
       const sim::RandomSource& random, Observer& observer, Origin& origin, const Site& site)
      : browser(simulation, profile, network, random, observer),
        app{browser, browser.pool.group(origin, 0), site} {}

  Browser browser;
  App app;
  std::forward_list<Page, sim::FrameAllocator<Page>> pages;  // the last one opened comes first
};
// A fleet may have a million, so they are kept small.
using Users = std::list<User, sim::FrameAllocator<User>>;

/// What chance makes of a user.
struct Habits {
  const BrowserProfile* profile;
  int tabs;
  Page::Shown shown;
  Duration session;
};

Habits habits_of(const WorldSpec& spec, const sim::RandomSource& random) {
  const FleetSpec& fleet = spec.fleet;
  const sim::RandomStream choices = random.stream("user", sim::Purpose::choice);
  Habits habits{&spec.browser, spec.tabs, Page::Shown::in_front, Duration::max()};
  double left = choices.uniform_at(0);
  for (const BrowserShare& other : fleet.browsers) {
    if (left >= 0.0 && left < other.share.value) habits.profile = &other.profile;
    left -= other.share.value;
  }
  if (fleet.most_tabs > spec.tabs) {
    const double more = choices.uniform_at(1) * (fleet.most_tabs - spec.tabs + 1);
    habits.tabs += static_cast<int>(more);
  }
  if (choices.uniform_at(2) < fleet.hidden_share.value) habits.shown = Page::Shown::hidden;
  if (fleet.session) {
    sim::RandomStream sessions = random.stream("user", sim::Purpose::lifetime);
    habits.session = fleet.session->sample(sessions);
  }
  return habits;
}

/// The users, the app and the path between them, in the order that they depend on each other.
class World {
 public:
  World(const WorldSpec& spec, const RunSpec& run)
      : spec_(spec),
        run_(run),
        observer_(simulation_, spec.requests.size(), run.keep_records),
        progress_(simulation_, observer_, size_of(spec, run.duration)),
        path_(spec.hops, observer_),
        feed_(simulation_, spec.page.rows),
        site_{feed_, spec.page, spec.hops.back()},
        processes_(simulation_) {
    set_up(origin_, path_, spec.network);
    observer_.connecting_takes(spec.network.dns + spec.network.rtt + origin_.set_up_tls);
    for (const ServerEvent& event : spec.events) prepare(origin_, event);
  }

  Observations simulate() {
    feed_.forgets([this](int row) { return seen_by_all(row); });
    feed_.start(spec_.page.updates, run_.random);
    if (spec_.fleet.users > 1 || spec_.fleet.arrival_rate > 0.0) observer_.keeps_accounts();
    processes_.spawn(users_arrive());
    if (spec_.fleet.arrival_rate > 0.0) processes_.spawn(further_users_arrive());
    for (const ServerEvent& event : spec_.events) processes_.spawn(happen(event));
    bool goes_on = true;
    if (run_.warm_up > Duration::zero()) {
      goes_on = run_before(run_.warm_up);
      observer_.end_warm_up();
      for (User& user : users_) user.browser.pool.tell_levels();
    }
    if (goes_on) run_before(run_.duration);
    for (User& user : users_) {
      for (Page& page : user.pages) page.finish();
    }
    Observations seen = observer_.finish();
    if (!spec_.events.empty() && seen.streams_never_back > 0) {
      seen.recovery = seen.end - first_event();  // at least
    }
    return seen;
  }

 private:
  [[nodiscard]] std::uint32_t seen_by_all(int row) const {
    std::uint32_t least = feed_.updates(row).size();
    for (const User& user : users_) {
      for (const Page& page : user.pages) least = std::min(least, page.display().shown(row));
    }
    return least;
  }

  [[nodiscard]] Time first_event() const {
    const auto first = std::ranges::min_element(spec_.events, {}, &ServerEvent::at);
    return sim::start_of_time + first->at;
  }

  /// What happens at the end itself belongs to what follows, as what is made then would have no
  /// time to be answered. False: it was ended before.
  bool run_before(Duration end) {
    while (!simulation_.run_before(sim::start_of_time + end, events_between_questions)) {
      progress_.look();
      const double done = sim::seconds(simulation_.now() - sim::start_of_time);
      if (run_.goes_on && !run_.goes_on(done / sim::seconds(run_.duration))) return false;
    }
    return true;
  }

  // Those who are there from the beginning.
  sim::Process users_arrive() {
    const FleetSpec& fleet = spec_.fleet;
    const Duration gap = fleet.arrive_within / fleet.users;
    const std::vector<Duration> moments = random_moments();
    for (int number = 0; number < fleet.users; ++number) {
      if (!moments.empty()) {
        co_await simulation_.until(sim::start_of_time + moments[static_cast<std::size_t>(number)]);
      }
      arrives(static_cast<std::uint32_t>(number));
      if (moments.empty() && gap > Duration::zero()) co_await simulation_.delay(gap);
    }
  }

  // In order; empty: they come at even distances.
  [[nodiscard]] std::vector<Duration> random_moments() const {
    const FleetSpec& fleet = spec_.fleet;
    std::vector<Duration> moments;
    if (fleet.arrival == FleetSpec::Arrival::even) return moments;
    const sim::RandomStream draws = run_.random.stream("fleet", sim::Purpose::arrival);
    const auto span = static_cast<double>(fleet.arrive_within.count());
    for (int i = 0; i < fleet.users; ++i) {
      const double part = draws.uniform_at(static_cast<std::uint64_t>(i));
      moments.emplace_back(static_cast<std::int64_t>(part * span));
    }
    std::ranges::sort(moments);
    return moments;
  }

  sim::Process further_users_arrive() {
    const auto mean = Duration(static_cast<std::int64_t>(1e9 / spec_.fleet.arrival_rate));
    const sim::Distribution gap = sim::Distribution::exponential(mean);
    sim::RandomStream gaps = run_.random.stream("fleet/further", sim::Purpose::arrival);
    for (auto number = static_cast<std::uint32_t>(spec_.fleet.users);; ++number) {
      co_await simulation_.delay(gap.sample(gaps));
      arrives(number);
    }
  }

  void arrives(std::uint32_t number) {
    sim::RandomSource random = run_.random;
    random.user = number;
    const Habits habits = habits_of(spec_, random);
    const auto user = users_.emplace(users_.end(), simulation_, spec_.network, *habits.profile,
                                     random, observer_, origin_, site_);
    observer_.user_arrives();
    if (habits.session < Duration::max()) {
      processes_.spawn(session(user, habits, random));
    } else {
      processes_.spawn(open_tabs(*user, habits, random));
    }
  }

  // A user who leaves takes everything along.
  sim::Process session(Users::iterator user, Habits habits, sim::RandomSource random) {
    sim::Task<> tabs = keep_opening(*user, habits, random);
    co_await sim::within(habits.session, tabs);
    for (Page& page : user->pages) page.finish();
    observer_.user_is_leaving();
    users_.erase(user);
    observer_.user_has_left(random.user);
  }

  sim::Task<> keep_opening(User& user, Habits habits, sim::RandomSource random) {
    for (int tab = 0; tab < habits.tabs; ++tab) {
      open_tab(user, tab, habits, random);
      co_await simulation_.delay(spec_.tab_interval);
    }
    sim::Signal never;
    co_await never.wait();
  }

  // The user works in the first tab; the others are opened after it, one at a time.
  sim::Process open_tabs(User& user, Habits habits, sim::RandomSource random) {
    for (int tab = 0; tab < habits.tabs; ++tab) {
      open_tab(user, tab, habits, random);
      co_await simulation_.delay(spec_.tab_interval);
    }
  }

  void open_tab(User& user, int tab, const Habits& habits, const sim::RandomSource& random) {
    Page& page = user.pages.emplace_front(user.app, tab, habits.shown);
    page.spawn(page.load());
    start_flows(spec_, page, tab, random);
  }

  sim::Process happen(const ServerEvent& event) {
    co_await simulation_.until(sim::start_of_time + event.at);
    const Time ends = event.ends(simulation_.now());
    observer_.event_begins(ends);
    begin(origin_, event, simulation_.now());
    if (takes_connections(event)) {
      const Duration to_know = spec_.network.way_back();
      if (to_know > Duration::zero()) co_await simulation_.delay(to_know);
      for (User& user : users_) user.browser.pool.server_went_down(origin_);
    }
    co_await simulation_.until(ends);
    end(origin_, event);
  }

  const WorldSpec& spec_;
  const RunSpec& run_;
  sim::Simulation simulation_;
  Observer observer_;
  Progress progress_;
  Path path_;
  Origin origin_;
  Feed feed_;
  Site site_;
  Users users_;
  sim::Scope processes_;
};

}  // namespace

Observations run(const WorldSpec& spec, const RunSpec& run) {
  if (!spec.scripted.empty()) return run_scripted(spec, run);
  World world(spec, run);
  return world.simulate();
}

}  // namespace sixslots::models

#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "models/world_spec.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/scripted_action.hpp"

namespace sixslots::scenarios {

/// A name in scenario files for a value of an enumeration.
template <class T>
struct Named {
  std::string_view name;
  T value;
  std::string_view meaning;
};

using models::Arrivals;
using models::Protocol;
using models::RequestKind;
using models::Tls;

inline constexpr std::array run_kind_names{
    Named<RunKind>{"terminating", RunKind::terminating,
                   "a stretch of time with a start and an end, such as a page load or a storm"},
    Named<RunKind>{"steady", RunKind::steady,
                   "a load that lasts; intervals are refused to runs that are too short for it"},
};

inline constexpr std::array protocol_names{
    Named<Protocol>{"http/1.1", Protocol::http1, "one request at a time on a connection"},
    Named<Protocol>{"h2", Protocol::http2, "HTTP/2: many streams on one TCP connection"},
    Named<Protocol>{"h3", Protocol::http3, "HTTP/3: many streams on one QUIC connection"},
};

inline constexpr std::array tls_names{
    Named<std::optional<Tls>>{"automatic", std::nullopt, "1.3 for h2 and h3, none for http/1.1"},
    Named<std::optional<Tls>>{"none", Tls::none, "plain TCP"},
    Named<std::optional<Tls>>{"1.3", Tls::tls13, "one round trip after TCP"},
    Named<std::optional<Tls>>{"1.2", Tls::tls12, "two round trips"},
    Named<std::optional<Tls>>{"1.2-resumed", Tls::tls12_resumed, "one round trip"},
};

inline constexpr std::array overflow_names{
    Named<models::Overflow>{"refuse", models::Overflow::refuse, "it is answered with 502 at once"},
    Named<models::Overflow>{"queue", models::Overflow::queue, "it waits, first come first served"},
};

inline constexpr std::array held_names{
    Named<models::Held>{"until-end", models::Held::until_end, "to the end of its response"},
    Named<models::Held>{"until-headers", models::Held::until_headers,
                        "until the headers of its response have come"},
};

inline constexpr std::array arrival_names{
    Named<models::FleetSpec::Arrival>{"even", models::FleetSpec::Arrival::even,
                                      "at even distances"},
    Named<models::FleetSpec::Arrival>{"random", models::FleetSpec::Arrival::random,
                                      "at moments that are drawn evenly"},
};

inline constexpr std::array event_names{
    Named<models::ServerEvent::Kind>{
        "restart", models::ServerEvent::Kind::restart,
        "a hop is started again: open streams end, and it is down for a while"},
    Named<models::ServerEvent::Kind>{"worker-loss", models::ServerEvent::Kind::worker_loss,
                                     "a hop loses workers, and what they worked on"},
    Named<models::ServerEvent::Kind>{
        "outage", models::ServerEvent::Kind::outage,
        "nothing gets through to the first hop: connections outlive it, what is sent waits"},
    Named<models::ServerEvent::Kind>{
        "disconnection", models::ServerEvent::Kind::disconnection,
        "the browsers lose their connections and cannot make new ones for a while"},
};

inline constexpr std::array partition_names{
    Named<models::PoolPartition>{"none", models::PoolPartition::none, "one pool for all pages"},
    Named<models::PoolPartition>{"top-level-site", models::PoolPartition::top_level_site,
                                 "pages of different sites have pools of their own"},
};

inline constexpr std::array cache_lock_names{
    Named<models::CacheLockRelease>{"one-at-a-time", models::CacheLockRelease::one_at_a_time,
                                    "the next waiter becomes the holder"},
    Named<models::CacheLockRelease>{"all-if-no-store", models::CacheLockRelease::all_if_no_store,
                                    "an answer that may not be stored lets every waiter go"},
};

inline constexpr std::array kind_names{
    Named<RequestKind>{"document", RequestKind::document, "navigation of a tab"},
    Named<RequestKind>{"iframe", RequestKind::iframe, "document of a frame"},
    Named<RequestKind>{"stylesheet", RequestKind::stylesheet, "a link element"},
    Named<RequestKind>{"script", RequestKind::script, "a script element added by script"},
    Named<RequestKind>{"xhr", RequestKind::xhr, "XMLHttpRequest"},
    Named<RequestKind>{"fetch", RequestKind::fetch, "fetch()"},
    Named<RequestKind>{"fetch-high", RequestKind::fetch_high, "fetch() with priority: 'high'"},
    Named<RequestKind>{"fetch-low", RequestKind::fetch_low, "fetch() with priority: 'low'"},
    Named<RequestKind>{"fetch-keepalive", RequestKind::fetch_keepalive,
                       "fetch() with keepalive: true"},
    Named<RequestKind>{"image", RequestKind::image, "new Image()"},
    Named<RequestKind>{"image-high", RequestKind::image_high,
                       "new Image() with fetchPriority = 'high'"},
    Named<RequestKind>{"image-in-document", RequestKind::image_in_document,
                       "an img element, laid out in view"},
    Named<RequestKind>{"beacon", RequestKind::beacon, "navigator.sendBeacon()"},
};

inline constexpr std::array tabs_names{
    Named<models::FlowTabs>{"visible", models::FlowTabs::visible,
                            "only from the first tab, where the user works"},
    Named<models::FlowTabs>{"all", models::FlowTabs::all, "from every tab, each on its own"},
};

inline constexpr std::array method_names{
    Named<std::string_view>{"GET", "GET", "a read, which a cache may answer"},
    Named<std::string_view>{"HEAD", "HEAD", "a read of the headers alone"},
    Named<std::string_view>{"POST", "POST", "a change"},
    Named<std::string_view>{"PUT", "PUT", "a change that may be repeated"},
    Named<std::string_view>{"PATCH", "PATCH", "a change of a part"},
    Named<std::string_view>{"DELETE", "DELETE", "a removal"},
    Named<std::string_view>{"OPTIONS", "OPTIONS", "a question, as in a CORS preflight"},
};

inline constexpr std::array process_names{
    Named<Arrivals::Process>{"poisson", Arrivals::Process::poisson, "at random, `rate` on average"},
    Named<Arrivals::Process>{"every", Arrivals::Process::every, "at regular times, `every` apart"},
    Named<Arrivals::Process>{"at", Arrivals::Process::at, "at the times listed in `at`"},
    Named<Arrivals::Process>{"closed", Arrivals::Process::closed,
                             "a `think` time after the answer to the one before"},
    Named<Arrivals::Process>{"renewal", Arrivals::Process::renewal,
                             "with gaps of the law `gap`, each independent of the others"},
};

inline constexpr std::array first_names{
    Named<Arrivals::First>{"after-one-period", Arrivals::First::after_one_period,
                           "as a page's setInterval: pages that start together ask together"},
    Named<Arrivals::First>{"at-random", Arrivals::First::at_random,
                           "at a random moment of the first period, another in each tab"},
};

inline constexpr std::array batch_names{
    Named<Arrivals::BatchSizes>{"equal", Arrivals::BatchSizes::equal, "all of the same size"},
    Named<Arrivals::BatchSizes>{"geometric", Arrivals::BatchSizes::geometric,
                                "one, and then another with the same chance each time"},
};

inline constexpr std::array priority_names{
    Named<FetchPriority>{"auto", FetchPriority::automatic, "the kind's own"},
    Named<FetchPriority>{"high", FetchPriority::high, "fetchPriority = 'high'"},
    Named<FetchPriority>{"low", FetchPriority::low, "fetchPriority = 'low'"},
};

inline constexpr std::array cache_names{
    Named<CacheMode>{"default", CacheMode::standard, "one GET of a URL at a time"},
    Named<CacheMode>{"no-cache", CacheMode::no_cache, "the same, revalidated"},
    Named<CacheMode>{"force-cache", CacheMode::force_cache, "the same, however stale"},
    Named<CacheMode>{"no-store", CacheMode::no_store, "past the cache"},
    Named<CacheMode>{"reload", CacheMode::reload, "past the cache, which is filled"},
};

inline constexpr std::array deferral_names{
    Named<models::Deferral>{"none", models::Deferral::none, "in the event handler itself"},
    Named<models::Deferral>{"microtask", models::Deferral::microtask, "in a microtask of it"},
    Named<models::Deferral>{"timer", models::Deferral::timer, "in a timer that it sets"},
};

inline constexpr std::array timing_names{
    Named<models::Repeat>{"setInterval", models::Repeat::set_interval,
                          "every interval, whatever became of the one before"},
    Named<models::Repeat>{"chained", models::Repeat::chained,
                          "an interval after the end of the one before"},
    Named<models::Repeat>{"inflight", models::Repeat::in_flight,
                          "every interval, unless one is still in flight"},
};

inline constexpr std::array ending_names{
    Named<StreamEnding>{"clean-end", StreamEnding::clean_end, "the response ends"},
    Named<StreamEnding>{"reset", StreamEnding::reset, "the connection, or the stream, is reset"},
};

}  // namespace sixslots::scenarios

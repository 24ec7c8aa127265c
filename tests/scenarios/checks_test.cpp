#include "scenarios/checks.hpp"

#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

TEST_CASE("browsers speak HTTP/2 only over TLS") {
  CHECK(complaint("[[hop]]\nprotocol = \"h2\"\ntls = \"none\"") ==
        "page.toml:3:7: hop.0.tls is \"none\", but browsers speak HTTP/2 only over TLS: set "
        "hop.0.tls to \"1.3\", or hop.0.protocol to \"http/1.1\"");
  CHECK(complaint("[[hop]]\nprotocol = \"h2\"") == "nothing");
}

TEST_CASE("behind the first hop HTTP/2 may do without TLS") {
  CHECK(complaint("[[hop]]\n[[hop]]\nprotocol = \"h2\"\ntls = \"none\"") == "nothing");
}

TEST_CASE("HTTP/3 has its own TLS") {
  CHECK(complaint("[[hop]]\nprotocol = \"h3\"\ntls = \"1.2\"") ==
        "page.toml:3:7: HTTP/3 has TLS 1.3 built in: set hop.0.tls to \"1.3\"");
}

TEST_CASE("the statistics need time after the warm-up") {
  CHECK(complaint("[run]\nduration = \"30s\"\nwarm_up = \"30s\"") ==
        "page.toml:3:11: run.warm_up is 30s and must be shorter than run.duration, which is 30s");
}

TEST_CASE("requests are made before the run ends") {
  CHECK(complaint("[[request]]\narrivals = { at = [\"10s\", \"60s\"] }") ==
        "page.toml:2:19: request.0.arrivals.at: 60s is not before the end of the run at 60s");
}

TEST_CASE("requests at given times come one by one") {
  CHECK(complaint("[[request]]\narrivals = { at = [\"1s\", \"2s\"], batch = 3 }") ==
        "page.toml:2:41: request.0.arrivals.batch: the process \"at\" makes one request at each of "
        "its times");
  CHECK(complaint("[[request]]\narrivals = { at = [\"1s\", \"2s\"], batch = 1 }") == "nothing");
}

TEST_CASE("a number is quoted as it was written") {
  CHECK(
      complaint("[page]\nrows = 5.0").starts_with("page.toml:2:8: page.rows: 5.0 is not allowed"));
  CHECK(complaint("[run]\nduration = 1_0.50 # \"s\"").find("\"") != std::string::npos);
  CHECK(complaint("title = \"é\"\n[browser]\ntabs=+2.50").find("browser.tabs: +2.50 is not") !=
        std::string::npos);
}

TEST_CASE("a kind of arrivals needs its times") {
  CHECK(complaint("[[request]]\narrivals = { process = \"at\" }") ==
        "page.toml:2:24: request.0.arrivals: the process \"at\" needs times: at = [\"10s\", "
        "\"12s\"]");
  CHECK(complaint("[[request]]\narrivals = { process = \"every\" }") ==
        "page.toml:2:24: request.0.arrivals: the process \"every\" needs a time: every = \"5s\"");
}

TEST_CASE("a page may have many rows or many tabs, and a million of both") {
  CHECK(complaint("page.rows = 100000\nbrowser.tabs = 10") == "nothing");
  CHECK(complaint("page.rows = 100000\nbrowser.tabs = 11") ==
        "page.toml:1:13: 100000 rows in 11 tabs are 1100000 rows; at most 1000000 are allowed, "
        "90909 in each tab");
}

TEST_CASE("requests have different names that metrics can begin with") {
  CHECK(complaint("[[request]]\nname = \"a.b\"\n[[request]]\nname = \"workers\"\n[[request]]\n"
                  "name = \"save\"\n[[request]]\nname = \"save\"\n[[request]]\nname = \"\"\n") ==
        "page.toml:2:8: request.0.name: \"a.b\" is not a name; write a letter, and then letters, "
        "digits, '-' and '_'\n"
        "page.toml:4:8: request.1.name: \"workers\" is what the page's own metrics begin with; "
        "choose another name\n"
        "page.toml:8:8: request.3.name: \"save\" is also the name of request.2\n"
        "page.toml:10:8: request.4.name: \"\" is not a name; write a letter, and then letters, "
        "digits, '-' and '_'");
  CHECK(complaint("[[request]]\n[[request]]") == "nothing");
}

TEST_CASE("only a hop that has so many workers can lose some") {
  CHECK(complaint("[[hop]]\nkind = \"node\"\n[[event]]\nkind = \"worker-loss\"") ==
        "page.toml:2:8: event.0.hop: hop.0 (node) has no limit of workers that it could lose; set "
        "hop.0.workers");
  CHECK(complaint("[[hop]]\nkind = \"puma\"\n[[event]]\nkind = \"worker-loss\"\nlasts = \"for "
                  "good\"") == "nothing");
}

TEST_CASE("a mix of browsers is at most all users, and none has fewer tabs than the least") {
  CHECK(complaint("[[fleet.browser]]\nprofile = \"firefox\"\nshare = \"60 %\"\n"
                  "[[fleet.browser]]\nprofile = \"safari\"\nshare = \"50 %\"") ==
        "page.toml:3:9: the shares of [[fleet.browser]] add up to 110 %, more than all users");
  CHECK(complaint("browser.tabs = 3\nfleet.most_tabs = 2") ==
        "page.toml:2:19: fleet.most_tabs is 2 and must not be less than browser.tabs, which is 3");
  CHECK(complaint("[[fleet.browser]]\nprofle = \"firefox\"") ==
        "page.toml:2:1: unknown key 'fleet.browser.0.profle'; did you mean "
        "'fleet.browser.0.profile'? [[fleet.browser]] has profile and share");
}
TEST_CASE("what happens does so before the run ends") {
  CHECK(complaint("[[event]]\nat = \"60s\"") ==
        "page.toml:2:6: event.0.at: 60s is not before the end of the run at 60s");
  CHECK(complaint("[[tab]]\nopens_at = \"61s\"\n[[tab.action]]\nname = \"x\"\nat = \"70s\"") ==
        "page.toml:2:12: tab.0.opens_at: 61s is not before the end of the run at 60s\n"
        "page.toml:5:6: tab.0.action.0.at: 70s is not before the end of the run at 60s");
}

TEST_CASE("a precision may take at least the replications that are asked for") {
  CHECK(complaint("[run]\nprecision = \"5 %\"\nmost_replications = 10") ==
        "page.toml:3:21: run.most_replications is 10 and must not be less than run.replications, "
        "which is 20");
  CHECK(complaint("[run]\nreplications = 1000") == "nothing");
}

TEST_CASE("a script has one user") {
  CHECK(complaint("[fleet]\nusers = 5\n[[tab]]\n[[tab.action]]\nname = \"x\"") ==
        "page.toml:2:9: fleet.users: a file with [[tab]] plays its scripts once; it has one user");
}

TEST_CASE("a script without other actions has nothing to close") {
  CHECK(complaint("[[tab]]\n[[tab.action]]\nkind = \"close\"\ntarget = \"x\"") ==
        "page.toml:4:10: tab.0.action.0.target: no action is named 'x'; the script has no other "
        "action");
}

TEST_CASE("a loss of workers is told at the event where no hop is written") {
  CHECK(complaint("[[event]]\nkind = \"worker-loss\"").starts_with("page.toml:2:8: event.0.hop: "));
}

TEST_CASE("more requests than any memory holds are refused") {
  CHECK(complaint("[run]\nduration = \"10h\"\n[[request]]\narrivals = { every = \"1us\" }") ==
        "page.toml:4:22: request.0.arrivals: these are 3.6e+10 requests in each replication; at "
        "most 1e+09 are allowed");
  CHECK(complaint("[run]\nduration = \"1s\"\n[[request]]\narrivals = { every = \"1ns\" }") ==
        "page.toml:4:22: request.0.arrivals: these are 1e+09 requests a second in each tab; at "
        "most 1e+06 are allowed");
  CHECK(complaint("[[request]]\narrivals = { process = \"poisson\", rate = \"1000/s\" }") ==
        "nothing");
}

TEST_CASE("random numbers are common to all variants") {
  CHECK(complaint("[compare]\n\"run.seed\" = [1, 2]") ==
        "page.toml:2:1: run.seed: all variants meet the same random numbers; this cannot be "
        "compared");
  CHECK(complaint("[compare]\n\"run.replications\" = [5, 6]").find("cannot be compared") !=
        std::string::npos);
}

TEST_CASE("a key in quotes that is given twice is named as it stands there") {
  CHECK(complaint("[expect]\n\"connections.peak\" = \"< 6\"\n\"connections.peak\" = \"< 7\"") ==
        "page.toml:3:22: 'connections.peak' is given a second time");
}

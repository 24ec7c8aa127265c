#include "reports/text.hpp"

#include <functional>

#include "reports/comparison_words.hpp"
#include "reports/plan_limit.hpp"
#include "reports/plan_words.hpp"
#include "reports/sweep_words.hpp"
#include "reports/wording.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

using namespace std::string_literals;

namespace sixslots::reports {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE("a terminal's columns are counted, not bytes") {
  CHECK(display_width("row 1") == 5);
  CHECK(display_width("░█▶✗") == 4);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("🙂") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("שלום") == 4);
}

TEST_CASE("what is cut off leaves an ellipsis in the last column") {
  CHECK(shorten("polling", 7) == "polling");
  CHECK(shorten("stream-per-row", 7) == "stream…");
  CHECK(shorten("日本語", 4) == "日…");
  CHECK(shorten("abc", 0).empty());
}

TEST_CASE("text is broken between words, and inside one only when it must be") {
  CHECK(wrapped("the click never comes", 10) ==
        std::vector<std::string>{"the click", "never", "comes"});
  CHECK(wrapped("abcdefghij", 4) == std::vector<std::string>{"abcd", "efgh", "ij"});
  CHECK(wrapped("", 4) == std::vector<std::string>{""});
}

TEST_CASE("text from outside can neither break lines nor reorder them") {
  CHECK(clean("a\nb\tc") == "a b c");
  CHECK(clean("\x1b[31mred") == " [31mred");
  CHECK(clean("user\u202Egnp.exe") == "usergnp.exe");
  CHECK(clean("bad \xC3( bytes") == "bad \uFFFD( bytes");
  CHECK(clean("\xF0\x9F") == "\uFFFD\uFFFD");
  CHECK(clean("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(clean("<b>\"quoted\"</b> 🙂") == "<b>\"quoted\"</b> 🙂");
}

TEST_CASE("every drawn character has an ASCII stand-in of one column") {
  CHECK(to_ascii("█░▶✗ – … × “a”") == "#.>x - ~ x \"a\"");
  CHECK(to_ascii("é日🙂") == "???");
}

TEST_CASE("lists and counts read as in a sentence") {
  CHECK(joined({"a"}) == "a");
  CHECK(joined({"a", "b", "c"}, "or") == "a, b or c");
  CHECK(counted(1, "row") == "1 row");
  CHECK(counted(2, "row") == "2 rows");
}

TEST_CASE(
    "a sweep tells of one more of what its axis counts, and keeps the unit of what it measures") {
  std::vector<scenarios::SweepPoint> points(3);
  scenarios::SweepSeries series;
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i].connections = {static_cast<double>(90 + 10 * i), static_cast<double>(90 + 10 * i)};
    series.x.push_back(static_cast<double>(90 + 10 * i));
    series.points.push_back(&points[i]);
  }
  const scenarios::Axis users{"fleet.users", {"90", "100", "110"}, {}};
  const scenarios::Axis rate{"request.0.arrivals.rate", {"90/s", "100/s", "110/s"}, {}};
  CHECK_THAT(growth_text(series, users), Contains("open connections per user"));
  CHECK_THAT(growth_text(series, users), !Contains("per users"));
  CHECK_THAT(growth_text(series, rate), Contains("open connections per 1/s of rate"));
  const scenarios::Axis slots{"browser.connections_per_origin", {"90", "100", "110"}, {}};
  CHECK_THAT(growth_text(series, slots),
             Contains("open connections for each of the connections per origin"));
  CHECK(point_label(rate, 90) == "rate 90/s");
  CHECK(x_label(rate) == "rate (/s)");
  scenarios::Sweep sweep;
  sweep.header.flow = "click";
  CHECK(knee_text(sweep, series, rate) == "no knee up to 110/s");
  CHECK(knee_text(sweep, series, users) == "no knee up to 110 users");
}

/// A sweep over 1, 2, ... workers, with the 95th percentile of a click's latency at each in
/// milliseconds; 0: it is never answered.
std::string knee_of(const std::vector<double>& latencies) {
  std::vector<scenarios::SweepPoint> points(latencies.size());
  scenarios::SweepSeries series;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool never = latencies[i] == 0.0;
    points[i].metrics.push_back(
        {.info = {"click.latency.p95", scenarios::MetricInfo::Unit::duration, ""},
         .kind = never ? scenarios::MetricValue::Kind::never : scenarios::MetricValue::Kind::exact,
         .value = never ? 60.0 : latencies[i] / 1000.0});
    series.x.push_back(static_cast<double>(i + 1));
    series.points.push_back(&points[i]);
  }
  scenarios::Sweep sweep;
  sweep.header.flow = "click";
  const scenarios::Axis workers{"hop.0.workers", std::vector<std::string>(points.size(), "1"), {}};
  return knee_text(sweep, series, workers);
}

TEST_CASE("the knee of a sweep is read from the end at which requests fare better") {
  CHECK(knee_of({100, 110, 120}) == "no knee up to 3 workers");
  CHECK(knee_of({100, 110, 0, 0}) ==
        "knee between 2 and 3 workers (p95 latency 110 ms, then never)");
  CHECK(knee_of({0, 113, 113}) == "knee between 2 and 1 workers (p95 latency 113 ms, then never)");
  CHECK(knee_of({0, 389, 406, 113, 113}) ==
        "knee between 4 and 3 workers (p95 latency 113 ms, then 406 ms)");
  CHECK(knee_of({0, 113, 120, 0}) ==
        "knees between 2 and 1 workers (p95 latency 113 ms, then never) and between 3 and 4 "
        "workers (p95 latency 120 ms, then never)");
  CHECK(knee_of({0, 0}) == "past the knee at every number: requests are no longer answered");
}

TEST_CASE("variants of one place are told apart from those that were not compared") {
  const auto rank = [](const std::string& replications, const std::string& service) {
    return rank_texts(
               sixslots::answer("[run]\nduration = \"20s\"\nreplications = " + replications + R"(
[page]
rows = 2
[[request]]
name = "click"
arrivals = { at = ["1s"] }
service = ")" + service + R"("
[compare]
"browser.hidden_timer_period" = ["1s", "2s"]
)"),
               "click.latency.mean")
        .front()
        .text;
  };
  CHECK_THAT(rank("5", "50s"), Contains("both are bounds, so that nothing can be told"));
  CHECK_THAT(rank("3", "50ms"), Contains("fewer than 5 replications cannot tell"));
  CHECK_THAT(rank("5", "50ms"), Contains("not distinguishable"));
}

/// From 90 on, so many numbers that were simulated; up to 100 it holds.
scenarios::PlanAnswer answer_of_100(int numbers) {
  scenarios::PlanAnswer answer;
  answer.number = 100;
  for (int number = 90; number < 90 + numbers; ++number) {
    answer.points.push_back({number, std::to_string(number), number <= 100, false, {}});
  }
  return answer;
}

/// The same where all numbers had one result, and those at which a metric fails another besides.
scenarios::PlanAnswer answer_where(const scenarios::VariantResult& result, std::string_view metric,
                                   const std::function<void(scenarios::VariantResult&)>& differ) {
  scenarios::PlanAnswer answer = answer_of_100(12);
  answer.variant = result.variant;
  for (scenarios::PlanPoint& point : answer.points) {
    point.result = result;
    point.result.verdicts.emplace_back().expectation.metric = metric;
    if (!point.holds) differ(point.result);
  }
  return answer;
}

TEST_CASE("about an answer of a plan the nearest numbers are shown") {
  const scenarios::PlanAnswer answer = answer_of_100(21);
  std::vector<std::int64_t> shown;
  for (const scenarios::PlanPoint* point : points_about(answer)) shown.push_back(point->number);
  CHECK(shown == std::vector<std::int64_t>{97, 98, 99, 100, 101, 102, 103});
  CHECK_THAT(left_out_text(answer), StartsWith("… 14 numbers farther away"));
  CHECK(left_out_text(answer_of_100(0)).empty());
}

TEST_CASE("a plan says what was not measured, and that it looked no further") {
  scenarios::PlanAnswer answer = answer_of_100(12);
  for (scenarios::PlanPoint& point : answer.points) {
    scenarios::Verdict& verdict = point.result.verdicts.emplace_back();
    verdict.expectation.metric = "staleness.p95";
    verdict.measured.kind = scenarios::MetricValue::Kind::none;
    CHECK(measured_text(verdict) == "not measured");
  }
  CHECK(failure_text(answer) == "101: staleness.p95 is not measured");
  scenarios::Plan plan;
  plan.question.key = "page.rows";
  answer.low_value = "12";
  CHECK(search_text(plan, answer) ==
        "No number that was looked at is safe: that 12 holds may be luck.");
  answer.safe = true;
  CHECK(search_text(plan, answer).empty());
  answer.too_dear = "204800";
  CHECK_THAT(search_text(plan, answer),
             StartsWith("It looked no further: 204800 takes far longer"));
  plan.answers = {answer, answer};
  plan.answers.front().reversed_at = "1";
  CHECK(search_texts(plan).size() == 2);
}

TEST_CASE("a plan tells of requests that fail where its conditions hold") {
  const scenarios::Results results = sixslots::answer(twenty_rows());
  scenarios::PlanAnswer answer = answer_of_100(12);
  for (scenarios::PlanPoint& point : answer.points) {
    point.result = results.variants.front();
    point.result.verdicts.emplace_back().expectation.metric = "click.latency.p95";
    point.result.flows.front().failed = point.number < 100 ? 0 : 2;
  }
  CHECK(unkept_text(answer) ==
        "At 100, 2 of 9 clicks fail, which no condition speaks of; --keep \"click.failed == 0\" "
        "does.");
  CHECK(failing_besides(answer) == std::vector<std::size_t>{0});
  answer.number = 99;
  CHECK(unkept_text(answer).empty());
  CHECK(failing_besides(answer) == std::vector<std::size_t>{0});
  for (scenarios::PlanPoint& point : answer.points) {
    point.result.verdicts.emplace_back().expectation.metric = "click.failed";
  }
  CHECK(failing_besides(answer).empty());
}

TEST_CASE("a plan does not tell of a growth that cannot be seen") {
  const scenarios::Results results =
      sixslots::answer(twenty_rows("[compare]\n\"page.rows\" = [3]\n"));
  const auto limit = [&](double seconds) {
    return limit_text(answer_where(results.variants.front(), "click.latency.p95",
                                   [&](scenarios::VariantResult& result) {
                                     for (scenarios::MetricValue& value : result.metrics) {
                                       if (value.info.name == "click.transfer.p95")
                                         value.value += seconds;
                                     }
                                   }));
  };
  CHECK_THAT(limit(1e-7), !Contains("What grows most"));
  CHECK_THAT(limit(1.0), StartsWith("What grows most of click.latency.p95 is the time from the "
                                    "answer's first byte to its end"));
}

TEST_CASE("a plan does not tell of a growth that may be luck") {
  scenarios::Results results = sixslots::answer(R"(
[run]
duration = "60s"
replications = 6
[page]
rows = 0
[[request]]
name = "click"
arrivals = { process = "poisson", rate = "1/s" }
)");
  // By so much the answers take longer: in all replications, or in every other one.
  const auto limit = [&](double seconds, bool in_all) {
    return limit_text(answer_where(
        results.variants.front(), "click.latency.mean", [&](scenarios::VariantResult& result) {
          for (std::size_t i = 0; i < result.metrics.size(); ++i) {
            const std::string& name = result.metrics[i].info.name;
            if (name != "click.transfer.mean" && name != "click.latency.mean") continue;
            result.metrics[i].value += seconds;
            for (std::size_t k = 0; k < result.by_replication[i].size(); ++k) {
              const double in_others = k % 2 == 0 ? 2.0 * seconds : 0.0;
              result.by_replication[i][k] += in_all ? seconds : in_others;
            }
          }
        }));
  };
  CHECK_THAT(limit(1.0, true), Contains("What grows most of click.latency.mean is the time from"));
  CHECK_THAT(limit(1.0, false), !Contains("What grows most"));
}

TEST_CASE("a finding binds in a plan where it concerns what is kept") {
  const auto limit = [](int rows, const std::string& metric) {
    const scenarios::Results results = sixslots::answer(
        twenty_rows("[compare]\n\"page.rows\" = [" + std::to_string(rows) + "]\n"));
    scenarios::PlanAnswer answer = answer_of_100(12);
    answer.variant = results.variants.front().variant;
    for (scenarios::PlanPoint& point : answer.points) {
      point.result = results.variants.front();
      point.result.verdicts.emplace_back().expectation.metric = metric;
    }
    return limit_text(answer);
  };
  const std::string scaling = "scale with the visible rows";
  CHECK_THAT(limit(3, "connections.mean"), Contains(scaling));
  CHECK_THAT(limit(3, "click.latency.p95"), !Contains(scaling));
  CHECK_THAT(limit(3, "click.latency.p95"), Contains("set up a connection of their own"));
  CHECK(limit(3, "workers.peak").empty());
  CHECK_THAT(limit(20, "click.starved"), Contains("hold all 6 slots"));
}

/// A page without rows whose click takes that long, and the limit that it misses at 101.
std::string limit_of_a_click(const std::string& service, const std::string& metric) {
  const scenarios::Results results = sixslots::answer(R"(
[run]
duration = "20s"
replications = 1
[page]
rows = 0
[[request]]
name = "click"
arrivals = { every = "1s" }
service = ")" + service + "\"\n");
  scenarios::PlanAnswer answer = answer_of_100(12);
  answer.variant = results.variants.front().variant;
  for (scenarios::PlanPoint& point : answer.points) {
    point.result = results.variants.front();
    scenarios::Verdict& verdict = point.result.verdicts.emplace_back();
    verdict.expectation.metric = metric;
    verdict.expectation.limit = 60.0;
    verdict.measured = results.variants.front().metric(metric);
  }
  return limit_text(answer);
}

TEST_CASE("where nothing that was found binds in a plan, the largest part of the latency does") {
  CHECK_THAT(limit_of_a_click("400ms", "click.latency.p95"),
             StartsWith("The largest part of click.latency.p95 is the time at a worker of the app: "
                        "400 ms at 101."));
}

TEST_CASE("a percentile that is the median is told once") {
  const auto seconds = [](double count) {
    scenarios::MetricValue value;
    value.info.unit = scenarios::MetricInfo::Unit::duration;
    value.kind = scenarios::MetricValue::Kind::exact;
    value.value = count;
    return value;
  };
  CHECK(takes("the click", seconds(0.063), seconds(0.063)) ==
        "the click takes 63 ms at the median and at the 95th percentile");
  CHECK(takes("the click", seconds(0.063), seconds(0.5)) ==
        "the click takes 63 ms at the median and 500 ms at the 95th percentile");
}

TEST_CASE("a plan names the line at the server that keeps slots from coming free") {
  const scenarios::Results results = sixslots::answer(R"(
[run]
duration = "60s"
replications = 1
[[hop]]
kind = "nginx"
[[hop]]
kind = "gunicorn"
service = "100ms"
[page]
rows = 0
[[request]]
name = "click"
arrivals = { process = "poisson", rate = "9.5/s" }
)");
  const scenarios::PlanAnswer answer = answer_where(
      results.variants.front(), "click.latency.mean", [](scenarios::VariantResult& result) {
        for (scenarios::MetricValue& value : result.metrics) {
          const bool grows =
              value.info.name == "click.stalled.mean" || value.info.name == "click.latency.mean";
          if (grows) value.value += 1.0;
        }
      });
  CHECK_THAT(limit_text(answer),
             StartsWith("What grows most of click.latency.mean is the wait in the browser for a "
                        "slot or a stream, behind requests that wait for a worker of gunicorn "
                        "(hop.1.workers): "));
}

TEST_CASE("a bound below the limit of a plan is told as one") {
  CHECK_THAT(limit_of_a_click("30s", "click.latency.mean"),
             StartsWith("At 101 unfinished requests make click.latency.mean a bound"));
}

}  // namespace sixslots::reports

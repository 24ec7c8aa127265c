#include "reports/html.hpp"

#include "reports/charts/waterfall_chart.hpp"
#include "reports/study_charts.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Results in which every name that may come from outside is the same.
scenarios::Results with_names(const std::string& name) {
  scenarios::Results results = answer(twenty_rows(designs_and_protocols));
  results.scenario.title = name;
  results.scenario.file = name;
  results.scenario.text = name + "\n" + name;
  for (models::RequestFlow& flow : results.scenario.world.requests) flow.name = name;
  for (scenarios::Axis& axis : results.scenario.compare) {
    for (std::string& value : axis.values) value += name;
  }
  for (scenarios::VariantResult& result : results.variants) {
    result.variant.label = name;
    for (auto& [key, value] : result.variant.settings) value += name;
    for (models::RequestFlow& flow : result.variant.scenario.world.requests) flow.name = name;
    for (scenarios::MetricValue& metric : result.metrics) {
      if (metric.info.name.starts_with("click")) metric.info.name.replace(0, 5, name);
    }
  }
  return results;
}

/// Every tag is closed by the one that opened it, and every attribute is quoted.
void check_well_formed(const std::string& html) {
  const std::vector<std::string> empty = {"meta", "link", "!DOCTYPE"};
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos;) {
    const std::size_t end = html.find('>', at);
    REQUIRE(end != std::string::npos);
    const std::string tag = html.substr(at + 1, end - at - 1);
    const std::string name = tag.substr(0, tag.find_first_of(" /\n", 1));
    at = end;
    if (tag.starts_with('/')) {
      REQUIRE_FALSE(open.empty());
      REQUIRE("/" + open.back() == tag);
      open.pop_back();
    } else if (!tag.ends_with('/') && std::ranges::find(empty, name) == empty.end()) {
      open.push_back(name);
    }
  }
  CHECK(open.empty());
}

}  // namespace

TEST_CASE("the page's title is the finding") {
  const std::string html = html_report(answer(twenty_rows(designs_and_protocols)));
  check_well_formed(html);
  const std::string finding =
      "With stream-per-row over HTTP/1.1, 14 of 20 event streams never open and the click never "
      "reaches the server.";
  CHECK(has(html, "<h1>" + finding + "</h1>"));
  CHECK(has(html, "<title>" + finding + "</title>"));
  CHECK(has(html, "never sent"));
  CHECK(has(html, "prefers-color-scheme: dark"));
}

TEST_CASE("the page fetches nothing and runs nothing") {
  const std::string html = html_report(answer(twenty_rows(designs_and_protocols)));
  for (const std::string_view part : {"http://", "https://", "src=", "url(http", "@import",
                                      "<script>", "onload", "javascript:"}) {
    INFO(part);
    CHECK_FALSE(has(html, part));
  }
  CHECK(has(html, "default-src 'none'"));
}

TEST_CASE("names from outside are text on the page, whatever they are") {
  for (const std::string name :
       {"</title><script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "]]>-->{}&lt;",
        "עברית 🙂 \u202E reversed", "\xff\xfe\x01", "% {} {0} \\u003c"}) {
    INFO(name);
    const std::string html = html_report(with_names(name));
    check_well_formed(html);
    CHECK_FALSE(has(html, "<img"));
    CHECK_FALSE(has(html, "<script>"));
    CHECK_FALSE(has(html, "\u202E"));
  }
}

TEST_CASE("a waterfall of ten thousand rows is capped, keeps the click and says so") {
  const scenarios::Results results = answer(R"(
[run]
duration = "2s"
replications = 1
[page]
rows = 10000
design = "stream-per-row"
[[request]]
name = "click"
by_user = true
arrivals = { at = ["1s"] }
)");
  const Study subject = study(results);
  const auto rows = waterfall_rows(subject, subject.variants.front());
  CHECK(rows.size() == most_waterfall_rows);
  const auto is_click = [](const models::RequestRecord* record) { return record->flow == 0; };
  CHECK(std::ranges::count_if(rows, is_click) == 1);
  const auto holds = [](const models::RequestRecord* record) {
    return record->granted && !record->finished;
  };
  CHECK(std::ranges::count_if(rows, holds) == 6);
  const std::string html = html_report(results);
  CHECK(has(html, "60 of the 10002 requests in the first replication"));
  CHECK(html.size() < 100'000);
}

TEST_CASE("a compared number becomes curves with budget and knee") {
  const scenarios::Results results = answer(twenty_rows(R"(
[compare]
"page.design" = ["stream-per-row", "single-stream"]
"page.rows" = [4, 5, 6, 7]
[expect]
"click.latency.p95" = "< 300ms"
)"));
  const std::vector<LineChart> all = curves(study(results));
  REQUIRE(all.size() == 5);
  const LineChart& latency = all.front();
  REQUIRE(latency.series.size() == 2);
  CHECK(latency.series[0].name == "stream-per-row");
  REQUIRE(latency.series[0].samples.size() == 4);
  CHECK_FALSE(latency.series[0].samples[1].censored);
  CHECK(latency.series[0].samples[2].censored);
  REQUIRE(latency.knee);
  CHECK(latency.knee->value == 6.0);
  REQUIRE(latency.budget);
  CHECK(latency.budget->value == 0.3);
  CHECK(all[2].title == "Staleness against rows");
  CHECK(all[4].title == "Staleness against load; points by rows");
  check_well_formed(html_report(results));
}

TEST_CASE("two compared numbers become a frontier") {
  const scenarios::Results results = answer(twenty_rows(R"(
[compare]
"page.rows" = [1, 2, 3, 4, 5, 6]
"browser.tabs" = [1, 2]
)"));
  const std::vector<LineChart> all = frontiers(study(results));
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].series.size() == 1);
  REQUIRE(all[0].series[0].samples.size() == 2);
  CHECK(all[0].series[0].samples[0].y == 5.0);  // six streams take all slots
  CHECK(all[0].series[0].samples[1].y == 2.0);  // as three in each of two tabs do
}

TEST_CASE("two compared keys become a grid") {
  const std::vector<Matrix> all = matrices(study(answer(twenty_rows(designs_and_protocols))));
  REQUIRE(all.size() == 1);
  CHECK(all[0].columns == std::vector<std::string>{"http/1.1", "h2"});
  REQUIRE(all[0].rows.size() == 3);
  CHECK(all[0].rows[0].cells[0].mark == Matrix::Mark::bad);
  CHECK(all[0].rows[0].cells[0].text == "100 % starved");
  CHECK(all[0].rows[0].cells[1].mark == Matrix::Mark::good);
}

TEST_CASE("a page without requests of its own has a report too") {
  const scenarios::Results results =
      answer("[run]\nduration = \"5s\"\nreplications = 1\n[page]\nrows = 2\n");
  check_well_formed(html_report(results));
}

}  // namespace sixslots::reports

#include "reports/gate_report.hpp"

#include <nlohmann/json.hpp>

#include "scenarios/overrides.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Gated;
using scenarios::GateOutcome;
using scenarios::Judged;
using scenarios::Judgement;
using scenarios::Strictness;

Judged judged(Judgement judgement, const std::string& variant = "polling, h2") {
  Judged one;
  one.variant = variant;
  one.expectation.metric = "click.latency.p95";
  one.expectation.text = "< 300ms";
  one.expectation.position = {"pages/a,b.toml", 12, 5};
  one.measured.info = {"click.latency.p95", scenarios::MetricInfo::Unit::duration, ""};
  one.measured.value = 0.31;
  one.measured.interval = scenarios::Interval{0.295, 0.324};
  one.judgement = judgement;
  if (judgement == Judgement::undecided) one.cure = "100 % more would decide";
  return one;
}

GateOutcome outcome(std::vector<Judged> expectations) {
  Gated gated;
  gated.title = "Prices <live> & \"fast\"";
  gated.file = "pages/a,b.toml";
  gated.hash = "0123456789abcdef";
  gated.version = "0.1.0";
  gated.seed = 1;
  gated.replications = 20;
  gated.expectations = std::move(expectations);
  GateOutcome all;
  all.scenarios.push_back(std::move(gated));
  return all;
}

scenarios::Drift a_drift() {
  scenarios::Drift drift;
  drift.compared = 20;
  drift.model_before = drift.model_after = 1;
  drift.version_before = "0.1.0";
  scenarios::Moved moved;
  moved.variant = "polling, h2";
  moved.metric = {"click.latency.mean", scenarios::MetricInfo::Unit::duration, ""};
  moved.before = 0.1;
  moved.after = 0.11;
  moved.interval = scenarios::Interval{0.008, 0.012};
  moved.position = {"baselines/a,b.toml", 30, 1};
  drift.moved.push_back(moved);
  return drift;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a gate's report tells what fails, what is open and what passes") {
  const GateOutcome mixed =
      outcome({judged(Judgement::pass, "a"), judged(Judgement::undecided, "b"),
               judged(Judgement::fail, "c"), judged(Judgement::pass, "d")});
  CHECK(gate_report(mixed, {}) == R"(Prices <live> & "fast"
pages/a,b.toml: of 4 expectations 1 fails and 1 is undecided
FAIL click.latency.p95 < 300ms  c: got 310 [295, 324] ms (pages/a,b.toml:12)
OPEN click.latency.p95 < 300ms  b: got 310 [295, 324] ms; 100 % more would
     decide (pages/a,b.toml:12)
PASS click.latency.p95 < 300ms  2 variants
seed 1, 20 replications, scenario 0123456789abcdef, sixslots 0.1.0

FAIL 1 of 1 scenario fails; what is undecided fails with --strict only
)");
}

TEST_CASE("the drift of an extreme is that of a replication on average") {
  GateOutcome all = outcome({});
  all.scenarios.front().drift = a_drift();
  CHECK_FALSE(has(gate_annotations(all), "in a replication on average"));
  all.scenarios.front().drift->moved.front().metric.name = "click.latency.max";
  CHECK(has(gate_annotations(all), "from 100 ms, in a replication on average; the"));
}

TEST_CASE("what is undecided fails a strict gate alone") {
  GateOutcome open = outcome({judged(Judgement::undecided)});
  CHECK(open.passes());
  CHECK(has(gate_junit(open), "failures=\"0\" errors=\"0\" skipped=\"1\""));
  CHECK(has(gate_annotations(open), "::warning file="));
  open.strictness = Strictness::strict;
  CHECK_FALSE(open.passes());
  CHECK(has(gate_junit(open), "failures=\"1\" errors=\"0\" skipped=\"0\""));
  CHECK(has(gate_annotations(open), "::error file="));
}

TEST_CASE("JUnit has a suite for each scenario and a case for each statement") {
  GateOutcome all = outcome({judged(Judgement::pass), judged(Judgement::fail, "<b> \"q\"\x01")});
  all.scenarios[0].baseline = "baselines/a,b.toml";
  all.scenarios[0].drift = a_drift();
  CHECK(gate_junit(all) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sixslots check" tests="3" failures="2" errors="0" skipped="0">
  <testsuite name="pages/a,b.toml" tests="3" failures="2" errors="0" skipped="0">
    <testcase classname="pages/a,b.toml" name="click.latency.p95 &lt; 300ms [&lt;b&gt; &quot;q&quot; ]" file="pages/a,b.toml" line="12">
      <failure type="expectation" message="got 310 [295, 324] ms">got 310 [295, 324] ms</failure>
    </testcase>
    <testcase classname="pages/a,b.toml" name="drift of click.latency.mean [polling, h2]" file="baselines/a,b.toml" line="30">
      <failure type="drift" message="+10 % from 100 ms; the difference is in [8, 12] ms">+10 % from 100 ms; the difference is in [8, 12] ms
Neither the scenario nor the model&#39;s version (1) changed: sixslots 0.1.0 computes otherwise than 0.1.0 did, which is a fault of sixslots.</failure>
    </testcase>
    <testcase classname="pages/a,b.toml" name="click.latency.p95 &lt; 300ms [polling, h2]" file="pages/a,b.toml" line="12">
      <system-out>got 310 [295, 324] ms</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("JUnit leaves out what no XML may hold") {
  // U+FFFE and U+FFFF.
  const std::string xml =
      gate_junit(outcome({judged(Judgement::pass, "a\xEF\xBF\xBF\xEF\xBF\xBE")}));
  CHECK(has(xml, "a\xEF\xBF\xBD\xEF\xBF\xBD"));
  CHECK_FALSE(has(xml, "\xEF\xBF\xBF"));
}

TEST_CASE("annotations point at the line and escape what a workflow command takes for its own") {
  CHECK(gate_annotations(outcome({judged(Judgement::fail, "a:\nb, 100 %")})) ==
        "::error file=pages/a%2Cb.toml,line=12,col=5,title=click.latency.p95 < 300ms::"
        "a: b, 100 %25: got 310 [295, 324] ms\n");
  Judged tricky = judged(Judgement::undecided);
  tricky.cure = "one\r\ntwo";
  tricky.expectation.text = "< 1:2,3%";
  CHECK(gate_annotations(outcome({tricky})) ==
        "::warning file=pages/a%2Cb.toml,line=12,col=5,title=click.latency.p95 < 1%3A2%2C3%25::"
        "polling, h2: got 310 [295, 324] ms; one%0D%0Atwo\n");
}

TEST_CASE("no more annotations than GitHub shows") {
  const std::string text =
      gate_annotations(outcome(std::vector<Judged>(13, judged(Judgement::fail))));
  CHECK(std::ranges::count(text, '\n') == 11);
  CHECK(text.ends_with("3 more in the log or the files of sixslots check\n"));
}

TEST_CASE("a drift says whether the design or the model changed") {
  GateOutcome all = outcome({});
  Gated& gated = all.scenarios[0];
  gated.drift = a_drift();
  CHECK(has(reason_of(gated), "which is a fault of sixslots"));
  gated.drift->scenario_changed = true;
  CHECK(reason_of(gated) ==
        "The scenario changed, the model did not: the design makes the difference.");
  gated.drift->model_after = 2;
  CHECK(reason_of(gated) == "Both the scenario and the model (1 to 2) changed since the baseline.");
  gated.drift->scenario_changed = false;
  CHECK(reason_of(gated) ==
        "The scenario did not change; the model (1 to 2) did: sixslots 0.1.0 simulates other rules "
        "than 0.1.0 did.");
}

TEST_CASE("a baseline that is written anew is told what moved and passes") {
  GateOutcome all = outcome({});
  all.scenarios[0].drift = a_drift();
  CHECK_FALSE(all.passes());
  all.scenarios[0].updated = true;
  CHECK(all.passes());
  CHECK(has(gate_report(all, {}), "PASS drift of click.latency.mean"));
}

TEST_CASE("the summary in Markdown shows what fails, folds what passes and escapes names") {
  const std::string text =
      gate_markdown(outcome({judged(Judgement::fail, "a|b <i>"), judged(Judgement::pass, "fine")}));
  CHECK(has(text, "## ❌ sixslots check: 1 of 1 scenario fails\n"));
  CHECK(has(text, "Prices &lt;live\\> &amp; \"fast\""));
  CHECK(has(text, "| ❌ | click.latency.p95 &lt; 300ms | a\\|b &lt;i\\> | got 310"));
  CHECK(text.find("fine") > text.find("<details><summary>What passes: 1</summary>"));
  const std::string many = gate_markdown(
      outcome(std::vector<Judged>(5000, judged(Judgement::fail, std::string(100, 'x')))));
  CHECK(many.size() < 100'000);
  CHECK(has(many, "… 4900 more"));
}

TEST_CASE("the JSON of a gate has every judgement") {
  GateOutcome all = outcome({judged(Judgement::fail), judged(Judgement::undecided)});
  all.scenarios[0].drift = a_drift();
  const auto json = nlohmann::json::parse(gate_json(all));
  CHECK(json["schema"] == "sixslots-check/1");
  CHECK(json["passes"] == false);
  const auto& one = json["scenarios"][0];
  CHECK(one["expectations"][0]["judgement"] == "fail");
  CHECK(one["expectations"][1]["cure"] == "100 % more would decide");
  CHECK(one["drift"]["moved"][0]["metric"] == "click.latency.mean");
}

}  // namespace
}  // namespace sixslots::reports

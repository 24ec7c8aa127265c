#include <fmt/format.h>

#include "reports/charts/svg.hpp"
#include "reports/gate_report.hpp"

namespace sixslots::reports {
namespace {

using scenarios::Gated;
using scenarios::GateOutcome;
using scenarios::Judgement;
using scenarios::Strictness;

/// XML 1.0 has no place for U+FFFE and U+FFFF, not even escaped (section 2.2).
std::string xml(std::string_view raw) {
  std::string text = escaped(raw);
  for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = text.find(bad); at != std::string::npos; at = text.find(bad)) {
      text.replace(at, bad.size(), "\xEF\xBF\xBD");
    }
  }
  return text;
}

bool fails(const GateItem& item, Strictness strictness) {
  return item.judgement == Judgement::fail ||
         (item.judgement == Judgement::undecided && strictness == Strictness::strict);
}

std::string testcase(const Gated& gated, const GateItem& item, Strictness strictness) {
  const std::string variant = item.variant.empty() ? "" : fmt::format(" [{}]", item.variant);
  std::string text = fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"", xml(gated.file),
      xml(item.name + variant), xml(item.position.file), item.position.line);
  if (fails(item, strictness)) {
    const bool drift = item.kind == GateItem::Kind::drift;
    const std::string why = drift ? "\n" + xml(reason_of(gated)) : "";
    return text + fmt::format(
                      ">\n      <failure type=\"{}\" message=\"{}\">{}{}</failure>\n"
                      "    </testcase>\n",
                      drift ? "drift" : "expectation", xml(item.message), xml(item.message), why);
  }
  if (item.judgement == Judgement::undecided) {
    return text + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                              xml("undecided: " + item.message));
  }
  return text +
         fmt::format(">\n      <system-out>{}</system-out>\n    </testcase>\n", xml(item.message));
}

/// What the attributes of a suite, and of all, count.
struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;

  [[nodiscard]] std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", tests, failures,
                       skipped);
  }
};

std::string testsuite(const Gated& gated, Strictness strictness, Counts& all) {
  Counts counts;
  std::string cases;
  for (const GateItem& item : gate_items(gated)) {
    ++counts.tests;
    if (fails(item, strictness)) {
      ++counts.failures;
    } else if (item.judgement == Judgement::undecided) {
      ++counts.skipped;
    }
    cases += testcase(gated, item, strictness);
  }
  all.tests += counts.tests;
  all.failures += counts.failures;
  all.skipped += counts.skipped;
  return fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", xml(gated.file),
                     counts.attributes(), cases);
}

}  // namespace

std::string gate_junit(const GateOutcome& outcome) {
  Counts all;
  std::string suites;
  for (const Gated& gated : outcome.scenarios) suites += testsuite(gated, outcome.strictness, all);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"sixslots check\" {}>\n{}</testsuites>\n",
      all.attributes(), suites);
}

}  // namespace sixslots::reports

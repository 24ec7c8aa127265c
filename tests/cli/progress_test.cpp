#include "cli/progress.hpp"

#include <sstream>

#include "tests/catch.hpp"

namespace sixslots::cli {
namespace {

using std::chrono::milliseconds;
using TimePoint = ProgressLine::Clock::time_point;

TimePoint fake_now;
TimePoint now() { return fake_now; }

/// Shows `total` steps that take `step` each.
std::string shown(ProgressKind kind, int total, milliseconds step) {
  fake_now = TimePoint(std::chrono::hours(1));
  std::ostringstream err;
  {
    ProgressLine line(err, kind, 40, now);
    for (int done = 1; done <= total; ++done) {
      fake_now += step;
      line.show(done, total, "stream-per-row, http/1.1, 40 rows, cable");
    }
  }
  return err.str();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST_CASE("a terminal's line is redrawn at most ten times a second, and erased", "[cli]") {
  const std::string text = shown(ProgressKind::line, 1000, milliseconds(1));
  const std::string erase = "\r\x1b[K";
  CHECK(count(text, erase) <= 10);
  CHECK(count(text, erase) >= 5);
  CHECK(text.ends_with(erase));
  CHECK(text.find('\n') == std::string::npos);
}

TEST_CASE("a terminal's line does not wrap", "[cli]") {
  const std::string text = shown(ProgressKind::line, 3, milliseconds(300));
  CHECK(text ==
        "\r\x1b[K1 of 3 runs, stream-per-row, http/1.1, "
        "\r\x1b[K2 of 3 runs, stream-per-row, http/1.1, "
        "\r\x1b[K3 of 3 runs, stream-per-row, http/1.1, \r\x1b[K");
}

TEST_CASE("what is over at once shows no progress", "[cli]") {
  CHECK(shown(ProgressKind::line, 10, milliseconds(1)).empty());
  CHECK(shown(ProgressKind::lines, 10, milliseconds(100)).empty());
}

TEST_CASE("a log gets a line for every tenth, once it takes long", "[cli]") {
  CHECK(shown(ProgressKind::lines, 20, milliseconds(400)) ==
        "20 % done, 5 of 20 runs\n30 % done, 6 of 20 runs\n40 % done, 8 of 20 runs\n"
        "50 % done, 10 of 20 runs\n60 % done, 12 of 20 runs\n70 % done, 14 of 20 runs\n"
        "80 % done, 16 of 20 runs\n90 % done, 18 of 20 runs\n");
}

TEST_CASE("the option --quiet shows nothing", "[cli]") {
  CHECK(shown(ProgressKind::none, 100, milliseconds(400)).empty());
}

}  // namespace
}  // namespace sixslots::cli

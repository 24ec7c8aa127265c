#include "reports/fleet.hpp"

#include "reports/terminal.hpp"
#include "tests/catch.hpp"
#include "tests/reports/questions.hpp"

namespace sixslots::reports {
namespace {

using Catch::Matchers::Contains;

std::string office(int users) {
  // At the end the click of the first user's last ten seconds is under way.
  return "[run]\nduration = \"60.02s\"\nreplications = 1\n[fleet]\nusers = " +
         std::to_string(users) +
         "\narrive_within = \"5s\"\n"
         "[page]\nrows = 1\ndesign = \"polling\"\n"
         "[[hop]]\nkind = \"nginx\"\nprotocol = \"h2\"\n[[hop]]\nkind = \"puma\"\n"
         "[[request]]\nname = \"click\"\nby_user = true\narrivals = { every = \"10s\" }\n"
         "service = { distribution = \"exponential\", mean = \"200ms\" }\n";
}

TEST_CASE("several users: what they do to each hop, and how they fare one by one") {
  const std::string text = terminal_report(answer(office(40)), {});
  CHECK_THAT(text, Contains("What 38.4 users on average, 40 at most, do to each"));
  CHECK_THAT(text, Contains("bytes/s"));
  CHECK_THAT(text, Contains("puma"));
  CHECK_THAT(text, Contains("Of each user's clicks, the mean is"));
  CHECK_THAT(text, Contains("of 40 users ha"));
}

TEST_CASE("one user alone has no such table") {
  CHECK_THAT(terminal_report(answer(office(1)), {}), !Contains("Of each user's"));
}

}  // namespace
}  // namespace sixslots::reports

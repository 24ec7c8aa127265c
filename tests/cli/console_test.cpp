#include "cli/console.hpp"

#include "tests/catch.hpp"

namespace sixslots::cli {
namespace {

constexpr int unknown = 0;

Surroundings terminal() {
  return {.out_is_terminal = true, .columns = 100, .terminal = "xterm", .locale = "C.UTF-8"};
}

TEST_CASE("colour is for terminals, unless the user says otherwise", "[cli]") {
  Surroundings around = terminal();
  CHECK(wants_color(around, ColorWish::automatic));
  CHECK_FALSE(wants_color(around, ColorWish::never));
  CHECK_FALSE(wants_color({}, ColorWish::automatic));
  CHECK(wants_color({}, ColorWish::always));

  around.terminal = "dumb";
  CHECK_FALSE(wants_color(around, ColorWish::automatic));
  around = terminal();
  around.no_color = true;
  CHECK_FALSE(wants_color(around, ColorWish::automatic));
  CHECK(wants_color(around, ColorWish::always));
  CHECK(wants_color({.force_color = true}, ColorWish::automatic));
  CHECK_FALSE(wants_color({.no_color = true, .force_color = true}, ColorWish::automatic));
}

TEST_CASE("the locale tells whether there is more than ASCII", "[cli]") {
  CHECK(wants_unicode({.locale = "de_DE.UTF-8"}));
  CHECK(wants_unicode({.locale = "C.utf8"}));
  CHECK_FALSE(wants_unicode({.locale = "C"}));
  CHECK_FALSE(wants_unicode({.locale = "de_DE.ISO-8859-1"}));
  CHECK(wants_unicode({}));  // a pipe
  CHECK_FALSE(wants_unicode({.out_is_terminal = true}));
}

TEST_CASE("a report is as wide as the terminal, within reason", "[cli]") {
  Surroundings around = terminal();
  CHECK(columns_to_fill(around) == 100);
  around.columns = 300;
  CHECK(columns_to_fill(around) == 120);
  around.columns = 10;
  CHECK(columns_to_fill(around) == 40);
  around.columns = unknown;
  CHECK(columns_to_fill(around) == 80);
  CHECK(columns_to_fill({}) == 80);
}

}  // namespace
}  // namespace sixslots::cli

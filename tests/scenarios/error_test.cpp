#include "scenarios/error.hpp"

#include <array>

#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots::scenarios;

namespace {

constexpr std::array<std::string_view, 4> words{"rows", "design", "updates", "poll_interval"};

}  // namespace

TEST_CASE("a slip of the finger finds its word") {
  CHECK(nearest_name("row", words) == "rows");
  CHECK(nearest_name("rosw", words) == "rows");
  CHECK(nearest_name("poll_intervall", words) == "poll_interval");
  CHECK(nearest_name("UPDATES", words) == "updates");
}

TEST_CASE("a word that resembles none is left alone") {
  CHECK_FALSE(nearest_name("connections", words));
  CHECK_FALSE(nearest_name("", words));
  CHECK_FALSE(nearest_name(std::string(100'000, 'r'), words));
}

TEST_CASE("the beginning of a word stands for the shortest such word") {
  constexpr std::array<std::string_view, 4> keys{"opens_at_random", "opens_at", "lasts", "opened"};
  CHECK(nearest_name("opens", keys) == "opens_at");
  CHECK(nearest_name("opene", keys) == "opened");
  CHECK(nearest_name("poll", words) == "poll_interval");
  CHECK_FALSE(nearest_name("po", words));
}

TEST_CASE("of words equally near the one that begins alike is meant, or else the first") {
  CHECK(nearest_name("rat", std::array<std::string_view, 2>{"at", "rate"}) == "rate");
  constexpr std::array<std::string_view, 2> pair{"us", "ms"};
  CHECK(nearest_name("s", pair) == "us");
}

TEST_CASE("a problem without a line names the file alone") {
  CHECK(to_string(Problem{{"a.toml", 0, 0}, "cannot be read"}) == "a.toml: cannot be read");
  CHECK(to_string(Problem{{"a.toml", 3, 9}, "is wrong"}) == "a.toml:3:9: is wrong");
}

TEST_CASE("problems are told in the order of the file, whichever was found first") {
  Problems problems;
  problems.add({"a.toml", 7, 2}, "third");
  problems.add({"a.toml", 2, 8}, "second");
  problems.collect([] { fail({{"a.toml", 2, 1}, "page.rows"}, "first"); });
  CHECK(complaint_of([&] { problems.check(); }) ==
        "a.toml:2:1: page.rows: first\n"
        "a.toml:2:8: second\n"
        "a.toml:7:2: third");
}

TEST_CASE("lists read as in a sentence") {
  CHECK(enumerate(words) == "rows, design, updates and poll_interval");
  CHECK(enumerate(std::array<std::string_view, 2>{"a", "b"}, "\"", "or") == "\"a\" or \"b\"");
  CHECK(enumerate(std::array<std::string_view, 1>{"a"}) == "a");
}

#include "reports/text.hpp"

#include "tests/catch.hpp"

using namespace std::string_literals;

namespace sixslots::reports {

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

}  // namespace sixslots::reports

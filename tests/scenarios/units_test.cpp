#include "scenarios/units.hpp"

#include <limits>

#include "tests/catch.hpp"
#include "tests/scenarios/complaint.hpp"

using namespace sixslots;
using namespace sixslots::scenarios;

namespace {

const Subject wait{{"page.toml", 1, 1}, "wait"};

std::int64_t nanoseconds(std::string_view text) { return parse_duration(text, wait).count(); }

std::string complaint_about_duration(std::string_view text) {
  return complaint_of([&] { parse_duration(text, wait); });
}

}  // namespace

TEST_CASE("durations are read exactly, not by way of a floating point number") {
  CHECK(nanoseconds("100ns") == 100);
  CHECK(nanoseconds("250us") == 250'000);
  CHECK(nanoseconds("40ms") == 40'000'000);
  CHECK(nanoseconds("0.1s") == 100'000'000);
  CHECK(nanoseconds("1.5s") == 1'500'000'000);
  CHECK(nanoseconds("0.000000001s") == 1);
  CHECK(nanoseconds("2min") == 120'000'000'000);
  CHECK(nanoseconds("0.5h") == 1'800'000'000'000);
  CHECK(nanoseconds("0s") == 0);
  CHECK(nanoseconds("007.50 ms") == 7'500'000);
  CHECK(nanoseconds("9223372036.854775s") == 9'223'372'036'854'775'000);
}

TEST_CASE("a duration without a unit is refused, zero too") {
  CHECK(complaint_about_duration("60") ==
        "page.toml:1:1: wait: a duration needs a unit: write \"60s\"");
  CHECK(complaint_about_duration("0") ==
        "page.toml:1:1: wait: a duration needs a unit: write \"0s\"");
}

TEST_CASE("a duration that is none is refused with what it should look like") {
  CHECK(complaint_about_duration("soon") ==
        "page.toml:1:1: wait: \"soon\" is not a duration; write a number and a unit, as in \"5s\"");
  CHECK(complaint_about_duration("") ==
        "page.toml:1:1: wait: \"\" is not a duration; write a number and a unit, as in \"5s\"");
  CHECK(complaint_about_duration("1.2.3s") ==
        "page.toml:1:1: wait: \"1.2.3s\" is not a duration; write a number and a unit, as in "
        "\"5s\"");
  CHECK(complaint_about_duration("1e3s") ==
        "page.toml:1:1: wait: \"1e3s\" has the unknown unit 'e3s'; use ns, us, ms, s, min or h");
  CHECK(complaint_about_duration("5 sec") ==
        "page.toml:1:1: wait: \"5 sec\" has the unknown unit 'sec'; use ns, us, ms, s, min or h");
  CHECK(complaint_about_duration("5MS") ==
        "page.toml:1:1: wait: \"5MS\" has the unknown unit 'MS'; did you mean 'ms'? Use ns, us, "
        "ms, s, min or h");
  CHECK(complaint_about_duration("-5s") ==
        "page.toml:1:1: wait: \"-5s\" is below zero; a duration is not");
}

TEST_CASE("a duration is refused that 64 bits of nanoseconds cannot tell") {
  CHECK(complaint_about_duration("0.5ns") ==
        "page.toml:1:1: wait: \"0.5ns\" is finer than a nanosecond");
  CHECK(complaint_about_duration("9223372036.9s") ==
        "page.toml:1:1: wait: \"9223372036.9s\" is too large");
  CHECK(complaint_about_duration("99999999999999999999999999h") ==
        "page.toml:1:1: wait: \"99999999999999999999999999h\" has too many digits");
}

TEST_CASE("durations print in their natural unit and read back as they were") {
  const std::pair<std::int64_t, std::string> pairs[] = {
      {0, "0s"},
      {1, "1ns"},
      {999, "999ns"},
      {1'000, "1us"},
      {250'000, "250us"},
      {1'234'567, "1.234567ms"},
      {40'000'000, "40ms"},
      {1'500'000'000, "1.5s"},
      {60'000'000'000, "60s"},
      {90'000'000'000, "90s"},
      {300'000'000'000, "5min"},
      {3'600'000'000'000, "60min"},
      {10'800'000'000'000, "3h"},
      {10'800'000'000'001, "10800.000000001s"},
      {std::numeric_limits<std::int64_t>::max(), "9223372036.854775807s"},
  };
  for (const auto& [count, text] : pairs) {
    CHECK(print(sim::Duration(count)) == text);
    if (text.size() < 20) CHECK(nanoseconds(text) == count);
  }
}

TEST_CASE("sizes know powers of ten and of two, and print in the largest that divides them") {
  const std::pair<std::int64_t, std::string> pairs[] = {
      {0, "0B"},           {400, "400B"},          {1'000, "1kB"},         {1'024, "1KiB"},
      {1'500, "1500B"},    {2'048, "2KiB"},        {20'000, "20kB"},       {1'000'000, "1MB"},
      {1'048'576, "1MiB"}, {1'536'000, "1500KiB"}, {1LL << 40, "1024GiB"},
  };
  for (const auto& [count, text] : pairs) {
    CHECK(print(models::Bytes{count}) == text);
    CHECK(parse_size(text, wait).count == count);
  }
  CHECK(parse_size("1.5KiB", wait).count == 1536);
  CHECK(complaint_of([] { parse_size("1.5B", wait); }) ==
        "page.toml:1:1: wait: \"1.5B\" is finer than a byte");
  CHECK(complaint_of([] { parse_size("2000", wait); }) ==
        "page.toml:1:1: wait: a size needs a unit: write \"2000B\"");
}

TEST_CASE("bit rates are numbers or unlimited, and never nothing") {
  const std::pair<std::int64_t, std::string> pairs[] = {
      {0, "unlimited"},         {1, "1bit/s"},
      {750'000, "750kbit/s"},   {1'638'400, "1.6384Mbit/s"},
      {20'000'000, "20Mbit/s"}, {1'000'000'000, "1Gbit/s"},
  };
  for (const auto& [count, text] : pairs) {
    CHECK(print(models::BitRate{count}) == text);
    CHECK(parse_bit_rate(text, wait).bits_per_second == count);
  }
  CHECK(complaint_of([] { parse_bit_rate("0Mbit/s", wait); }) ==
        "page.toml:1:1: wait: \"0Mbit/s\" lets nothing through; for no limit write \"unlimited\"");
  CHECK(complaint_of([] { parse_bit_rate("20mbit/s", wait); }) ==
        "page.toml:1:1: wait: \"20mbit/s\" has the unknown unit 'mbit/s'; did you mean 'Mbit/s'? "
        "Use bit/s, kbit/s, Mbit/s or Gbit/s");
}

TEST_CASE("rates of events print in a unit that keeps them short and read back as they were") {
  const std::pair<double, std::string> pairs[] = {
      {0.0, "0/s"},
      {0.1, "0.1/s"},
      {0.2, "0.2/s"},
      {12.5, "12.5/s"},
      {1.0 / 60, "1/min"},
      {7.0 / 3600.0, "7/h"},
      {1'000'000.0, "1000000/s"},
  };
  for (const auto& [rate, text] : pairs) {
    CHECK(print_event_rate(rate) == text);
    CHECK(parse_event_rate(text, wait) == rate);
  }
  CHECK(parse_event_rate("12/min", wait) == 0.2);
  CHECK(complaint_of([] { parse_event_rate("0.1", wait); }) ==
        "page.toml:1:1: wait: a rate needs a unit: write \"0.1/s\"");
}

TEST_CASE("ratios are plain numbers or percentages") {
  CHECK(parse_ratio("5 %", wait) == 0.05);
  CHECK(parse_ratio("5%", wait) == 0.05);
  CHECK(parse_ratio("0.05", wait) == 0.05);
  CHECK(complaint_of([] { parse_ratio("5 percent", wait); }) ==
        "page.toml:1:1: wait: \"5 percent\" is not a number");
  CHECK(complaint_of([] { parse_number("nan", wait); }) ==
        "page.toml:1:1: wait: \"nan\" is not a number");
  CHECK(complaint_of([] { parse_count("1.5", wait); }) ==
        "page.toml:1:1: wait: \"1.5\" is not a whole number");
}

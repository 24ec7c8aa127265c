#include "scenarios/scale.hpp"

#include <fmt/format.h>

#include "scenarios/key_values.hpp"
#include "scenarios/units.hpp"

namespace sixslots::scenarios {
namespace {

constexpr double millionth = 1e6;

std::int64_t millionths(double number) {
  return static_cast<std::int64_t>(number * millionth + 0.5);
}

constexpr Scale counts{.parse = parse_count,
                       .print = [](std::int64_t n) { return std::to_string(n); },
                       .usual = 1,
                       .whole = true};

constexpr Scale times{.parse =
                          [](std::string_view text, const Subject& subject) {
                            return std::int64_t{parse_duration(text, subject).count()};
                          },
                      .print = [](std::int64_t n) { return print(sim::Duration(n)); },
                      .usual = 1'000'000'000,
                      .unit = 1e9,
                      .unit_name = "s"};

constexpr Scale rates{
    .parse = [](std::string_view text,
                const Subject& subject) { return millionths(parse_event_rate(text, subject)); },
    .print = [](std::int64_t n) { return print_event_rate(static_cast<double>(n) / millionth); },
    .usual = 1'000'000,
    .unit = millionth,
    .unit_name = "1/s"};

constexpr Scale bytes{
    .parse = [](std::string_view text,
                const Subject& subject) { return parse_size(text, subject).count; },
    .print = [](std::int64_t n) { return print(models::Bytes{n}); },
    .usual = 1024,
    .unit_name = "B"};

constexpr Scale bits{
    .parse = [](std::string_view text,
                const Subject& subject) { return parse_bit_rate(text, subject).bits_per_second; },
    .print = [](std::int64_t n) { return print(models::BitRate{n}); },
    .usual = 1'000'000,
    .unit_name = "bit/s"};

constexpr Scale shares{
    .parse = [](std::string_view text,
                const Subject& subject) { return millionths(parse_ratio(text, subject)); },
    .print = [](std::int64_t n) { return fmt::format("{}", static_cast<double>(n) / millionth); },
    .usual = 500'000,
    .unit = millionth};

struct ScaleOf {
  const Scale* operator()(Place<int>) const { return &counts; }
  const Scale* operator()(Place<std::optional<int>>) const { return &counts; }
  const Scale* operator()(Place<std::uint64_t>) const { return &counts; }
  const Scale* operator()(Place<double>) const { return &rates; }
  const Scale* operator()(Place<sim::Duration>) const { return &times; }
  const Scale* operator()(Place<std::optional<sim::Duration>>) const { return &times; }
  const Scale* operator()(Place<models::Bytes>) const { return &bytes; }
  const Scale* operator()(Place<models::BitRate>) const { return &bits; }
  const Scale* operator()(Place<Ratio>) const { return &shares; }
  template <class Other>
  const Scale* operator()(const Other&) const {
    return nullptr;
  }
};

}  // namespace

const Scale* scale_of(const Key& key) { return std::visit(ScaleOf{}, key.field); }

std::optional<std::int64_t> number_of(const Address& address, const Scenario& scenario) {
  const Scale* scale = scale_of(*address.key);
  if (scale == nullptr) return std::nullopt;
  std::string text = print_value(*address.key, scenario, address.index);
  std::erase(text, '"');
  try {
    return scale->parse(text, {{}, address.path});
  } catch (const Error&) {
    return std::nullopt;  // a word
  }
}

}  // namespace sixslots::scenarios

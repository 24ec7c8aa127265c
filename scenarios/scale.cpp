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

constexpr Scale counts{parse_count, [](std::int64_t n) { return std::to_string(n); }, true};

constexpr Scale times{[](std::string_view text, const Subject& subject) {
                        return std::int64_t{parse_duration(text, subject).count()};
                      },
                      [](std::int64_t n) { return print(sim::Duration(n)); }, false, 1e9, "s"};

constexpr Scale rates{
    [](std::string_view text, const Subject& subject) {
      return millionths(parse_event_rate(text, subject));
    },
    [](std::int64_t n) { return print_event_rate(static_cast<double>(n) / millionth); }, false,
    millionth, "1/s"};

constexpr Scale bytes{
    [](std::string_view text, const Subject& subject) { return parse_size(text, subject).count; },
    [](std::int64_t n) { return print(models::Bytes{n}); }, false, 1.0, "B"};

constexpr Scale bits{[](std::string_view text, const Subject& subject) {
                       return parse_bit_rate(text, subject).bits_per_second;
                     },
                     [](std::int64_t n) { return print(models::BitRate{n}); }, false, 1.0, "bit/s"};

constexpr Scale shares{
    [](std::string_view text, const Subject& subject) {
      return millionths(parse_ratio(text, subject));
    },
    [](std::int64_t n) { return fmt::format("{}", static_cast<double>(n) / millionth); }, false,
    millionth};

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

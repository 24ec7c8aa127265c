#include "cli/style_options.hpp"

#include <fmt/format.h>

#include <array>

namespace sixslots::cli {
namespace {

constexpr Limits widths = {40, 1000};

struct NamedWish {
  std::string_view name;
  ColorWish wish;
};

constexpr std::array wishes = {
    NamedWish{"auto", ColorWish::automatic},
    NamedWish{"always", ColorWish::always},
    NamedWish{"never", ColorWish::never},
};

ColorWish color_wish(const Arguments& arguments) {
  const std::optional<std::string> text = arguments.value("color");
  if (!text) return ColorWish::automatic;
  for (const NamedWish& known : wishes) {
    if (known.name == *text) return known.wish;
  }
  throw UsageError(fmt::format("--color takes auto, always or never, not '{}'", *text));
}

}  // namespace

std::vector<Option> style_options() {
  return {
      {.name = "width",
       .value = "N",
       .meaning = "columns of the report; otherwise the terminal's, at most 120, or 80"},
      {.name = "ascii", .meaning = "no characters beyond ASCII, whatever the locale"},
      {.name = "color",
       .value = "WHEN",
       .meaning = "auto, always or never; auto respects NO_COLOR, CLICOLOR_FORCE and TERM=dumb"},
  };
}

reports::TerminalStyle report_style(const Arguments& arguments, const Surroundings& around) {
  reports::TerminalStyle style;
  const std::optional<std::uint64_t> width = number(arguments, "width", widths);
  style.width = width ? static_cast<int>(*width) : columns_to_fill(around);
  style.unicode = !arguments.has("ascii") && wants_unicode(around);
  style.color = wants_color(around, color_wish(arguments));
  return style;
}

}  // namespace sixslots::cli

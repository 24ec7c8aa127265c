#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace sixslots::cli {
namespace {

constexpr int usual_columns = 80;
constexpr int fewest_columns = 40;
constexpr int most_columns = 120;  // longer lines are hard to follow

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string locale_name() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const std::string value = variable(name); !value.empty()) return value;
  }
  return "";
}

int terminal_columns(int descriptor) {
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

Surroundings surroundings() {
  Surroundings around;
  around.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  around.err_is_terminal = isatty(STDERR_FILENO) == 1;
  around.in_is_terminal = isatty(STDIN_FILENO) == 1;
  if (around.out_is_terminal) around.columns = terminal_columns(STDOUT_FILENO);
  if (around.columns == 0 && around.err_is_terminal) {
    around.columns = terminal_columns(STDERR_FILENO);
  }
  around.terminal = variable("TERM");
  around.locale = locale_name();
  around.no_color = !variable("NO_COLOR").empty();
  const std::string force = variable("CLICOLOR_FORCE");
  around.force_color = !force.empty() && force != "0";
  return around;
}

bool wants_color(const Surroundings& around, ColorWish wish) {
  if (wish != ColorWish::automatic) return wish == ColorWish::always;
  if (around.no_color) return false;
  if (around.force_color) return true;
  return around.out_is_terminal && !around.terminal.empty() && around.terminal != "dumb";
}

bool wants_unicode(const Surroundings& around) {
  if (around.locale.empty()) return !around.out_is_terminal;
  std::string name = around.locale;
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
}

int columns_to_fill(const Surroundings& around) {
  if (!around.out_is_terminal || around.columns == 0) return usual_columns;
  return std::clamp(around.columns, fewest_columns, most_columns);
}

}  // namespace sixslots::cli

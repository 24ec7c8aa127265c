#pragma once

#include <istream>
#include <optional>
#include <ostream>
#include <string>

namespace sixslots::cli {

/// Who reads the output, as far as the program can know.
struct Surroundings {
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool in_is_terminal = false;
  int columns = 0;            ///< of the terminal; 0: unknown
  std::string terminal = {};  ///< TERM
  std::string locale = {};    ///< the first that is set of LC_ALL, LC_CTYPE and LANG
  bool no_color = false;      ///< NO_COLOR is set, see no-color.org
  bool force_color = false;   ///< CLICOLOR_FORCE is set to something but 0
};

/// The surroundings of this process.
Surroundings surroundings();

/// The program's streams.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  Surroundings around = {};
};

/// `--color`.
enum class ColorWish { automatic, always, never };

bool wants_color(const Surroundings& around, ColorWish wish);

/// Whether the output may have more than ASCII: as the locale says. Where no locale is set, a pipe
/// or file gets Unicode, so that captured output is the same everywhere.
bool wants_unicode(const Surroundings& around);

/// Columns to fill: the terminal's, but at most 120; 80 where there is no terminal.
int columns_to_fill(const Surroundings& around);

}  // namespace sixslots::cli

#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "cli/interrupt.hpp"

namespace sixslots::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto redraw_period = milliseconds(100);
constexpr auto patience = seconds(2);           // in a log, a shorter wait is not worth a line
constexpr auto first_draw = milliseconds(200);  // nor a flash on the terminal

/// "3 of 20 runs"; of few and long ones, those under way count in part: "1.3 of 3 runs".
std::string runs(double done, int total) {
  constexpr int few = 20;
  const double tenths = std::floor(done * 10.0 + 1e-6) / 10.0;
  const bool whole = total >= few || tenths == std::floor(tenths);
  return fmt::format("{:.{}f} of {} runs", whole ? std::floor(done + 1e-6) : tenths, whole ? 0 : 1,
                     total);
}

constexpr std::string_view erase_line = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(std::ostream& err, ProgressKind kind, int columns,
                           Clock::time_point (*now)())
    : err_(err),
      kind_(kind),
      columns_(static_cast<std::size_t>(std::max(columns, 20))),
      now_(now),
      start_(now()) {}

ProgressLine::~ProgressLine() {
  if (visible_) err_ << erase_line << std::flush;
}

void ProgressLine::show(double done, int total, std::string_view variant) {
  if (kind_ == ProgressKind::line) redraw(done, total, variant);
  if (kind_ == ProgressKind::lines) append(done, total);
}

void ProgressLine::redraw(double done, int total, std::string_view variant) {
  const Clock::time_point now = now_();
  if (now - start_ < first_draw || now - drawn_ < redraw_period) return;
  drawn_ = now;
  visible_ = true;
  std::string line = fmt::format("{}, {}", runs(done, total), variant);
  if (line.size() >= columns_) line.resize(columns_ - 1);
  err_ << erase_line << line << std::flush;
}

void ProgressLine::append(double done, int total) {
  const int tenths = static_cast<int>(10.0 * done / std::max(total, 1) + 1e-6);
  if (now_() - start_ < patience || tenths <= tenths_ || done >= total) return;
  tenths_ = tenths;
  err_ << fmt::format("{} % done, {}\n", 10 * tenths, runs(done, total)) << std::flush;
}

Option quiet_option() {
  return {.name = "quiet", .letter = 'q', .meaning = "no progress on standard error"};
}

ProgressKind progress_kind(const Arguments& arguments, const Surroundings& around) {
  if (arguments.has("quiet")) return ProgressKind::none;
  const bool can_redraw = around.err_is_terminal && around.terminal != "dumb";
  return can_redraw ? ProgressKind::line : ProgressKind::lines;
}

scenarios::Progress shown_on(ProgressLine& line) {
  return [&line](double done, int total, std::string_view variant) {
    throw_if_interrupted();
    line.show(done, total, variant);
  };
}

}  // namespace sixslots::cli

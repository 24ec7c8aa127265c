#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sixslots::reports {

/// Text from outside, fit for HTML and SVG: made harmless as by clean(), and with & < > " '
/// escaped.
std::string escaped(std::string_view text);

/// The same line by line.
std::string escaped_lines(std::string_view text);

/// In user units of the drawing, from its upper left corner.
struct Point {
  double x = 0.0;
  double y = 0.0;
};

struct Box {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

/// A drawing for the HTML report, written as it grows. `style` is a class of the page's style
/// sheet; every text may come from outside. Coordinates are rounded to a tenth.
class Svg {
 public:
  /// The title and the description are what a screen reader tells of it.
  Svg(double width, double height, std::string_view title, std::string_view description);

  /// With a tip, which browsers show beside the pointer.
  void rect(const Box& box, std::string_view style, std::string_view tip = {});
  /// Several as one shape.
  void rects(const std::vector<Box>& boxes, std::string_view style);
  void line(const Point& from, const Point& to, std::string_view style);
  void path(const std::vector<Point>& points, std::string_view style);
  void area(const std::vector<Point>& outline, std::string_view style);
  void dot(const Point& at, double radius, std::string_view style, std::string_view tip = {});
  /// Everything up to end_group() shows this tip.
  void begin_group(std::string_view tip);
  void end_group() { body_ += "</g>\n"; }
  /// Text on a ground of its own, to be read above a pattern. `style` may be "mid" or "end".
  void plate(const Point& at, std::string_view text, std::string_view style = {});
  void text(const Point& at, std::string_view text, std::string_view style = {});

  [[nodiscard]] std::string markup() const { return body_ + "</svg>\n"; }

 private:
  void shape(std::string_view element, std::string_view style, std::string_view tip);

  std::string body_;
};

/// What a text of the report takes up at most, in user units.
double text_width(std::string_view text);

/// The text, cut off with an ellipsis where it would be wider.
std::string fitted(std::string_view text, double width);

}  // namespace sixslots::reports

#include "reports/charts/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text.hpp"

namespace sixslots::reports {
namespace {

/// Of the report's text, which is 12 units high, in a wide font such as DejaVu Sans.
constexpr double column_width = 7.4;
constexpr double usual_share = 0.9;  // of that most texts need

/// "12", "12.5"; never "-0".
std::string number(double value) {
  const double rounded = std::round(value * 10.0) / 10.0 + 0.0;
  return rounded == std::floor(rounded) ? fmt::format("{:.0f}", rounded)
                                        : fmt::format("{:.1f}", rounded);
}

std::string points_text(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points) {
    text += fmt::format("{}{},{}", text.empty() ? "" : " ", number(point.x), number(point.y));
  }
  return text;
}

std::string class_attribute(std::string_view style) {
  return style.empty() ? "" : fmt::format(" class=\"{}\"", style);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : clean(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string escaped_lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += escaped(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

Svg::Svg(double width, double height, std::string_view title, std::string_view description) {
  body_ = fmt::format(
      "<svg role=\"img\" viewBox=\"0 0 {} {}\" style=\"max-width:{}px\"><title>{}</title>"
      "<desc>{}</desc>\n",
      number(width), number(height), number(width), escaped(title), escaped(description));
}

void Svg::shape(std::string_view element, std::string_view style, std::string_view tip) {
  const std::string_view name = element.substr(0, element.find(' '));
  body_ += fmt::format("<{}{}", element, class_attribute(style));
  body_ += tip.empty() ? "/>\n" : fmt::format("><title>{}</title></{}>\n", escaped(tip), name);
}

void Svg::rect(const Box& box, std::string_view style, std::string_view tip) {
  shape(fmt::format("rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", number(box.x),
                    number(box.y), number(box.width), number(box.height)),
        style, tip);
}

void Svg::rects(const std::vector<Box>& boxes, std::string_view style) {
  std::string outline;
  for (const Box& box : boxes) {
    outline += fmt::format("M{} {}h{}v{}h{}z", number(box.x), number(box.y), number(box.width),
                           number(box.height), number(-box.width));
  }
  if (!boxes.empty()) shape(fmt::format("path d=\"{}\"", outline), style, {});
}

void Svg::line(const Point& from, const Point& to, std::string_view style) {
  shape(fmt::format("line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", number(from.x), number(from.y),
                    number(to.x), number(to.y)),
        style, {});
}

void Svg::path(const std::vector<Point>& points, std::string_view style) {
  shape(fmt::format("polyline points=\"{}\"", points_text(points)), style, {});
}

void Svg::area(const std::vector<Point>& outline, std::string_view style) {
  shape(fmt::format("polygon points=\"{}\"", points_text(outline)), style, {});
}

void Svg::dot(const Point& at, double radius, std::string_view style, std::string_view tip) {
  shape(fmt::format("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(at.x), number(at.y),
                    number(radius)),
        style, tip);
}

void Svg::text(const Point& at, std::string_view text, std::string_view style) {
  body_ += fmt::format("<text x=\"{}\" y=\"{}\"{}>{}</text>\n", number(at.x), number(at.y),
                       class_attribute(style), escaped(text));
}

void Svg::begin_group(std::string_view tip) {
  body_ += fmt::format("<g><title>{}</title>\n", escaped(tip));
}

void Svg::plate(const Point& at, std::string_view text, std::string_view style) {
  const double width = usual_share * text_width(text);
  const double left = at.x - (style == "mid" ? width / 2.0 : style == "end" ? width : 0.0);
  rect({left - 4.0, at.y - 10.5, width + 6.0, 12.5}, "p");
  this->text(at, text, style);
}

double text_width(std::string_view text) { return column_width * display_width(text); }

std::string fitted(std::string_view text, double width) {
  return shorten(clean(text), static_cast<int>(width / column_width));
}

}  // namespace sixslots::reports

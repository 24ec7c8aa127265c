#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/charts/line_chart.hpp"

namespace sixslots::reports {

/// A self-contained page: what stands around its sections. Texts may come from outside.
struct HtmlPage {
  std::string kicker;   ///< above the title: which scenario
  std::string finding;  ///< the title
  std::string rest;     ///< of the verdict; may be empty
  bool bad = false;     ///< something hangs or fails
  std::string provenance;
  std::string version;   ///< of sixslots
  std::string data;      ///< JSON for programs that find the page
  std::string sections;  ///< HTML
};

std::string html_of(const HtmlPage& page);

/// A drawing with a caption; nothing for no drawing.
std::string figure(std::string_view caption, const std::string& drawing);

/// Charts with captions that say what bands and arrows are.
std::string figures(const std::vector<LineChart>& charts);

}  // namespace sixslots::reports

#include "cli/formats.hpp"

#include <fmt/format.h>

#include <array>

#include "reports/html.hpp"
#include "reports/json.hpp"

namespace sixslots::cli {
namespace {

constexpr std::array menu = {
    Format{.option = {.name = "html",
                      .value = "FILE",
                      .meaning = "write the report as one self-contained page"},
           .render = reports::html_report},
    Format{.option = {.name = "json",
                      .value = "FILE",
                      .meaning = "write all results as JSON; - prints them instead of the report"},
           .render = reports::json_report},
};

}  // namespace

std::span<const Format> formats() { return menu; }

Outputs::Outputs(const Arguments& arguments) {
  for (const Format& format : formats()) {
    const std::optional<std::string> path = arguments.value(format.option.name);
    if (!path) continue;
    if (path->empty()) throw UsageError(fmt::format("--{} needs a file", format.option.name));
    if (*path != "-") {
      files_.push_back({&format, OutputFile(*path)});
    } else if (standard_output_ == nullptr) {
      standard_output_ = &format;
    } else {
      throw UsageError(fmt::format("--{} and --{} cannot both go to standard output",
                                   standard_output_->option.name, format.option.name));
    }
  }
}

void Outputs::write(const scenarios::Results& results, Console& console) {
  for (Target& target : files_) target.file.write(target.format->render(results));
  if (take_standard_output()) console.out << standard_output_->render(results);
}

}  // namespace sixslots::cli

#include "cli/formats.hpp"

#include <fmt/format.h>

#include <array>

#include "reports/csv.hpp"
#include "reports/har.hpp"
#include "reports/html.hpp"
#include "reports/json.hpp"
#include "reports/json_lines.hpp"
#include "reports/markdown.hpp"
#include "reports/trace.hpp"

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
           .render = reports::json_report,
           .render_with_records = reports::json_report_with_records},
    Format{.option = {.name = "jsonl",
                      .value = "FILE",
                      .meaning = "write the requests of each first replication, one a line"},
           .render = reports::json_lines_report},
    Format{.option = {.name = "csv",
                      .value = "FILE",
                      .meaning = "write all metrics for spreadsheets, one a row"},
           .render = reports::csv_report,
           .needs_records = false},
    Format{.option = {.name = "markdown",
                      .value = "FILE",
                      .meaning = "write the report for a pull request or a wiki"},
           .render = reports::markdown_report},
    Format{.option = {.name = "har",
                      .value = "FILE",
                      .meaning = "write the worst variant's page as HAR, for DevTools"},
           .render = reports::har_report},
    Format{.option = {.name = "trace",
                      .value = "FILE",
                      .meaning = "write what holds each connection, for ui.perfetto.dev"},
           .render = reports::trace_report},
};

}  // namespace

std::span<const Format> formats() { return menu; }

std::vector<Option> format_options() {
  std::vector<Option> all;
  for (const Format& format : formats()) all.push_back(format.option);
  all.push_back({.name = "records",
                 .meaning = "with --json: also what every other format is made of, for sixslots "
                            "report: requests, levels over time, distributions"});
  return all;
}

Outputs::Outputs(const Arguments& arguments) : records_(arguments.has("records")) {
  if (records_ && !arguments.has("json")) {
    throw UsageError("--records is about the file of --json, which is not asked for");
  }
  std::vector<std::string_view> names;
  for (const Format& format : formats()) names.push_back(format.option.name);
  refuse_clashes(arguments, names);
  for (const Format& format : formats()) {
    const std::optional<std::string> path = arguments.value(format.option.name);
    if (!path) continue;
    if (path->empty()) throw UsageError(fmt::format("--{} needs a file", format.option.name));
    if (*path != "-") {
      files_.push_back({&format, OutputFile(*path)});
    } else {
      standard_output_ = &format;
    }
  }
}

void Outputs::write(const scenarios::Results& results, Console& console) {
  for (Target& target : files_) target.file.write(content(*target.format, results));
  if (take_standard_output()) console.out << content(*standard_output_, results);
}

std::string Outputs::content(const Format& format, const scenarios::Results& results) const {
  const bool full = records_ && format.render_with_records != nullptr;
  return full ? format.render_with_records(results) : format.render(results);
}

std::vector<std::string_view> Outputs::needing_records() const {
  std::vector<std::string_view> names;
  for (const Target& target : files_) {
    if (target.format->needs_records) names.push_back(target.format->option.name);
  }
  if (take_standard_output() && standard_output_->needs_records) {
    names.push_back(standard_output_->option.name);
  }
  return names;
}

}  // namespace sixslots::cli

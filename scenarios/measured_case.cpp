#include "scenarios/measured_case.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/case_actions.hpp"
#include "scenarios/case_fronts.hpp"
#include "scenarios/error.hpp"
#include "scenarios/json_fields.hpp"
#include "scenarios/measured_host.hpp"
#include "scenarios/text_file.hpp"

namespace sixslots::scenarios {

namespace {

using nlohmann::json;

// "chromium" is the full browser; the profiles are called as users call them.
const models::BrowserProfile& profile_of(JsonFields& fields, const std::string& browser) {
  const std::string_view name = browser == "chromium" ? std::string_view("chrome") : browser;
  const models::BrowserProfile* profile = models::find_browser(name);
  if (profile == nullptr) {
    fields.fail("browser", fmt::format("unknown browser '{}'; allowed are 'chromium' and the "
                                       "names that 'sixslots list browsers' prints",
                                       browser));
  }
  return *profile;
}

models::ScriptedTab read_tab(const json& value, const std::string& file, const std::string& place,
                             std::size_t origins, ScriptNames& names) {
  JsonFields fields(value, file, place);
  models::ScriptedTab tab;
  int index = 0;
  for (const json& action : fields.array("actions")) {
    const std::string action_place = fmt::format("{}.actions[{}]", place, index++);
    for (const models::Action& read : read_action(action, file, action_place, origins, names)) {
      tab.actions.push_back(read);
    }
  }
  std::ranges::stable_sort(tab.actions, {}, &models::Action::at);
  tab.context = fields.integer_or("browser_context", 0);
  tab.page_host = fields.text_or("page_host", tab.page_host);
  tab.hidden = fields.flag_or("in_background", false);
  if (const auto opens = fields.optional_number("opens_at_ms")) tab.opens_at = milliseconds(*opens);
  fields.finish();
  return tab;
}

MeasuredRequest read_request(const json& value, const std::string& file, const std::string& place,
                             const ScriptNames& names) {
  JsonFields fields(value, file, place);
  MeasuredRequest request;
  request.name = names.find(fields.text("id"));
  if (request.name < 0) fields.fail("id", "no action makes a request of that name");
  request.call = fields.optional_number("call_ms").value_or(0.0);
  request.arrived = fields.integer("arrived");
  request.of = fields.integer("of");
  request.arrival = fields.optional_number("arrival_ms");
  request.arrival_min = fields.optional_number("arrival_min_ms");
  request.arrival_max = fields.optional_number("arrival_max_ms");
  for (const char* shown_only : {"tab", "open_ms", "end_ms", "status", "error"}) {
    (void)fields.child(shown_only);
  }
  fields.finish();
  return request;
}

MeasuredReconnect read_reconnect(const json& value, const std::string& file,
                                 const std::string& place) {
  JsonFields fields(value, file, place);
  MeasuredReconnect reconnect;
  reconnect.delay = fields.optional_number("delay_median_ms");
  reconnect.delay_min = fields.optional_number("delay_min_ms");
  reconnect.delay_max = fields.optional_number("delay_max_ms");
  reconnect.opens_seen = fields.integer("opens_seen");
  const std::string state = fields.text("final_state");
  if (state != "closed" && state != "retrying" && state != "open") {
    fields.fail("final_state", fmt::format("unknown state '{}'; allowed are 'open', 'retrying' "
                                           "and 'closed'",
                                           state));
  }
  reconnect.closed = state == "closed";
  fields.finish();
  return reconnect;
}

MeasuredLoad read_load(const json& value, const std::string& file, const std::string& place,
                       std::string_view count, std::string_view time) {
  JsonFields fields(value, file, place);
  MeasuredLoad load;
  load.loaded = fields.integer(count);
  load.of = fields.integer("of");
  load.at = fields.optional_number(time);
  (void)fields.child("opened_at_ms");
  fields.finish();
  return load;
}

void read_measured(const json& value, const std::string& file, const std::string& key,
                   MeasuredCase& result, const ScriptNames& names) {
  const std::string place = key + ": measured";
  JsonFields fields(value, file, place);
  int index = 0;
  for (const json& request : fields.array("requests")) {
    result.requests.push_back(
        read_request(request, file, fmt::format("{}.requests[{}]", place, index++), names));
  }
  result.connections_min = fields.integer("connections_min");
  result.connections_max = fields.integer("connections_max");
  (void)fields.child("connections");
  (void)fields.child("connections_used");
  if (const json* reconnect = fields.child("reconnect")) {
    result.reconnect = read_reconnect(*reconnect, file, place + ".reconnect");
  }
  if (const json* tab = fields.child("late_tab")) {
    result.late_tab = read_load(*tab, file, place + ".late_tab", "loaded", "loaded_at_ms");
  }
  if (const json* navigation = fields.child("navigation")) {
    result.navigation =
        read_load(*navigation, file, place + ".navigation", "arrived", "arrival_ms");
  }
  fields.finish();
}

void read_outage(const json& value, const std::string& file, const std::string& place,
                 models::Script& script) {
  JsonFields fields(value, file, place);
  script.events.push_back(
      {milliseconds(fields.number("from_ms")), milliseconds(fields.number("for_ms"))});
  const std::string connections = fields.text_or("connections", "refused");
  if (connections != "refused") {
    fields.fail("connections",
                fmt::format("unknown value '{}'; allowed is 'refused'", connections));
  }
  fields.finish();
}

MeasuredCase read_case(const json& value, const std::string& file, int index) {
  const std::string numbered = fmt::format("cases[{}]", index);
  JsonFields unnamed(value, file, numbered);
  MeasuredCase result;
  result.key = unnamed.text("key");
  JsonFields fields(value, file, result.key);
  models::Script& script = result.script;
  (void)fields.text("key");
  (void)fields.text("id");
  result.group = fields.text("group");
  result.browser = fields.text("browser");
  (void)fields.child("version");
  (void)fields.child("repetitions");
  script.browser = profile_of(fields, result.browser);
  script.browser.processor_time = measured_host::processor_time(script.browser);
  script.network = measured_host::network(milliseconds(fields.number("rtt_ms")));
  script.duration = milliseconds(fields.number("duration_ms"));
  result.timing_judged = fields.flag_or("timing_judged", true);
  read_origins(fields, script);
  if (const json* outage = fields.child("server_outage")) {
    read_outage(*outage, file, fields.place_of("server_outage"), script);
  }
  result.counted_origin = script.origins.size() - 1;
  ScriptNames names(script.names);
  int tab = 0;
  for (const json& read : fields.array("tabs")) {
    const std::string place = fmt::format("{}: tabs[{}]", result.key, tab++);
    script.tabs.push_back(read_tab(read, file, place, script.origins.size(), names));
  }
  const json* measured = fields.child("measured");
  if (measured == nullptr) fields.fail("the field 'measured' is missing");
  read_measured(*measured, file, result.key, result, names);
  fields.finish();
  return result;
}

}  // namespace

std::vector<MeasuredCase> read_cases(std::string_view text, const std::string& file) {
  const json document = parse_json(text, file);
  JsonFields fields(document, file, "");
  (void)fields.child("note");
  Problems problems;
  std::vector<MeasuredCase> cases;
  int index = 0;
  for (const json& value : fields.array("cases")) {
    problems.collect([&] { cases.push_back(read_case(value, file, index)); });
    ++index;
  }
  problems.collect([&] { fields.finish(); });
  problems.check();
  if (cases.empty()) throw Error(Position{file, 0, 0}, "there is no case in it");
  return cases;
}

std::vector<MeasuredCase> read_cases_file(const std::string& path) {
  return read_cases(read_text_file(path), path);
}

}  // namespace sixslots::scenarios

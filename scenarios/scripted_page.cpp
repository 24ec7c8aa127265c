#include "scenarios/scripted_page.hpp"

#include <algorithm>
#include <utility>

namespace sixslots::scenarios {

namespace {

using models::Action;

bool keeps_a_stream(const Action& action) {
  return action.kind == Action::Kind::event_source || action.kind == Action::Kind::web_socket;
}

models::RequestFlow flow_of(const ScriptedAction& scripted, const Action& action) {
  models::RequestFlow flow;
  flow.name = scripted.name;
  flow.method = scripted.method;
  flow.by_user = scripted.by_user;
  flow.kind = action.request.kind;
  flow.arrivals.process = models::Arrivals::Process::at;
  flow.arrivals.at = {scripted.at};
  return flow;
}

/// Numbers the actions of all tabs while it compiles them.
class Compiler {
 public:
  explicit Compiler(Scenario& scenario) : scenario_(scenario) {}

  void run() {
    models::WorldSpec& world = scenario_.world;
    world.scripted.clear();
    world.requests.clear();
    for (const TabScript& tab : scenario_.tabs) {
      models::ScriptedTab compiled;
      compiled.context = tab.context;
      compiled.page_host = tab.host;
      compiled.opens_at = tab.opens_at;
      compiled.hidden = tab.hidden;
      std::int32_t row = 0;
      for (const ScriptedAction& action : tab.actions) {
        compiled.actions.push_back(compiled_action(action, row));
      }
      world.scripted.push_back(std::move(compiled));
    }
    aim_closings();
    world.names = std::move(names_);
    world.tabs = static_cast<int>(scenario_.tabs.size());
    world.page.rows = 0;
    world.page.design = nullptr;
  }

 private:
  Action compiled_action(const ScriptedAction& scripted, std::int32_t& row) {
    Action action = compile(scripted);
    if (action.kind == Action::Kind::close) return action;
    action.name = static_cast<std::int32_t>(names_.size());
    for (int i = 0; i < action.times; ++i) names_.push_back(scripted.name);
    if (keeps_a_stream(action)) {
      action.flow = models::row_traffic;
      action.row = row++;
    } else {
      action.flow = static_cast<std::int32_t>(scenario_.world.requests.size());
      scenario_.world.requests.push_back(flow_of(scripted, action));
    }
    return action;
  }

  void aim_closings() {
    for (std::size_t tab = 0; tab < scenario_.tabs.size(); ++tab) {
      for (std::size_t i = 0; i < scenario_.tabs[tab].actions.size(); ++i) {
        Action& action = scenario_.world.scripted[tab].actions[i];
        if (action.kind != Action::Kind::close) continue;
        const auto name = std::ranges::find(names_, scenario_.tabs[tab].actions[i].target);
        if (name == names_.end()) continue;  // told by check()
        action.target = static_cast<std::int32_t>(name - names_.begin());
      }
    }
  }

  Scenario& scenario_;
  std::vector<std::string> names_;
};

}  // namespace

void compile_script(Scenario& scenario) {
  if (!scenario.tabs.empty()) Compiler(scenario).run();
}

}  // namespace sixslots::scenarios

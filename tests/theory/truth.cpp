#include "tests/theory/truth.hpp"

#include <cmath>
#include <fstream>
#include <stdexcept>

namespace sixslots::scenarios::theory {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::map<std::string, std::string> settings_in(const std::string& text, char separator) {
  std::map<std::string, std::string> settings;
  for (const std::string& part : split(text, separator)) {
    const std::size_t equals = part.find('=');
    if (equals != std::string::npos) settings[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return settings;
}

sim::Duration seconds(double value) {
  return sim::Duration(static_cast<std::int64_t>(std::round(value * 1e9)));
}

std::vector<Truth> read() {
  std::ifstream file(SIXSLOTS_TEST_DATA "/queueing.csv");
  std::vector<Truth> all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = split(line, ',');
    Truth row;
    row.id = cells.at(0);
    row.group = cells.at(1);
    row.model = cells.at(2);
    row.parameters = cells.at(3);
    row.measure = cells.at(4);
    row.value = std::stod(cells.at(7));
    row.disagreement = std::stod(cells.at(11));
    all.push_back(std::move(row));
  }
  return all;
}

}  // namespace

double Truth::number(const std::string& key) const { return std::stod(settings().at(key)); }

std::map<std::string, std::string> Truth::settings() const { return settings_in(parameters, ';'); }

sim::Distribution Truth::law(const std::string& key) const {
  using sim::Distribution;
  const std::string text = settings().at(key);
  const std::size_t open = text.find('(');
  const std::string name = text.substr(0, open);
  const std::string inside = text.substr(open + 1, text.find(')') - open - 1);
  std::map<std::string, std::string> of = settings_in(inside, ',');
  const auto get = [&](const std::string& what) { return std::stod(of.at(what)); };
  const bool named = of.contains("mean");
  if (name == "Det")
    return Distribution::constant(seconds(named ? get("mean") : std::stod(inside)));
  if (name == "Exp") return Distribution::exponential(seconds(get("mean")));
  if (name == "Erlang")
    return Distribution::erlang(static_cast<int>(get("k")), seconds(get("mean")));
  if (name == "Erlang2") return Distribution::erlang(2, seconds(get("mean")));
  if (name == "H2") {
    return Distribution::hyperexponential(get("p"), seconds(get("mean1")), seconds(get("mean2")));
  }
  if (name == "Lognormal")
    return Distribution::lognormal_mean_scv(seconds(get("mean")), get("scv"));
  if (name == "Pareto") return Distribution::pareto(get("alpha"), seconds(get("xmin")));
  if (name == "Lomax") {
    return Distribution::lomax(get("alpha"), seconds(get("mean") * (get("alpha") - 1.0)));
  }
  throw std::invalid_argument(text);
}

const std::vector<Truth>& queueing_truth() {
  static const std::vector<Truth> all = read();
  return all;
}

}  // namespace sixslots::scenarios::theory

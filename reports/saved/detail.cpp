#include "reports/saved/detail.hpp"

namespace sixslots::reports {
namespace {

using models::Arrival;
using models::FlowStatistics;
using models::Observations;
using models::RequestRecord;

constexpr Field<FlowStatistics> flow_fields[] = {
    field<FlowStatistics, &FlowStatistics::count>("count"),
    field<FlowStatistics, &FlowStatistics::waited>("waited"),
    field<FlowStatistics, &FlowStatistics::starved>("starved"),
    field<FlowStatistics, &FlowStatistics::censored>("censored"),
    field<FlowStatistics, &FlowStatistics::failed>("failed"),
    field<FlowStatistics, &FlowStatistics::given_up>("given_up"),
    field<FlowStatistics, &FlowStatistics::latency>("latency"),
    field<FlowStatistics, &FlowStatistics::stalled>("stalled"),
    field<FlowStatistics, &FlowStatistics::connecting>("connecting"),
    field<FlowStatistics, &FlowStatistics::proxy_queue>("proxy_queue"),
    field<FlowStatistics, &FlowStatistics::worker_queue>("worker_queue"),
    field<FlowStatistics, &FlowStatistics::service>("service"),
    field<FlowStatistics, &FlowStatistics::transfer>("transfer"),
    field<FlowStatistics, &FlowStatistics::storm>("storm"),
    field<FlowStatistics, &FlowStatistics::storm_failed>("storm_failed"),
    field<FlowStatistics, &FlowStatistics::user_mean>("user_mean"),
    field<FlowStatistics, &FlowStatistics::user_worst>("user_worst"),
    field<FlowStatistics, &FlowStatistics::users>("users"),
    field<FlowStatistics, &FlowStatistics::users_hit>("users_hit"),
};

constexpr Field<Observations> sample_fields[] = {
    field<Observations, &Observations::end>("end"),
    field<Observations, &Observations::updates>("updates"),
    field<Observations, &Observations::connections_mean>("connections_mean"),
    field<Observations, &Observations::connections_peak>("connections_peak"),
    field<Observations, &Observations::held_mean>("held_mean"),
    field<Observations, &Observations::workers_mean>("workers_mean"),
    field<Observations, &Observations::workers_peak>("workers_peak"),
    field<Observations, &Observations::requests_arrived>("requests_arrived"),
    field<Observations, &Observations::bytes>("bytes"),
    field<Observations, &Observations::connections_opened>("connections_opened"),
    field<Observations, &Observations::streams_opened>("streams_opened"),
    field<Observations, &Observations::streams_never_opened>("streams_never_opened"),
    field<Observations, &Observations::reconnects>("reconnects"),
    field<Observations, &Observations::reconnects_peak>("reconnects_peak"),
    field<Observations, &Observations::streams_given_up>("streams_given_up"),
    field<Observations, &Observations::recovery>("recovery"),
    field<Observations, &Observations::events>("events"),
    field<Observations, &Observations::open_connections>("open_connections"),
    field<Observations, &Observations::waiting_requests>("waiting_requests"),
    field<Observations, &Observations::workers_busy>("workers_busy"),
    field<Observations, &Observations::hop_connections>("hop_connections"),
    field<Observations, &Observations::hop_queues>("hop_queues"),
};

constexpr Field<RequestRecord> record_fields[] = {
    field<RequestRecord, &RequestRecord::id>("id"),
    field<RequestRecord, &RequestRecord::flow>("flow"),
    field<RequestRecord, &RequestRecord::user>("user"),
    field<RequestRecord, &RequestRecord::tab>("tab"),
    field<RequestRecord, &RequestRecord::row>("row"),
    field<RequestRecord, &RequestRecord::name>("name"),
    field<RequestRecord, &RequestRecord::kind>("kind"),
    field<RequestRecord, &RequestRecord::outcome>("outcome"),
    field<RequestRecord, &RequestRecord::reused>("reused"),
    field<RequestRecord, &RequestRecord::status>("status"),
    field<RequestRecord, &RequestRecord::connection>("connection"),
    field<RequestRecord, &RequestRecord::attempts>("attempts"),
    field<RequestRecord, &RequestRecord::created>("created"),
    field<RequestRecord, &RequestRecord::granted>("granted"),
    field<RequestRecord, &RequestRecord::reached>("reached"),
    field<RequestRecord, &RequestRecord::arrived>("arrived"),
    field<RequestRecord, &RequestRecord::began>("began"),
    field<RequestRecord, &RequestRecord::answered>("answered"),
    field<RequestRecord, &RequestRecord::opened>("opened"),
    field<RequestRecord, &RequestRecord::finished>("finished"),
    field<RequestRecord, &RequestRecord::connecting>("connecting"),
    field<RequestRecord, &RequestRecord::between_hops>("between_hops"),
};

constexpr Field<Arrival> arrival_fields[] = {
    field<Arrival, &Arrival::request>("request"),
    field<Arrival, &Arrival::name>("name"),
    field<Arrival, &Arrival::time>("time"),
};

template <class Structure, std::size_t Count>
SavedJson object_of(const Structure& structure, const Field<Structure> (&fields)[Count]) {
  SavedJson object = SavedJson::object();
  for (const Field<Structure>& one : fields) object[std::string(one.name)] = one.get(structure);
  return object;
}

template <class Structure, std::size_t Count>
void restore(const SavedJson& object, Structure& structure,
             const Field<Structure> (&fields)[Count]) {
  for (const Field<Structure>& one : fields) one.set(structure, object.at(std::string(one.name)));
}

/// Many of one kind: the names once, then a row of values for each.
template <class Structure, std::size_t Count>
SavedJson table_of(const std::vector<Structure>& all, const Field<Structure> (&fields)[Count]) {
  SavedJson columns = SavedJson::array();
  for (const Field<Structure>& one : fields) columns.push_back(one.name);
  SavedJson rows = SavedJson::array();
  for (const Structure& structure : all) {
    SavedJson row = SavedJson::array();
    for (const Field<Structure>& one : fields) row.push_back(one.get(structure));
    rows.push_back(std::move(row));
  }
  return {{"columns", std::move(columns)}, {"rows", std::move(rows)}};
}

/// Columns are found by their names: later versions may add some.
template <class Structure, std::size_t Count>
void restore(const SavedJson& table, std::vector<Structure>& all,
             const Field<Structure> (&fields)[Count]) {
  const auto names = table.at("columns").get<std::vector<std::string>>();
  std::size_t places[Count];
  for (std::size_t i = 0; i < Count; ++i) {
    places[i] = static_cast<std::size_t>(std::ranges::find(names, fields[i].name) - names.begin());
  }
  for (const SavedJson& row : table.at("rows")) {
    Structure& structure = all.emplace_back();
    for (std::size_t i = 0; i < Count; ++i) fields[i].set(structure, row.at(places[i]));
  }
}

void check(const scenarios::VariantResult& result) {
  const auto flows = static_cast<std::int32_t>(result.variant.scenario.world.requests.size());
  for (const RequestRecord& record : result.sample.records) {
    const bool known = record.flow >= models::page_traffic && record.flow < flows;
    if (!known || record.tab < 0) throw NotSaved("a request of an unknown flow");
  }
}

}  // namespace

SavedJson detail_of(const scenarios::VariantResult& result) {
  SavedJson detail = SavedJson::object();
  detail["flows"] = SavedJson::array();
  for (const FlowStatistics& flow : result.flows) {
    detail["flows"].push_back(object_of(flow, flow_fields));
  }
  detail["sample"] = object_of(result.sample, sample_fields);
  detail["requests"] = table_of(result.sample.records, record_fields);
  detail["arrivals"] = table_of(result.sample.arrivals, arrival_fields);
  return detail;
}

void restore_detail(const SavedJson& detail, scenarios::VariantResult& result) {
  const SavedJson& flows = detail.at("flows");
  result.flows.assign(result.variant.scenario.world.requests.size(), {});
  if (flows.size() != result.flows.size()) throw NotSaved("another number of flows");
  for (std::size_t i = 0; i < result.flows.size(); ++i) {
    restore(flows.at(i), result.flows[i], flow_fields);
  }
  restore(detail.at("sample"), result.sample, sample_fields);
  restore(detail.at("requests"), result.sample.records, record_fields);
  restore(detail.at("arrivals"), result.sample.arrivals, arrival_fields);
  check(result);
}

}  // namespace sixslots::reports

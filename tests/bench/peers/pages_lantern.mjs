// Pages in the simulator of Lighthouse: a document, then so many answers of 20 kB from one origin,
// round trip 40 ms, 1 Gbit/s. Prints a line of JSON for each page: requests a second of processor
// time, garbage collection included, in the fastest stretch of at least 0.2 of one second.
//   node pages_lantern.mjs FOLDER [NAME...]    FOLDER of @paulirish/trace_engine; these benchmarks,
//                                              otherwise all

import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const [folder, ...wanted] = process.argv.slice(2);
const {Graph, Simulation} =
    await import(pathToFileURL(`${folder}/models/trace/lantern/lantern.js`));
const {version} = JSON.parse(readFileSync(`${folder}/package.json`));

function request(id, protocol, size, resourceType) {
  const url = `https://app.test/${id}`;
  return {
    requestId: String(id), url, protocol, resourceType, transferSize: size, resourceSize: size,
    parsedURL: {scheme: 'https', host: 'app.test', securityOrigin: 'https://app.test'},
    connectionId: '1', connectionReused: id > 0, priority: 'High', statusCode: 200,
    rendererStartTime: 0, networkRequestTime: 0, responseHeadersEndTime: 0, networkEndTime: 1,
    initiator: {type: 'script'}, finished: true, failed: false, fromDiskCache: false,
  };
}

function page(requests, protocol) {
  const root = new Graph.NetworkNode(request(0, protocol, 20_000, 'Document'));
  root.setIsMainDocument(true);
  for (let i = 1; i <= requests; ++i) {
    root.addDependent(new Graph.NetworkNode(request(i, protocol, 20_000, 'Fetch')));
  }
  return root;
}

function processorSeconds() {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e6;
}

function measure(requests, protocol) {
  const options = {rtt: 40, throughput: 1e9, additionalRttByOrigin: new Map(),
                   serverResponseTimeByOrigin: new Map([['https://app.test', 30]])};
  // From the list of requests on, as sixslots starts from its specification of the page.
  const simulate = () => new Simulation.Simulator(options).simulate(page(requests, protocol));
  const warm = processorSeconds();
  while (processorSeconds() - warm < 0.5) simulate();  // until it is compiled
  const begin = processorSeconds();
  let fastest = 0;
  for (let from = begin, pages = 0; from - begin < 1;) {
    simulate();
    ++pages;
    const now = processorSeconds();
    if (now - from < 0.2) continue;
    fastest = Math.max(fastest, pages * requests / (now - from));
    from = now;
    pages = 0;
  }
  return fastest;
}

for (const [name, protocol] of [['http1', 'http/1.1'], ['http2', 'h2']]) {
  for (const requests of [50, 1000, 20_000]) {
    const benchmark = `page_of_answers/${name}/${requests}`;
    if (wanted.length > 0 && !wanted.includes(benchmark)) continue;
    console.log(JSON.stringify({
      peer: `Lantern ${version}`, name: benchmark, per_second: measure(requests, protocol),
    }));
  }
}

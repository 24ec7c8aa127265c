import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { importHar, openDevTools } from './devtools.mjs';
import { output, reports, write } from './reports.mjs';

const require = createRequire(import.meta.url);

function validator() {
  const ajv = new (require('ajv'))({ allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-06.json'));
  Object.values(require('har-schema')).forEach((schema) => ajv.addSchema(schema));
  return ajv.getSchema('har.json#');
}

// The simulated requests of the variant that the HAR is of: the one with the same calls.
function simulated(report, har) {
  const lines = readFileSync(write(report, 'jsonl'), 'utf8').trim().split('\n').map(JSON.parse);
  const variants = new Map();
  for (const line of lines) variants.set(line.variant, [...(variants.get(line.variant) ?? []), line]);
  const starts = har.log.entries.map((entry) => entry._sixslots.t_us).join();
  const same = [...variants.values()].filter((requests) =>
    requests.map((request) => Math.floor(request.created * 1e6 + 1e-4)).join() === starts &&
    requests.every((request, i) => request.never_sent === har.log.entries[i]._sixslots.neverSent));
  assert.ok(same.length > 0, 'no variant has these requests');
  return same[0];
}

for (const report of reports) {
  test(`the HAR of "${report.name}" is valid, and its blocked time is the simulated stall`, () => {
    const har = JSON.parse(readFileSync(write(report, 'har'), 'utf8'));
    const validate = validator();
    assert.ok(validate(har), JSON.stringify(validate.errors?.slice(0, 3)));
    simulated(report, har).forEach((request, i) => {
      const { blocked } = har.log.entries[i].timings;
      const sent = request.granted !== null;
      const stalled = sent ? Math.max(request.stalled, 1e-6) : request.stalled;
      assert.ok(Math.abs(blocked - stalled * 1e3) < 1e-6, `${blocked} ms`);
    });
  });
}

let devtools;
before(async () => { devtools = await openDevTools(); });
after(async () => { await devtools.browser.close(); });

for (const name of ['page', 'storm']) {
  test(`DevTools imports the HAR of "${name}" and shows the simulated stall as Stalled`, async () => {
    const report = reports.find((one) => one.name === name);
    const text = readFileSync(write(report, 'har'), 'utf8');
    const shown = await importHar(devtools.page, text);
    const requests = simulated(report, JSON.parse(text));
    assert.equal(shown.length, requests.length);
    requests.forEach((request, i) => {
      assert.equal(shown[i].type, request.type);
      assert.equal(shown[i].connection, request.connection === null ? '' : `${request.connection}`);
      // DevTools adds the parts to seconds since 1970, which leaves six digits.
      const stalled = shown[i].parts.blocking ?? 0;
      assert.ok(Math.abs(stalled - request.stalled) < 3e-6, `${stalled} s, not ${request.stalled} s`);
    });
    await devtools.page.screenshot({ path: join(output, `${name}-devtools.png`) });
  });
}

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch } from './chromium.mjs';
import { output, pages, reports, write } from './reports.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const desktop = { width: 1040, height: 900 };
const phone = { width: 420, height: 900 };

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// Opens a report and notes everything that it asks for or says.
async function open(file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { noise.push('dialog'); dialog.dismiss(); });
  page.on('request', (request) => {
    const own = request.url() === pathToFileURL(file).href || request.url().startsWith('data:');
    if (!own) noise.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, noise, close: () => context.close() };
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}

// Texts of a drawing that lie above each other or outside of it.
const collisions = () => [...document.querySelectorAll('svg[role=img]')].flatMap((svg) => {
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const texts = [...svg.querySelectorAll('text')].map((text) => ({ at: text.getBBox(), text: text.textContent }));
  const title = svg.querySelector('title').textContent;
  const wrong = [];
  for (const { at, text } of texts) {
    const inside = at.x > -1 && at.y > -1 && at.x + at.width < width + 1 && at.y + at.height < height + 1;
    if (!inside) wrong.push(`${title}: "${text}" leaves the drawing`);
  }
  const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x ||
    a.y + a.height - 2.5 <= b.y || b.y + b.height - 2.5 <= a.y;
  for (let i = 0; i < texts.length; ++i) {
    for (let j = 0; j < i; ++j) {
      if (!apart(texts[i].at, texts[j].at)) wrong.push(`${title}: "${texts[i].text}" on "${texts[j].text}"`);
    }
  }
  return wrong;
});

for (const report of [...reports, ...pages]) {
  test(`the report "${report.name}" is clean in every light and on paper`, async () => {
    const file = write(report, 'html');
    for (const colorScheme of ['light', 'dark']) {
      const { page, noise, close } = await open(file, { colorScheme, viewport: desktop });
      await page.screenshot({ path: join(output, `${report.name}-${colorScheme}.png`), fullPage: true });
      assert.deepEqual(await page.evaluate(collisions), []);
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), desktop.width);
      assert.deepEqual(noise, []);
      await page.pdf({ path: join(output, `${report.name}-${colorScheme}.pdf`), preferCSSPageSize: true });
      await page.emulateMedia({ media: 'print' });
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, 'rgb(255, 255, 255)');
      await close();
    }
  });
}

test('a phone can read the report', async () => {
  const file = write(reports[0], 'html');
  const { page, noise, close } = await open(file, { viewport: phone });
  await page.screenshot({ path: join(output, 'page-phone.png'), fullPage: true });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), phone.width);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(noise, []);
  await close();
});

test('the report says the same without JavaScript', async () => {
  const file = write(reports[0], 'html');
  const plain = await open(file, { javaScriptEnabled: false });
  const scripted = await open(file, {});
  const text = await scripted.page.textContent('main');
  assert.equal(await plain.page.textContent('main'), text);
  assert.match(await plain.page.textContent('h1'), /clicks never reach the server/);
  assert.match(text, /never sent/);
  await plain.close();
  await scripted.close();
});

test('the page of the first lesson is small', () => {
  const { size } = statSync(write(reports[0], 'html'));
  assert.ok(size < 200_000, `${size} bytes`);
});

test('names are text, whatever they are', async () => {
  const { page, close } = await open(write(reports.at(-1), 'html'), {});
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('script').count(), 1);
  assert.match(await page.textContent('.kicker'), /^<script>alert\('title'\)<\/script> "quoted" & עברית 🙂/);
  await close();
});

// Chromium's own DevTools, opened on an empty page.
import { createServer } from 'node:net';
import { launch } from './chromium.mjs';

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function openDevTools() {
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`, '--remote-allow-origins=*']);
  await (await browser.newPage()).goto('about:blank');
  const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const { id } = targets.find(({ type, url }) => type === 'page' && url === 'about:blank');
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  await page.goto('devtools://devtools/bundled/devtools_app.html' +
    `?ws=127.0.0.1:${port}/devtools/page/${id}&panel=network`);
  await page.getByRole('tab', { name: 'Network' }).waitFor();
  return { browser, page };
}

// What the Network panel makes of a HAR: each request with the parts of its time, in seconds.
export const importHar = (page, har) => page.evaluate(async (text) => {
  const network = await import('./panels/network/network.js');
  const ui = await import('./ui/legacy/legacy.js');
  const logs = await import('./models/logs/logs.js');
  const times = await import('./models/network_time_calculator/network_time_calculator.js');
  await ui.ViewManager.ViewManager.instance().showView('network');
  const view = network.NetworkPanel.NetworkPanel.instance().networkLogView;
  await view.onLoadFromFile(new File([text], 'page.har'));
  return logs.NetworkLog.NetworkLog.instance().requests().map((request) => ({
    url: request.url(),
    type: request.resourceType().name(),
    connection: request.connectionId,
    parts: Object.fromEntries(times.calculateRequestTimeRanges(request, 0)
      .map(({ name, start, end }) => [name, end - start])),
  }));
}, har);

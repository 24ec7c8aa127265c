import { chromium } from 'playwright-core';

// The sandbox needs privileges that containers and root do not have; the pages are our own.
export const launch = (args = []) =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...args] });

// What the tests look at: command lines of sixslots, and where their files go.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const output = process.env.SIXSLOTS_OUTPUT;
const root = fileURLToPath(new URL('../..', import.meta.url));
const lesson = 'scenarios/course/01-the-button-that-hangs.toml';
const here = (name) => join('tests/browser', name);

export const reports = [
  { name: 'page', words: [lesson] },
  { name: 'sweep', words: [lesson, '--set', 'hop.0.protocol=http/1.1', '--vary', 'page.rows=1:12'] },
  {
    name: 'matrix',
    words: [lesson, '--vary', 'network.rtt=10ms,50ms,200ms', '--set', 'page.design=stream-per-row'],
  },
  {
    name: 'frontier',
    words: [lesson, '--set', 'hop.0.protocol=http/1.1', '--vary', 'page.rows=1:8', '--vary',
      'browser.tabs=1:4', '--vary', 'page.design=stream-per-row,polling', '--replications', '3'],
  },
  { name: 'paths', words: ['scenarios/templates/which-path.toml'] },
  { name: 'storm', words: [here('storm.toml')] },
  { name: 'hostile', words: [here('hostile.toml')] },
];

// What other commands write has no other formats.
export const pages = [
  { name: 'curves', command: 'sweep', words: [lesson, '--vary', 'page.rows=1:12', '--replications', '5'] },
  {
    name: 'plan', command: 'plan',
    words: [lesson, '--max', 'page.rows=1:64', '--keep', 'click.starved == 0', '--frontier', 'browser.tabs=1:4',
      '--vary', 'page.design=stream-per-row,single-stream', '--replications', '3'],
  },
  { name: 'comparison', command: 'compare', words: [lesson] },
];

// Exit status 1 says that an expectation does not hold, which is no matter here.
export function sixslots(words) {
  try {
    return execFileSync(process.env.SIXSLOTS, words, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
}

export function write(report, format) {
  const file = join(output, `${report.name}.${format}`);
  sixslots([report.command ?? 'run', ...report.words, '--quiet', `--${format}`, file]);
  return file;
}

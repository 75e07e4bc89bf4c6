import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

const line = (level: number, msg: string): string => `${JSON.stringify({ level, time: 0, msg })}\n`;

function stage() {
  const sandbox = createSandbox();
  sandbox.write('openclaw.json', { logging: { file: '~/.openclaw/gateway.log' } });
  sandbox.write('gateway.log', line(30, 'one') + line(40, 'two') + 'a crash\n' + line(20, 'three') + line(50, 'four'));
  return { ...sandbox, file: join(sandbox.home, '.openclaw/gateway.log') };
}

test('shows the last lines of logging.file for people', async () => {
  const { openclaw } = stage();
  const { code, stdout } = await openclaw(['logs', '--lines', '3']);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\d\d:00:00/g, 'TIME')).toBe('a crash\nTIME debug three\nTIME ERROR four\n');
});

test('filters by level and text; a line without a level always counts as an error', async () => {
  const { openclaw } = stage();
  const severe = await openclaw(['logs', '--level', 'warn']);
  expect(severe.stdout.replaceAll(/\d\d:00:00/g, 'TIME')).toBe('TIME WARN two\na crash\nTIME ERROR four\n');
  expect((await openclaw(['logs', '--match', 'thr'])).stdout).toMatch(/three\n$/);
});

test('--json prints one document per line', async () => {
  const { openclaw } = stage();
  const { stdout } = await openclaw(['logs', '--json', '-n', '3']);
  const documents = stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as object);
  expect(documents).toEqual([
    { msg: 'a crash' },
    { level: 20, time: 0, msg: 'three' },
    { level: 50, time: 0, msg: 'four' },
  ]);
});

test('--follow shows what is added, and starts again with a truncated file', async () => {
  const { openclaw, file } = stage();
  const abort = new AbortController();
  let shown = '';
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  const until = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      if (pattern.test(shown)) resolve();
      else waiting.push({ pattern, resolve });
    });
  const stdout = {
    write(text: string) {
      shown += text;
      for (const { pattern, resolve } of waiting) if (pattern.test(shown)) resolve();
    },
  };
  const running = openclaw(['logs', '-f', '-n', '1'], { interruption: () => abort.signal, stdout });
  await until(/four/);
  appendFileSync(file, line(30, 'five').slice(0, 10));
  appendFileSync(file, line(30, 'five').slice(10));
  await until(/five/);
  writeFileSync(file, line(30, 'six'));
  await until(/six/);
  abort.abort();
  expect((await running).code).toBe(0);
});

test('without a log, the next commands are shown', async () => {
  const { code, stderr } = await createSandbox().openclaw(['logs']);
  expect(code).toBe(1);
  expect(stderr).toContain('Next: openclaw config set logging.file ~/.openclaw/gateway.log');
});

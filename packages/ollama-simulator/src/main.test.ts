import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readJson } from '../test/simulator-client.ts';

const run = (...words: string[]) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...words]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
};

test('serves until it is stopped, and says that it is simulated', async () => {
  const child = run('--port', '0', '--model', 'a', '--model', 'b:7b', '--release', '0.12.6');
  const [line] = await once(child.stdout, 'data');
  const [, url] = /^SIMULATED Ollama at (\S+) with a:latest, b:7b\./.exec(String(line)) ?? [];
  expect(await readJson(fetch(`${url}/api/version`))).toEqual({ version: '0.12.6-simulated' });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  { words: ['--port', 'x'], message: '--port takes a number from 0 to 65535, not "x".' },
  { words: ['--release', '0.1.0', '--port', '0'], message: 'Ollama 0.1.0 is not simulated. Choose 0.5.2 or later.' },
])('refuses $words in one line', async ({ words, message }) => {
  const child = run(...words);
  const [line] = await once(child.stderr, 'data');
  expect(String(line)).toBe(`ollama-simulator: ${message}\n`);
  expect(await once(child, 'exit')).toEqual([1, null]);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

const SCHEMA = {
  type: 'object',
  properties: { rivers: { type: 'array', items: { type: 'string' } } },
  required: ['rivers'],
};

async function start() {
  const simulator = await startOllamaSimulator({ models: ['gpt-oss:20b'] });
  onTestFinished(() => simulator.close());
  const sandbox = createSandbox({ OLLAMA_HOST: simulator.url });
  writeFileSync(join(sandbox.home, 'my list.json'), JSON.stringify(SCHEMA));
  const ask = (...more: string[]) =>
    sandbox.openclaw(['agent', 'Name rivers', '--model', 'ollama/gpt-oss:20b', '--schema', 'my list.json', ...more]);
  return { simulator, ask, ...sandbox };
}

test('standard output is one JSON value that matches the schema', async () => {
  const { simulator, ask } = await start();
  simulator.enqueue('{"rivers":["Rhine"]}');
  const { code, stdout } = await ask();
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{\n  "rivers": [\n    "Rhine"\n  ]\n}\n' });
  expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { name: 'my_list', schema: SCHEMA } },
  });
});

test('--json has the value beside the text', async () => {
  const { simulator, ask } = await start();
  simulator.enqueue('{"rivers":[]}');
  const { stdout } = await ask('--json');
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: { rivers: [] }, text: '{"rivers":[]}' });
});

test('an answer that never matches is a failure, and nothing is printed', async () => {
  const { simulator, ask } = await start();
  simulator.enqueue('no', 'no');
  const { code, stdout } = await ask();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('an answer that was cut off is a failure that says so', async () => {
  const { simulator, ask } = await start();
  simulator.enqueue({ steps: [{ text: '{"rivers":["Rh' }], finishReason: 'length' });
  const { code, stdout, stderr } = await ask();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('was cut off at the token limit');
});

test.each([
  ['nope.json', undefined, 'The schema'],
  ['list.json', '[]', 'it must be an object'],
  ['broken.json', '{', 'is not JSON'],
])('the schema %s with %j is a failure', async (name, text, message) => {
  const { openclaw, home } = await start();
  if (text !== undefined) writeFileSync(join(home, name), text);
  const { code, stderr } = await openclaw(['agent', 'hi', '--schema', name]);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});

test('openclaw config alone validates the configuration', async () => {
  const { openclaw, write } = await start();
  write('openclaw.json', { gateway: { prot: 1 } });
  const { code, stdout } = await openclaw(['config']);
  expect(code).toBe(78);
  expect(stdout).toContain('did you mean `port`?');
});

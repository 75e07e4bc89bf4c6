import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { deleteModel } from './delete-model.ts';
import { describeModel } from './describe-model.ts';
import { pullModel } from './pull-model.ts';

const LINES = [
  { status: 'pulling manifest' },
  { status: 'pulling 6a0746a1ec1a', digest: 'sha256:6a07', total: 1000, completed: 400 },
  { status: 'pulling 6a0746a1ec1a', digest: 'sha256:6a07', total: 1000, completed: 1000 },
  { status: 'verifying sha256 digest' },
  { status: 'success' },
];

const ndjson = (lines: readonly object[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

async function start(
  bytes: Uint8Array,
  { slices = 'whole', ending = 'end' }: { slices?: number | 'whole'; ending?: 'end' | 'cut' | 'stall' } = {},
): Promise<OllamaSimulator> {
  const recording = { bytes, slices, ending, status: 200, contentType: 'application/x-ndjson', headers: {} };
  const simulator = await startOllamaSimulator({
    intercept: ({ path }) => (path === '/api/pull' ? { recording } : undefined),
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

async function pull(baseUrl: string, signal?: AbortSignal) {
  const steps = [];
  for await (const step of pullModel({ baseUrl, model: 'qwen3:8b', signal })) steps.push(step);
  return steps;
}

test.each(['whole', 1, 7] as const)('reads the progress of a download (in slices: %s)', async (slices) => {
  const { url, journal } = await start(ndjson(LINES), { slices });
  expect(await pull(url)).toEqual([
    { status: 'pulling manifest' },
    { status: 'pulling 6a0746a1ec1a', digest: 'sha256:6a07', totalBytes: 1000, completedBytes: 400 },
    { status: 'pulling 6a0746a1ec1a', digest: 'sha256:6a07', totalBytes: 1000, completedBytes: 1000 },
    { status: 'verifying sha256 digest' },
    { status: 'success' },
  ]);
  expect(journal.of('/api/pull')[0]?.body).toEqual({ model: 'qwen3:8b', stream: true });
});

test('an error in the stream is a failure, in the words of the server', async () => {
  const { url } = await start(ndjson([LINES[0]!, { error: 'pull model manifest: file does not exist' }]));
  await expect(pull(url)).rejects.toMatchObject({
    code: 'server-error',
    message: 'qwen3:8b could not be pulled: pull model manifest: file does not exist.',
  });
});

test.each(['end', 'cut'] as const)('a stream that ends too early (%s) is no success', async (ending) => {
  const { url } = await start(ndjson(LINES.slice(0, 3)), { ending });
  await expect(pull(url)).rejects.toMatchObject({ code: 'connection-failed' });
});

test('an aborted download closes the connection, so that the server stops', async () => {
  const { url, journal } = await start(ndjson(LINES.slice(0, 2)), { ending: 'stall' });
  const abort = new AbortController();
  const pulling = pull(url, abort.signal);
  pulling.catch(() => undefined);
  await journal.waitFor(({ phase }) => phase === 'stalled');
  abort.abort();
  await expect(pulling).rejects.toMatchObject({ code: 'aborted' });
  await journal.waitForClientLeft();
});

test('deletes a model; a missing one is a failure', async () => {
  const simulator = await startOllamaSimulator({
    intercept: ({ path, body }) =>
      path !== '/api/delete'
        ? undefined
        : {
            http:
              (body as { model: string }).model === 'qwen3:8b'
                ? {}
                : { status: 404, body: { error: 'model not found' } },
          },
  });
  onTestFinished(() => simulator.close());
  await deleteModel({ baseUrl: simulator.url, model: 'qwen3:8b' });
  expect(simulator.journal.entries[0]?.method).toBe('DELETE');
  await expect(deleteModel({ baseUrl: simulator.url, model: 'nope' })).rejects.toThrow('404: model not found');
});

test('describes a model with its size', async () => {
  const simulator = await startOllamaSimulator({ models: [{ name: 'llama3.3', contextLength: 131_072 }] });
  onTestFinished(() => simulator.close());
  const model = await describeModel({ baseUrl: simulator.url, model: 'llama3.3' });
  expect(model).toMatchObject({ name: 'llama3.3:latest', contextLength: 131_072, tools: true });
  expect(model.sizeBytes).toBeGreaterThan(0);
  await expect(describeModel({ baseUrl: simulator.url, model: 'nope' })).rejects.toThrow('404');
});

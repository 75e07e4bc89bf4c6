import { expect, test, vi } from 'vitest';
import { startScripted } from './scripted-runtime.ts';
import { say, startStack } from './start-stack.ts';
import type { Stack } from './start-stack.ts';

/** A stack whose only permit is taken. */
async function startBusy(): Promise<Stack & { readonly first: Promise<Response> }> {
  const stack = await startStack({
    config: { models: { providers: { ollama: { maxConcurrent: 1 } } } },
    simulator: {
      reply: ({ lastMessage }) => (lastMessage === 'first' ? [{ stall: true }, { text: 'Done.' }] : 'Done.'),
    },
  });
  const first = stack.chat({ messages: say('first') });
  await stack.simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  return { ...stack, first };
}

const queued = ({ runtime }: Stack, count: number) =>
  vi.waitFor(() => expect(runtime.loads()).toMatchObject([{ queued: count }]), { timeout: 45_000 });

test('an interactive request starts before a batch request that was queued earlier', async () => {
  const stack = await startBusy();
  const batch = stack.chat({ messages: say('batch') }, { headers: { 'x-openclaw-priority': 'batch' } });
  await queued(stack, 1);
  const interactive = stack.chat({ messages: say('interactive') });
  await queued(stack, 2);
  const metrics = await (await fetch(`${stack.gateway.url}/metrics`)).text();
  for (const priority of ['interactive', 'batch'])
    expect(metrics).toContain(
      `openclaw_queue_requests{provider="ollama",endpoint="",model="gpt-oss:20b",priority="${priority}"} 1`,
    );
  const status = await (await fetch(`${stack.gateway.url}/status`)).json();
  expect(status).toMatchObject({
    loads: [{ models: [{ model: 'gpt-oss:20b', running: 1, queued: { interactive: 1, batch: 1 } }] }],
  });
  stack.simulator.release();
  const responses = await Promise.all([stack.first, batch, interactive]);
  expect(responses.map((response) => response.status)).toEqual([200, 200, 200]);
  const order = stack.simulator.journal.entries.flatMap(
    ({ rawBody }) => /first|batch|interactive/.exec(rawBody)?.[0] ?? [],
  );
  expect(order).toEqual(['first', 'interactive', 'batch']);
});

test('a request that cannot start in time gets 503 with retry-after, and leaves the circuit closed', async () => {
  const stack = await startBusy();
  const late = await stack.chat({ messages: say('late') }, { headers: { 'x-openclaw-queue-timeout-ms': '1' } });
  expect(late.status).toBe(503);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await late.text()).toContain('cannot start before its deadline');
  expect(stack.runtime.circuits()).toEqual([]);
  stack.simulator.release();
  expect((await stack.first).status).toBe(200);
});

test.each([
  ['/v1/chat/completions', {}],
  ['/v1/messages', { max_tokens: 10 }],
  ['/v1/responses', { input: 'Hi' }],
  ['/api/chat', {}],
])('%s reads session, priority and timeout of a request', async (path, fields) => {
  const { gateway, runtime } = await startScripted();
  const response = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'session-id': 'b7c1', 'x-openclaw-priority': 'batch', 'x-openclaw-queue-timeout-ms': '5000' },
    body: JSON.stringify({ model: 'ollama/gpt-oss:20b', messages: say('Hi'), ...fields }),
  });
  expect(response.status).toBe(200);
  expect(runtime.requests).toMatchObject([{ session: 'b7c1', priority: 'batch', startWithinMs: 5000 }]);
});

test('an unknown priority is refused in the words of the client API', async () => {
  const { gateway } = await startScripted();
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-openclaw-priority': 'high' },
    body: JSON.stringify({ model: 'ollama/gpt-oss:20b', messages: say('Hi'), max_tokens: 10 }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: {
      type: 'invalid_request_error',
      message: 'The header x-openclaw-priority is "high". Send "interactive" or "batch".',
    },
  });
});

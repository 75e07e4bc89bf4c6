import { openEventStream } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderRequest, StreamEvent } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { collectEvents, joinDeltas } from './collect-events.ts';
import type { JoinedAnswer } from './collect-events.ts';
import type { ConformanceScenario, ConformanceServer, ProviderConformanceOptions } from './conformance-scenario.ts';

const TOOLS: ProviderRequest['tools'] = ['get_weather', 'read_file'].map((name) => ({
  name,
  parameters: { type: 'object' },
}));
/** Characters of one to four bytes, combined ones and a pair of surrogates. */
const EVERY_WIDTH = 'aé€😀 नमस्ते 👩‍👩‍👧 "quoted" \\ \u2028 <b>&amp;</b>\n\ttab';

/** Tests that every provider must pass, whatever its API. Each test also checks the grammar of `StreamEvent`. */
export function describeProviderConformance(
  name: string,
  { start, streaming = [true, false] }: ProviderConformanceOptions,
): void {
  for (const streamed of streaming) {
    describe(`${name}, asked for ${streamed ? 'a stream' : 'one body'}`, () => {
      describeAnswers(start, streamed);
      describeFailures(start, streamed);
      describeLeaving(start, streamed);
    });
  }
}

function describeAnswers(start: ProviderConformanceOptions['start'], streaming: boolean): void {
  test('says what the model said, and which model it was', async () => {
    const { answer, server } = await play({ steps: [{ text: 'Good ' }, { text: 'morning.' }] });

    expect(answer).toMatchObject({
      model: server.model,
      text: 'Good morning.',
      reasoning: '',
      calls: [],
      finish: 'stop',
    });
  });

  test('keeps reasoning apart from text, and before it', async () => {
    const { answer } = await play({ steps: [{ reasoning: 'Greet ' }, { reasoning: 'them.' }, { text: 'Hello.' }] });

    expect(answer.said).toEqual([{ reasoning: 'Greet them.' }, { text: 'Hello.' }]);
  });

  test('keeps parallel calls apart, equal ones too', async () => {
    const calls = [
      { id: 'call_a', name: 'get_weather', argumentsText: '{"city":"Oslo"}' },
      { id: 'call_b', name: 'read_file', argumentsText: '{"path":"a.txt"}' },
      { id: 'call_c', name: 'read_file', argumentsText: '{"path":"a.txt"}' },
    ];
    const steps = [{ text: 'Let me look.' }, ...calls.map((toolCall) => ({ toolCall }))];
    const { answer, server } = await play({ steps });

    const sent = calls.map(({ id, ...call }) => (server.assignsCallIds === true ? call : { id, ...call }));
    expect(answer).toMatchObject({ text: 'Let me look.', calls: sent, finish: 'tool-calls' });
    expect(new Set(answer.calls.map(({ id }) => id)).size).toBe(calls.length);
  });

  test('gives calls ids of their own when the server sent none', async () => {
    const toolCall = { name: 'get_weather', argumentsText: '{"city":"Oslo"}' };
    const { answer } = await play({ steps: [{ toolCall }, { toolCall }] });

    expect(answer.calls).toMatchObject([toolCall, toolCall]);
    expect(new Set(answer.calls.map(({ id }) => id)).size).toBe(2);
  });

  test('reads characters that were cut in two on their way', async () => {
    const { answer } = await play({ steps: [{ reasoning: EVERY_WIDTH }, { text: EVERY_WIDTH }], sliceBytes: 1 });

    expect(answer.said).toEqual([{ reasoning: EVERY_WIDTH }, { text: EVERY_WIDTH }]);
  });

  test.skipIf(streaming)('gives a whole answer with one pull', async () => {
    const server = await start({ steps: [{ reasoning: 'Greet them.' }, { text: 'Hello.' }] });
    const stream = openEventStream(server.provider.stream(requestOf(server, streaming)));
    const events = await stream.pull();
    await stream.return();

    expect(joinDeltas(events)).toMatchObject({
      said: [{ reasoning: 'Greet them.' }, { text: 'Hello.' }],
      finish: 'stop',
    });
  });

  test('sends no request before the first event is pulled', async () => {
    const server = await start({ steps: [{ text: 'Hello.' }] });
    const events = server.provider.stream(requestOf(server, streaming));
    const before = server.requests();
    await collectEvents(events);

    expect([before, server.requests()]).toEqual([0, 1]);
  });

  async function play(scenario: ConformanceScenario): Promise<{ answer: JoinedAnswer; server: ConformanceServer }> {
    const server = await start(scenario);
    return { answer: joinDeltas(await collectEvents(server.provider.stream(requestOf(server, streaming)))), server };
  }
}

function describeFailures(start: ProviderConformanceOptions['start'], streaming: boolean): void {
  const statuses: [NonNullable<ConformanceScenario['status']>, ProviderErrorCode][] = [
    [401, 'authentication-failed'],
    [404, 'model-not-found'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'overloaded'],
  ];
  test.each(statuses)('tells a status of %i as %s, and nothing else', async (status, code) => {
    const [event, ...rest] = await play({ status });

    expect(event).toMatchObject({ type: 'error', error: { code, status } });
    expect(rest).toEqual([]);
  });

  test('hands on how long the server wants to be left alone', async () => {
    const [event] = await play({ status: 429, retryAfterSeconds: 7 });

    expect(event).toMatchObject({ error: { retryAfterMs: 7_000 } });
  });

  test('names itself, the model and the URL in its errors', async () => {
    const server = await start({ status: 500 });
    const [event] = await collectEvents(server.provider.stream(requestOf(server, streaming)));

    expect(event).toMatchObject({ error: { provider: server.provider.id, model: server.model } });
    expect(event?.type === 'error' ? event.error.message : '').toMatch(
      new RegExp(`${server.provider.id}.*${server.model}.*http`),
    );
  });

  const endings: [string, ConformanceScenario, readonly ProviderErrorCode[]][] = [
    [
      'an answer with garbage in it',
      { steps: [{ text: 'Half' }, { garbage: true }, { text: 'way' }] },
      ['invalid-response'],
    ],
    ['an answer without its end', { steps: [{ text: 'Half' }, { endEarly: true }] }, ['invalid-response']],
    [
      'an answer in which the server failed',
      { steps: [{ text: 'Half' }, { fail: true }] },
      ['server-error', 'invalid-response'],
    ],
    [
      'a connection that broke',
      { steps: [{ text: 'Half' }, { cut: true }] },
      ['connection-failed', 'invalid-response'],
    ],
  ];
  test.each(endings)('does not take %s for a complete one', async (_title, scenario, codes) => {
    const events = await play(scenario);
    const answer = joinDeltas(events);

    expect(codes).toContain(answer.error?.code);
    expect(streaming ? ['Half', 'Halfway'] : ['', 'Half']).toContain(answer.text);
  });

  async function play(scenario: ConformanceScenario): Promise<StreamEvent[]> {
    const server = await start(scenario);
    return collectEvents(server.provider.stream(requestOf(server, streaming)));
  }
}

function describeLeaving(start: ProviderConformanceOptions['start'], streaming: boolean): void {
  test('sends no request if the signal was aborted before', async () => {
    const server = await start({ steps: [{ text: 'Hello.' }] });
    const events = await collectEvents(
      server.provider.stream(requestOf(server, streaming), { signal: AbortSignal.abort() }),
    );

    expect(events).toMatchObject([{ type: 'error', error: { code: 'aborted' } }]);
    expect(server.requests()).toBe(0);
  });

  // The server sends nothing more and no timeout of the provider expires soon: only cancellation can close the
  // connection.
  const places: [string, ConformanceScenario][] = [
    ['nothing has come yet', { steps: [{ stall: true }, { text: 'Too late.' }] }],
    ['the answer is under way', { steps: [{ text: 'Wait' }, { stall: true }, { text: 'Too late.' }] }],
  ];
  test.each(places)('closes the connection when the signal is aborted while %s', async (_title, scenario) => {
    const server = await start(scenario);
    const controller = new AbortController();
    const reading = collectEvents(server.provider.stream(requestOf(server, streaming), { signal: controller.signal }));
    await server.stalled();
    controller.abort();
    const events = await reading;
    await server.clientLeft();

    expect(events.at(-1)).toMatchObject({ type: 'error', error: { code: 'aborted' } });
  });

  test('closes the connection when the consumer leaves while it waits', async () => {
    const server = await start({ steps: [{ stall: true }, { text: 'Too late.' }] });
    const events = server.provider.stream(requestOf(server, streaming))[Symbol.asyncIterator]();
    const pulled = events.next();
    await server.stalled();
    await events.return?.();
    await server.clientLeft();

    expect((await pulled).value).not.toMatchObject({ type: 'finish' });
  });

  if (!streaming) return;
  test('closes the connection when the consumer breaks out of its loop', async () => {
    const server = await start({ steps: [{ text: 'Wait' }, { stall: true }, { text: 'Too late.' }] });
    for await (const event of server.provider.stream(requestOf(server, streaming))) {
      if (event.type === 'text-delta') break;
    }
    await server.clientLeft();
  });
}

function requestOf({ model }: ConformanceServer, streaming: boolean): ProviderRequest {
  return {
    model,
    messages: [{ role: 'user', content: 'Hello?' }],
    ...(TOOLS !== undefined && { tools: TOOLS }),
    streaming,
  };
}

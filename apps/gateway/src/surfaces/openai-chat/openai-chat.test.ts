import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { StreamEvent } from '@openclaw/provider';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { answer, failure, finish, start, startScripted, text } from '../../../test/scripted-runtime.ts';
import type { Script } from '../../../test/scripted-runtime.ts';

async function open(scripts?: readonly Script[], options: Parameters<typeof startScripted>[1] = {}) {
  const { gateway, runtime } = await startScripted(scripts, options);
  onTestFinished(() => gateway.close());
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 });
  const post = (body: object, init: RequestInit = {}) =>
    fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body), ...init });
  return { gateway, runtime, client, post };
}

const messages = [{ role: 'user' as const, content: 'Hi' }];

test('gives a whole answer as the official client reads it', async () => {
  const { client } = await open([[start, { type: 'reasoning-delta', text: 'hm' }, text('Hel'), text('lo'), finish]]);
  const completion = await client.chat.completions.create({ model: 'openclaw', messages });
  expect(completion).toMatchObject({
    object: 'chat.completion',
    model: 'ollama/gpt-oss:20b',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', content: 'Hello', reasoning: 'hm', reasoning_content: 'hm' },
      },
    ],
    usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
  });
  expect(completion.id).toMatch(/^chatcmpl-.{20,}/);
});

test('knows the older way to name an agent', async () => {
  const { post, runtime } = await open([answer('Hello')]);
  await post({ messages, model: 'openclaw:coder' });
  expect(runtime.requests[0]?.model).toBe('openclaw/coder');
});

test('gives a stream as the official client reads it, tokens counted when asked', async () => {
  const { client } = await open([answer('Hel', 'lo')]);
  const stream = client.chat.completions.stream({
    model: 'openclaw',
    messages,
    stream_options: { include_usage: true },
  });
  const completion = await stream.finalChatCompletion();
  expect(completion.choices[0]?.message.content).toBe('Hello');
  expect(completion.usage?.total_tokens).toBe(17);
});

test('passes the logprobs of a server on, whole and streamed', async () => {
  const token = (word: string) => ({ token: word, logprob: -0.5, bytes: null, top_logprobs: [] });
  const words = ['Hel', 'lo'];
  const script: Script = [start, ...words.map((word) => ({ ...text(word), logprobs: [token(word)] })), finish];
  const { client } = await open([script, script]);
  const request = { model: 'openclaw', messages, logprobs: true };

  const whole = await client.chat.completions.create(request);
  const streamed: unknown[] = [];
  for await (const { choices } of await client.chat.completions.create({ ...request, stream: true }))
    streamed.push(...(choices[0]?.logprobs?.content ?? []));

  expect(whole.choices[0]?.logprobs?.content).toEqual(words.map(token));
  expect(streamed).toEqual(words.map(token));
});

test('writes tool calls of a stream with ids and indexes that fit together', async () => {
  const { client } = await open([
    [
      start,
      { type: 'tool-call-start', id: 'a', name: 'one' },
      { type: 'tool-call-start', id: 'b', name: 'two' },
      { type: 'tool-call-delta', id: 'b', argumentsText: '{"x":' },
      { type: 'tool-call-delta', id: 'a', argumentsText: '{}' },
      { type: 'tool-call-end', id: 'a', name: 'one', argumentsText: '{}' },
      { type: 'tool-call-delta', id: 'b', argumentsText: '1}' },
      { type: 'tool-call-end', id: 'b', name: 'two', argumentsText: '{"x":1}' },
      { type: 'finish', reason: 'tool-calls' },
    ],
  ]);
  const tools = ['one', 'two'].map((name) => ({ type: 'function' as const, function: { name } }));
  const completion = await client.chat.completions.stream({ model: 'openclaw', messages, tools }).finalChatCompletion();
  expect(completion.choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: {
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'one', arguments: '{}' } },
        { id: 'b', type: 'function', function: { name: 'two', arguments: '{"x":1}' } },
      ],
    },
  });
});

test('ends a stream with [DONE] and has no usage that was not asked for', async () => {
  const { post } = await open([answer('Hello')]);
  const body = await (await post({ messages, stream: true })).text();
  expect(body.endsWith('data: [DONE]\n\n')).toBe(true);
  expect(body).not.toContain('usage');
});

test('gives a failure before the first event as a status and an OpenAI error', async () => {
  const { post } = await open([[failure('overloaded', 'All busy.', { retryAfterMs: 2500 })]]);
  for (const stream of [true, false]) {
    const response = await post({ messages, stream });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toEqual({
      error: { message: 'All busy.', type: 'overloaded_error', param: null, code: 'overloaded' },
    });
  }
});

test('sends a failure after the first event as an error event, and does not end as a success', async () => {
  const { post, client } = await open([[start, text('Hel'), failure('connection-failed', 'The server hung up.')]]);
  const body = await (await post({ messages, stream: true })).text();
  expect(body).toContain('data: {"error":{"message":"The server hung up."');
  expect(body).not.toContain('[DONE]');
  expect(body).not.toContain('finish_reason":"stop"');
  const stream = await client.chat.completions.create({ model: 'openclaw', messages, stream: true });
  await expect(async () => {
    for await (const _ of stream);
  }).rejects.toThrow('The server hung up.');
});

test('takes an answer without an end for a failure, whole and streamed', async () => {
  const { post } = await open([[start, text('Hel')]]);
  expect((await post({ messages })).status).toBe(502);
  const body = await (await post({ messages, stream: true })).text();
  expect(body).toContain('"code":"invalid_response"');
  expect(body).not.toContain('[DONE]');
});

test('says who answered, after how many attempts and repairs, and takes a request id over', async () => {
  const failed = { model: 'ollama/a', endpoint: 'http://x', outcome: 'timeout' as const, durationMs: 1 };
  const ok = { model: 'ollama/gpt-oss:20b', endpoint: 'http://x', outcome: 'ok' as const, durationMs: 1 };
  const { post } = await open([
    [
      { type: 'fallback', failed, next: 'ollama/gpt-oss:20b' },
      { type: 'start', model: 'ollama/gpt-oss:20b', attempts: [failed, ok] },
      { type: 'repair', repair: 'reasoning-from-tags', detail: '' },
      text('x'),
      finish,
    ],
  ]);
  const response = await post({ messages }, { headers: { 'x-request-id': 'mine-1' } });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-openclaw-model': 'ollama/gpt-oss:20b',
    'x-openclaw-attempts': '2',
    'x-openclaw-repairs': '1',
    'x-request-id': 'mine-1',
  });
  const streamed = await post({ messages, stream: true });
  expect(streamed.headers.get('x-openclaw-attempts')).toBe('2');
});

test('hides a bug from the client and keeps answering', async () => {
  const boom: Script = async function* () {
    yield start;
    throw new Error('secret internals');
  };
  const { post } = await open([boom, boom, answer('ok')]);
  const response = await post({ messages });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(await (await post({ messages, stream: true })).text()).not.toContain('secret');
  expect((await post({ messages })).status).toBe(200);
});

test('a reader that does not read holds up the model and fills no memory', async () => {
  let pulled = 0;
  const { gateway } = await open([
    async function* () {
      yield start;
      for (; pulled < 5_000; pulled++) yield text('x'.repeat(10_000));
      yield finish;
    },
  ]);
  const socket = connect(gateway.port, '127.0.0.1').pause();
  onTestFinished(() => void socket.destroy());
  const body = JSON.stringify({ messages, stream: true });
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let before;
  do {
    before = pulled;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (pulled === 0 || pulled !== before);
  // What lies in the sockets between the two is all that may have been pulled, of 50 MB.
  expect(pulled).toBeLessThan(2_000);
  socket.resume();
  await new Promise<void>((resolve) => {
    socket.on('data', (data) => data.includes('[DONE]') && resolve());
  });
  expect(pulled).toBe(5_000);
});

test('streams to HTTP/1.0, which proxies speak that know neither chunks nor trailers', async () => {
  const { gateway } = await open([answer('Hello')]);
  const socket = connect(gateway.port, '127.0.0.1');
  const body = JSON.stringify({ messages, stream: true });
  socket.write(
    `POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let reply = '';
  for await (const part of socket) reply += String(part);
  expect(reply).toContain('"content":"Hello"');
  expect(reply.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('tells in a trailer how many mistakes of a streamed answer were put right', async () => {
  const { gateway } = await open([
    [start, { type: 'repair', repair: 'arguments-json', detail: '' }, text('x'), finish],
  ]);
  expect(await streamedTrailers(gateway.url)).toEqual({ 'x-openclaw-repairs': '1' });
});

test('reports what was lost: in a header, in a trailer of a stream, and as a metric', async () => {
  const warning: StreamEvent = { type: 'warning', warning: 'prompt-truncated', detail: 'cut' };
  const { gateway, post } = await open([[start, text('x'), warning, finish]]);
  expect((await post({ messages })).headers.get('x-openclaw-warnings')).toBe('prompt-truncated');
  expect(await streamedTrailers(gateway.url)).toEqual({
    'x-openclaw-repairs': '0',
    'x-openclaw-warnings': 'prompt-truncated',
  });
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toMatch(/openclaw_warnings_total\{kind="prompt-truncated",.*\} 2/);
});

/** The trailers of a streamed answer, which `fetch` does not show. */
function streamedTrailers(url: string): Promise<unknown> {
  const body = JSON.stringify({ messages, stream: true });
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }, (response) => {
      response.resume().on('end', () => resolve(response.trailers));
    });
    request.on('error', reject).end(body);
  });
}

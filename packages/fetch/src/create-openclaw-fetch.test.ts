import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openClient } from '../test/open-client.ts';

const messages = [{ role: 'user' as const, content: 'Weather in Oslo?' }];
const tools = [
  {
    type: 'function' as const,
    function: {
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: {
        type: 'object' as const,
        properties: { city: { type: 'string' as const }, days: { type: 'integer' as const } },
      },
    },
  },
];
/** A call as local models write it. */
const CALL_AS_TEXT = '{"name": "get_weather", "arguments": {"city": "Oslo", "days": "3"}}';

test('answers whole, from the second host', async () => {
  const { client } = await openClient({ reply: () => [{ text: 'Hello!' }] });
  const { data, response, request_id } = await client.chat.completions
    .create({ model: 'openclaw', messages })
    .withResponse();

  expect(data).toMatchObject({ model: 'laptop/gpt-oss:20b', choices: [{ message: { content: 'Hello!' } }] });
  expect(response.headers.get('x-openclaw-attempts')).toBe('2');
  expect(request_id).toBe(data.id);
});

test('answers as a stream, with counted tokens', async () => {
  const { client } = await openClient({ reply: () => [{ text: 'Hel' }, { text: 'lo!' }] });
  const stream = client.chat.completions.stream({
    model: 'openclaw',
    messages,
    stream_options: { include_usage: true },
  });
  const completion = await stream.finalChatCompletion();

  expect(completion.choices[0]?.message.content).toBe('Hello!');
  expect(completion.usage?.total_tokens).toBeGreaterThan(0);
});

test.each([false, true])('a call that the model wrote as text is a tool call, streamed: %s', async (stream) => {
  const { client } = await openClient({ reply: () => [{ text: CALL_AS_TEXT }] });
  const request = { model: 'openclaw', messages, tools };
  const { choices } = stream
    ? await client.chat.completions.stream(request).finalChatCompletion()
    : await client.chat.completions.create(request);

  expect(choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: { tool_calls: [{ function: { name: 'get_weather', arguments: '{"city":"Oslo","days":3}' } }] },
  });
});

test('runs tools over several turns', async () => {
  const { client, simulator } = await openClient({
    reply: ({ messages: sent }) =>
      sent.some(({ role }) => role === 'tool')
        ? [{ text: 'Sunny in Oslo.' }]
        : [{ toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } }],
  });
  const run = client.chat.completions.runTools({
    model: 'openclaw',
    messages,
    tools: [
      {
        type: 'function',
        function: {
          ...tools[0]!.function,
          parse: (text: string): { city: string } => JSON.parse(text),
          function: ({ city }: { city: string }) => `${city}: sunny`,
        },
      },
    ],
  });

  expect(await run.finalContent()).toBe('Sunny in Oslo.');
  expect(JSON.stringify(simulator.journal.entries.map(({ body }) => body))).toContain('Oslo: sunny');
});

test('parses structured output', async () => {
  const { client } = await openClient({ reply: () => [{ text: '{"city":"Oslo","celsius":7}' }] });
  const schema = z.object({ city: z.string(), celsius: z.number() });
  const completion = await client.chat.completions.parse({
    model: 'openclaw',
    messages,
    response_format: zodResponseFormat(schema, 'weather'),
  });

  expect(completion.choices[0]?.message.parsed).toEqual({ city: 'Oslo', celsius: 7 });
});

test('an abort cancels the request, before the answer and during it', async () => {
  const { client, simulator } = await openClient({ reply: () => [{ text: 'Wait' }, { stall: true }] });
  const controller = new AbortController();
  const whole = client.chat.completions.create({ model: 'openclaw', messages }, { signal: controller.signal });
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  controller.abort();
  await expect(whole).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await simulator.journal.waitForClientLeft();

  const stream = await client.chat.completions.create({ model: 'openclaw', messages, stream: true });
  const seen: string[] = [];
  for await (const chunk of stream) {
    seen.push(chunk.choices[0]?.delta.content ?? '');
    if (seen.join('') === 'Wait') stream.controller.abort();
  }
  expect(seen.join('')).toBe('Wait');
  await simulator.journal.waitUntilIdle();
});

test('leaving the loop over a stream cancels the request', async () => {
  const { client, simulator } = await openClient({ reply: () => [{ text: 'Wait' }, { stall: true }] });
  for await (const chunk of await client.chat.completions.create({ model: 'openclaw', messages, stream: true }))
    if (chunk.choices[0]?.delta.content === 'Wait') break;

  await simulator.journal.waitForClientLeft();
});

test('a failure is an error of the client, with code and status', async () => {
  const { client } = await openClient();
  const unknown = client.chat.completions.create({ model: 'laptop/nothing', messages });
  await expect(unknown).rejects.toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
  await expect(unknown).rejects.toBeInstanceOf(OpenAI.NotFoundError);

  const wrong = client.chat.completions.create({ model: 'openclaw', messages: 'Hi' as never });
  await expect(wrong).rejects.toMatchObject({ status: 400, param: 'messages' });

  const down = client.chat.completions.create({ model: 'desktop/gpt-oss:20b', messages, stream: true });
  await expect(down).rejects.toMatchObject({ status: 502, code: 'connection_failed' });
});

test('a failure in the middle of a stream is an error, and no end', async () => {
  const { client } = await openClient({ reply: () => [{ text: 'Half' }, { cut: true }] });
  const stream = await client.chat.completions.create({ model: 'openclaw', messages, stream: true });
  await expect(async () => {
    for await (const _ of stream);
  }).rejects.toBeInstanceOf(OpenAI.APIError);
});

test('lists models and finds one', async () => {
  const { client } = await openClient();
  const { data } = await client.models.list();

  expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(['openclaw', 'laptop/gpt-oss:20b']));
  expect((await client.models.retrieve('laptop/gpt-oss:20b')).owned_by).toBe('laptop');
  expect((await client.models.retrieve('openclaw')).owned_by).toBe('openclaw');
  // A model of the host that is down may exist.
  await expect(client.models.retrieve('nothing')).rejects.toMatchObject({ status: 502 });
});

test('passes embeddings through', async () => {
  const { client } = await openClient();
  const { data } = await client.embeddings.create({ model: 'laptop/nomic-embed-text', input: ['a', 'b'] });

  expect(data.map(({ embedding }) => embedding.length > 0)).toEqual([true, true]);
});

test('says what it has for a path that it does not have, and for another method', async () => {
  const { client, fetch } = await openClient();

  await expect(client.files.list()).rejects.toMatchObject({ status: 404, message: expect.stringContaining('/files') });
  expect((await fetch('http://openclaw/v1/chat/completions')).status).toBe(405);
  const noJson = await fetch('http://openclaw/v1/chat/completions', { method: 'POST', body: '{' });
  expect(await noJson.json()).toMatchObject({ error: { type: 'invalid_request_error', param: 'body' } });
});

test('takes a Request, and rejects with the reason of a signal that was aborted before', async () => {
  const { fetch } = await openClient({ reply: () => [{ text: 'Hello!' }] });
  const body = JSON.stringify({ messages });
  const response = await fetch(new Request('http://openclaw/v1/chat/completions', { method: 'POST', body }));
  expect(response.status).toBe(200);

  const reason = new Error('Changed my mind.');
  await expect(fetch('http://openclaw/v1/models', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

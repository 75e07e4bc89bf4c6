import { createAnthropic } from '@ai-sdk/anthropic';
import Anthropic from '@anthropic-ai/sdk';
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { say, startStack, STREAMING } from './start-stack.ts';
import type { Stack, StackOptions } from './start-stack.ts';

const call = { toolCall: { name: 'get_weather', arguments: { city: 'Paris' } } };

const WEATHER = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} satisfies Anthropic.Tool;

const asked = { model: 'openclaw', max_tokens: 100, messages: say('Weather?') };

async function open(options?: StackOptions): Promise<Stack & { readonly anthropic: Anthropic }> {
  const stack = await startStack(options);
  const anthropic = new Anthropic({ baseURL: stack.gateway.url, apiKey: options?.token ?? 'unused', maxRetries: 0 });
  return { ...stack, anthropic };
}

const sentTo = ({ simulator }: Stack, index: number) =>
  simulator.journal.of('/v1/chat/completions')[index]?.body as { messages: Record<string, unknown>[] };

/** The server is asked for one body, or for a stream; no client may be able to tell. */
describe.each([
  ['whole', {}],
  ['streamed', STREAMING],
])('with an upstream that answers %s', (_name, config) => {
  test('the SDK creates a message, with thinking and real counts', async () => {
    const reply = () => ({
      steps: [{ reasoning: 'Let me think.' }, { text: 'Hello.' }],
      usage: { promptTokens: 11, completionTokens: 7 },
    });
    const { anthropic } = await open({ config, simulator: { reply } });
    const message = await anthropic.messages.create(asked);
    expect(message).toMatchObject({
      id: expect.stringMatching(/^msg_/),
      model: 'ollama/gpt-oss:20b',
      content: [
        { type: 'thinking', thinking: 'Let me think.', signature: expect.stringMatching(/./) },
        { type: 'text', text: 'Hello.' },
      ],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 11, output_tokens: 7 },
    });
    expect(message._request_id).toMatch(/^req_/);
  });

  test("the SDK's stream helper puts thinking, text, call and counts together", async () => {
    const reply = () => ({
      steps: [{ reasoning: 'Hm.' }, { text: 'I will look. ' }, call],
      usage: { promptTokens: 11, completionTokens: 7 },
    });
    const { anthropic } = await open({ config, simulator: { reply } });
    const seen: string[] = [];
    const stream = anthropic.messages.stream({ ...asked, tools: [WEATHER] }).on('text', (delta) => seen.push(delta));
    expect(await stream.finalMessage()).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: expect.stringMatching(/./) },
        { type: 'text', text: 'I will look. ' },
        { type: 'tool_use', id: expect.stringMatching(/^toolu_/), name: 'get_weather', input: { city: 'Paris' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 11, output_tokens: 7 },
    });
    expect(seen.join('')).toBe('I will look. ');
  });

  test.each([true, false])('a tool and the thinking before it make the round trip, streamed: %s', async (stream) => {
    const stack = await open({ config });
    const { anthropic, simulator } = stack;
    simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const request = { ...asked, tools: [WEATHER] };
    const send = (messages: Anthropic.MessageParam[]) =>
      stream
        ? anthropic.messages.stream({ ...request, messages }).finalMessage()
        : anthropic.messages.create({ ...request, messages });
    const first = await send(asked.messages);
    const use = first.content.find((block) => block.type === 'tool_use');
    const second = await send([
      ...asked.messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: 'sunny' }] },
    ]);
    expect(second.content).toMatchObject([{ type: 'text', text: 'It is sunny.' }]);
    expect(second.id).not.toBe(first.id);
    expect(sentTo(stack, 1).messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: null,
        reasoning: 'A tool will know.',
        tool_calls: [
          { id: use?.id, type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
        ],
      },
      { role: 'tool', tool_call_id: use?.id, content: 'sunny' },
    ]);
  });

  test('the ai SDK streams reasoning, text and tools over several steps, and sends the reasoning back', async () => {
    const stack = await open({ config });
    stack.simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const result = streamText({
      model: aiModel(stack),
      maxOutputTokens: 100,
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: { get_weather: weatherTool },
    });
    const steps = await result.steps;
    expect(steps[0]?.reasoningText).toBe('A tool will know.');
    expect(steps[0]?.toolCalls[0]).toMatchObject({ toolName: 'get_weather', input: { city: 'Paris' } });
    expect(await result.text).toBe('It is sunny.');
    expect((await result.usage).inputTokens).toBeGreaterThan(0);
    expect(sentTo(stack, 1).messages).toContainEqual(expect.objectContaining({ reasoning: 'A tool will know.' }));
  });

  test('the ai SDK generates text over several steps', async () => {
    const stack = await open({ config });
    stack.simulator.enqueue([call], 'It is sunny.');
    const { text, steps, finishReason } = await generateText({
      model: aiModel(stack),
      maxOutputTokens: 100,
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: { get_weather: weatherTool },
    });
    expect({ text, steps: steps.length, finishReason }).toEqual({
      text: 'It is sunny.',
      steps: 2,
      finishReason: 'stop',
    });
  });

  test('the ai SDK generates an object', async () => {
    const stack = await open({ config });
    stack.simulator.enqueue([{ toolCall: { name: 'json', arguments: { city: 'Paris' } } }]);
    const { object } = await generateObject({
      model: aiModel(stack),
      maxOutputTokens: 100,
      prompt: 'A city?',
      schema: jsonSchema<{ city: string }>(WEATHER.input_schema),
    });
    expect(object).toEqual({ city: 'Paris' });
  });
});

const weatherTool = tool({
  inputSchema: jsonSchema<{ city: string }>(WEATHER.input_schema),
  execute: async ({ city }) => `sunny in ${city}`,
});

function aiModel({ gateway }: Stack) {
  return createAnthropic({ baseURL: `${gateway.url}/v1`, apiKey: 'unused' })('openclaw');
}

test('the SDK parses the object that its schema asks for', async () => {
  const stack = await open({ simulator: { reply: () => '{"city":"Paris"}' } });
  const format = { type: 'json_schema' as const, schema: WEATHER.input_schema };
  const { content } = await stack.anthropic.messages.create({ ...asked, output_config: { format } });
  expect(content).toMatchObject([{ text: '{"city":"Paris"}' }]);
  expect(sentTo(stack, 0)).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { schema: WEATHER.input_schema } },
  });
});

test('the SDK forces a tool, and the gateway makes Ollama call it', async () => {
  const stack = await open();
  stack.simulator.enqueue('No call.', [call]);
  const request = { ...asked, tools: [WEATHER], tool_choice: { type: 'any' as const } };
  const { content, stop_reason: reason } = await stack.anthropic.messages.create(request);
  expect([content.length, content[0]?.type, reason]).toEqual([1, 'tool_use', 'tool_use']);
});

test('the SDK gets one call if it disables parallel ones', async () => {
  const { anthropic } = await open({ simulator: { reply: () => [{ toolCalls: [call.toolCall, call.toolCall] }] } });
  const toolsUsed = async (choice: Anthropic.ToolChoice) => {
    const { content } = await anthropic.messages.create({ ...asked, tools: [WEATHER], tool_choice: choice });
    return content.filter(({ type }) => type === 'tool_use').length;
  };
  expect(await toolsUsed({ type: 'auto' })).toBe(2);
  expect(await toolsUsed({ type: 'auto', disable_parallel_tool_use: true })).toBe(1);
});

test('an answer at the length limit ends with `max_tokens`', async () => {
  const reply = () => ({ steps: [{ text: 'Hel' }], finishReason: 'length' as const });
  const { anthropic } = await open({ simulator: { reply } });
  expect(await anthropic.messages.create(asked)).toMatchObject({ stop_reason: 'max_tokens' });
});

test('the SDK counts tokens, and no model is asked', async () => {
  const { anthropic, simulator } = await open();
  const short = await anthropic.messages.countTokens({ model: 'openclaw', messages: say('foo') });
  const long = await anthropic.messages.countTokens({
    model: 'openclaw',
    system: 'x'.repeat(3_500),
    messages: say('foo'),
    tools: [WEATHER],
  });
  expect(Object.keys(short)).toEqual(['input_tokens']);
  expect(short.input_tokens).toBeGreaterThan(0);
  expect(long.input_tokens).toBeGreaterThan(500);
  expect(simulator.journal.of('/v1/chat/completions')).toEqual([]);
});

test('the SDK lists models, and finds them by ids with slashes and colons', async () => {
  const { anthropic } = await open();
  const ids: string[] = [];
  for await (const { id } of anthropic.models.list()) ids.push(id);
  expect(ids).toEqual(expect.arrayContaining(['openclaw', 'ollama/gpt-oss:20b']));
  expect(await anthropic.models.retrieve('ollama/gpt-oss:20b')).toMatchObject({
    id: 'ollama/gpt-oss:20b',
    type: 'model',
    display_name: expect.stringMatching(/./),
    created_at: expect.stringMatching(/^\d{4}-/),
    max_input_tokens: expect.any(Number),
  });
  await expect(anthropic.models.retrieve('ollama/none')).rejects.toThrow(Anthropic.NotFoundError);
});

test("the SDK's abort reaches the model's server", async () => {
  const { anthropic, simulator } = await open({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
  });
  const stream = anthropic.messages.stream(asked);
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.on('text', () => resolve()).on('abort', () => {});
  await promise;
  stream.abort();
  await expect(stream.done()).rejects.toThrow(Anthropic.APIUserAbortError);
  expect(await simulator.journal.waitForClientLeft()).toMatchObject({ path: '/v1/chat/completions' });
});

test('the SDK shows a stream that breaks off as an error', async () => {
  const { anthropic } = await open({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { cut: true }] },
  });
  const error: unknown = await anthropic.messages
    .stream(asked)
    .finalMessage()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Anthropic.APIError);
  expect(error).toMatchObject({ type: 'api_error', error: { request_id: expect.stringMatching(/^req_/) } });
});

test('pings keep a stream open until the answer comes', async () => {
  const { gateway, simulator } = await open({
    config: { gateway: { limits: { keepAliveCommentMs: 5 } } },
    simulator: { reply: () => [{ stall: true }, { text: 'Late.' }] },
  });
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    body: JSON.stringify({ ...asked, stream: true }),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  expect(text).toMatch(/^event: ping\ndata: {"type":"ping"}\n\n/);
  simulator.release();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) text += part.value;
  expect(text.match(/event: message_start/g)).toHaveLength(1);
  expect(text.endsWith('event: message_stop\ndata: {"type":"message_stop"}\n\n')).toBe(true);
});

describe('errors', () => {
  test.each([
    ['a wrong request', { max_tokens: 0 }, Anthropic.BadRequestError, 400, 'invalid_request_error'],
    ['an unknown model', { model: 'nosuch' }, Anthropic.NotFoundError, 404, 'not_found_error'],
  ])('of %s have their class, type and id', async (_name, wrong, type, status, name) => {
    const { anthropic } = await open();
    const error: unknown = await anthropic.messages.create({ ...asked, ...wrong }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, type: name, requestID: expect.stringMatching(/^req_/) });
  });

  test.each([
    ['as x-api-key', (token: string) => ({ apiKey: token })],
    ['as a bearer token', (token: string) => ({ apiKey: null, authToken: token })],
  ])('come without the right token %s', async (_name, credentials) => {
    const { gateway } = await open({ token: 'right' });
    const client = (token: string) =>
      new Anthropic({ baseURL: gateway.url, maxRetries: 0, ...credentials(token) }).messages.create(asked);
    await expect(client('wrong')).rejects.toThrow(Anthropic.AuthenticationError);
    expect(await client('right')).toMatchObject({ content: [{ text: 'Hello.' }] });
  });

  test('of a busy server are `overloaded_error`, and the SDK tries again', async () => {
    const { gateway, simulator } = await open({
      config: { agents: { defaults: { model: 'ollama/gpt-oss:20b', retry: { maxRetries: 0 } } } },
    });
    const busy = { http: { status: 503, headers: { 'content-type': 'application/json' }, body: '{"error":"busy"}' } };
    simulator.enqueue(busy, busy);
    const once = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 0 });
    const error: unknown = await once.messages.create(asked).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 529, type: 'overloaded_error' });
    expect((error as InstanceType<typeof Anthropic.APIError>).headers?.get('retry-after')).toBe('1');
    const patient = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 1 });
    expect(await patient.messages.create(asked)).toMatchObject({ content: [{ text: 'Hello.' }] });
  });

  test('that no retry can help are not tried again', async () => {
    const { gateway, simulator } = await open({
      simulator: {
        reply: () => ({
          http: { status: 401, headers: { 'content-type': 'application/json' }, body: '{"error":"no"}' },
        }),
      },
    });
    const patient = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 5 });
    await expect(patient.messages.create(asked)).rejects.toThrow(Anthropic.InternalServerError);
    expect(simulator.journal.of('/v1/chat/completions')).toHaveLength(1);
  });

  test("below /v1 have Anthropic's shape for its clients, and OpenAI's for others", async () => {
    const { gateway } = await open();
    const versioned = { 'anthropic-version': '2023-06-01' };
    for (const path of ['/v1/nothing', '/v1/models/none']) {
      const theirs = await fetch(`${gateway.url}${path}`, { headers: versioned });
      expect(await theirs.json()).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
      expect(theirs.headers.get('request-id')).toBe(theirs.headers.get('x-request-id'));
      const others = await fetch(`${gateway.url}${path}`);
      expect(await others.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
      expect(others.headers.has('request-id')).toBe(false);
    }
  });
});

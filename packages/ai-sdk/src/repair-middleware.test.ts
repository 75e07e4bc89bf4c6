import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { generateText, isStepCount, streamText, tool, wrapLanguageModel } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulator } from '../test/open-claw.ts';
import { repairMiddleware } from './repair-middleware.ts';

const tools = {
  get_weather: tool({
    inputSchema: z.object({ city: z.string(), days: z.number().int() }),
    execute: ({ city, days }) => `${city}, ${days} days: sunny`,
  }),
};
const CALL_AS_TEXT = '<think>Ask.</think>{"name": "get_weather", "arguments": {"city": "Oslo", "days": "3"}}';

const USAGE: LanguageModelV4GenerateResult['usage'] = {
  inputTokens: { total: 3, noCache: 3, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
};

/** A model that answers with these parts. */
function scripted(content: LanguageModelV4GenerateResult['content'], parts: readonly LanguageModelV4StreamPart[] = []) {
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'm',
    supportedUrls: {},
    doGenerate: async () => ({
      content,
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: USAGE,
      warnings: [],
    }),
    doStream: async () => ({
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
        },
      }),
    }),
  };
  return wrapLanguageModel({ model, middleware: repairMiddleware() });
}

const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }];
const WEATHER = { type: 'function' as const, name: 'get_weather', inputSchema: { type: 'object' as const } };

async function read(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

test("calls that another provider's model wrote as text run as tools, whole and streamed", async () => {
  const simulator = await startSimulator({
    reply: ({ messages }) =>
      messages.some(({ role }) => role === 'tool') ? [{ text: 'Sunny.' }] : [{ text: CALL_AS_TEXT }],
  });
  const ollama = createOpenAICompatible({ name: 'ollama', baseURL: `${simulator.url}/v1` });
  const model = wrapLanguageModel({ model: ollama('gpt-oss:20b'), middleware: repairMiddleware() });
  const request = { model, tools, prompt: 'Weather in Oslo?', stopWhen: isStepCount(3) };
  const whole = await generateText(request);
  const streamed = streamText(request);

  expect(whole.steps[0]).toMatchObject({ reasoningText: 'Ask.', finishReason: 'tool-calls' });
  expect(whole.steps[0]?.toolResults).toMatchObject([{ output: 'Oslo, 3 days: sunny' }]);
  expect(whole.text).toBe('Sunny.');
  expect(await streamed.text).toBe('Sunny.');
  expect((await streamed.steps)[0]?.toolCalls).toMatchObject([{ input: { city: 'Oslo', days: 3 } }]);
  expect((await streamed.steps)[0]?.providerMetadata?.['openclaw']?.['repairs']).toMatchObject([
    { repair: 'reasoning-from-tags' },
    { repair: 'tool-call-from-text' },
    { repair: 'arguments-types' },
  ]);
});

test('leaves an answer alone that needs no repair', async () => {
  const content: LanguageModelV4GenerateResult['content'] = [
    { type: 'reasoning', text: 'Hm.', providerMetadata: { anthropic: { signature: 'abc' } } },
    { type: 'text', text: 'Hello!' },
    { type: 'tool-call', toolCallId: 'a', toolName: 'get_weather', input: '{"city":"Oslo"}' },
  ];
  const result = await scripted(content).doGenerate({ prompt, tools: [WEATHER] });

  expect(result).toEqual({ content, finishReason: { unified: 'stop', raw: 'stop' }, usage: USAGE, warnings: [] });
});

test('keeps content of other kinds', async () => {
  const source = { type: 'source' as const, sourceType: 'url' as const, id: 's', url: 'https://example.com' };
  const executed = {
    type: 'tool-call' as const,
    toolCallId: 'e',
    toolName: 'web_search',
    input: '{broken',
    providerExecuted: true,
  };
  const { content } = await scripted([{ type: 'text', text: '<think>Hm.</think>Hello!' }, source, executed]).doGenerate(
    {
      prompt,
    },
  );

  expect(content).toEqual([{ type: 'reasoning', text: 'Hm.' }, { type: 'text', text: 'Hello!' }, source, executed]);
});

test('a stream keeps calls, token counts, reasons and parts of other kinds', async () => {
  const call = { toolCallId: 'a', toolName: 'get_weather', input: '{"city":"Oslo"}' };
  const source = { type: 'source' as const, sourceType: 'url' as const, id: 's', url: 'https://example.com' };
  const finish = {
    type: 'finish' as const,
    finishReason: { unified: 'tool-calls' as const, raw: 'tool_calls' },
    usage: USAGE,
  };
  const { stream } = await scripted(
    [],
    [
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'r', modelId: 'm' },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Let me look.' },
      { type: 'text-end', id: 't' },
      source,
      { type: 'tool-input-start', id: 'a', toolName: 'get_weather' },
      { type: 'tool-input-delta', id: 'a', delta: '{"city":' },
      { type: 'tool-input-delta', id: 'a', delta: '"Oslo"}' },
      { type: 'tool-input-end', id: 'a' },
      { type: 'tool-call', ...call },
      finish,
    ],
  ).doStream({ prompt, tools: [WEATHER] });
  const parts = await read(stream);

  expect(parts.flatMap((part) => (part.type === 'text-delta' ? part.delta : [])).join('')).toBe('Let me look.');
  expect(parts.filter(({ type }) => type === 'tool-call')).toEqual([{ type: 'tool-call', ...call }]);
  expect(parts).toContainEqual(source);
  expect(parts.at(-1)).toEqual(finish);
});

test('a stream that ends without a finish gives what was held', async () => {
  const { stream } = await scripted(
    [],
    [
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: '{"name": "get_wea' },
    ],
  ).doStream({ prompt, tools: [WEATHER] });

  expect((await read(stream)).flatMap((part) => (part.type === 'text-delta' ? part.delta : [])).join('')).toBe(
    '{"name": "get_wea',
  );
});

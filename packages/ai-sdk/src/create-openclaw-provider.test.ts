import { APICallError } from '@ai-sdk/provider';
import type { OllamaSimulatorOptions } from '@openclaw/ollama-simulator';
import { isProviderError } from '@openclaw/provider';
import { embedMany, generateObject, generateText, isStepCount, NoSuchModelError, Output, streamText, tool } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openProvider } from '../test/open-claw.ts';

const tools = {
  get_weather: tool({
    description: 'The weather of a city.',
    inputSchema: z.object({ city: z.string(), days: z.number().int() }),
    execute: ({ city, days }) => `${city}, ${days} days: sunny`,
  }),
};
/** A call as local models write it. */
const CALL_AS_TEXT = '{"name": "get_weather", "arguments": {"city": "Oslo", "days": "3"}}';

const callThenAnswer: OllamaSimulatorOptions['reply'] = ({ messages }) =>
  messages.some(({ role }) => role === 'tool') ? [{ text: 'Sunny in Oslo.' }] : [{ text: CALL_AS_TEXT }];

test('generates text, from the second host', async () => {
  const { openclaw } = await openProvider({ reply: () => [{ reasoning: 'Greet.' }, { text: 'Hello!' }] });
  const { text, reasoningText, usage, finishReason, response, providerMetadata } = await generateText({
    model: openclaw('openclaw'),
    prompt: 'Hi',
  });

  expect({ text, reasoningText, finishReason }).toEqual({
    text: 'Hello!',
    reasoningText: 'Greet.',
    finishReason: 'stop',
  });
  expect(usage.totalTokens).toBeGreaterThan(0);
  expect(response.modelId).toBe('laptop/gpt-oss:20b');
  expect(providerMetadata?.['openclaw']?.['attempts']).toMatchObject([
    { outcome: 'connection-failed' },
    { outcome: 'ok' },
  ]);
});

test('streams text and reasoning', async () => {
  const { openclaw } = await openProvider({ reply: () => [{ reasoning: 'Greet.' }, { text: 'Hel' }, { text: 'lo!' }] });
  const result = streamText({ model: openclaw('laptop/gpt-oss:20b', { streaming: true }), prompt: 'Hi' });
  const deltas: string[] = [];
  for await (const delta of result.textStream) deltas.push(delta);

  expect(deltas.join('')).toBe('Hello!');
  expect(await result.reasoningText).toBe('Greet.');
  expect(await result.finishReason).toBe('stop');
});

test('runs tools over several steps, whole and streamed, with calls that the model wrote as text', async () => {
  const { openclaw, simulator } = await openProvider({ reply: callThenAnswer });
  const request = { model: openclaw('openclaw'), tools, prompt: 'Weather in Oslo?', stopWhen: isStepCount(4) };
  const whole = await generateText(request);
  const streamed = streamText(request);

  expect(whole.text).toBe('Sunny in Oslo.');
  expect(whole.steps[0]?.toolResults).toMatchObject([{ output: 'Oslo, 3 days: sunny' }]);
  expect(await streamed.text).toBe('Sunny in Oslo.');
  expect((await streamed.steps)[0]?.toolCalls).toMatchObject([{ input: { city: 'Oslo', days: 3 } }]);
  expect(JSON.stringify(simulator.journal.of('/api/chat').at(-1)?.body)).toContain('Oslo, 3 days: sunny');
});

test('generates objects', async () => {
  const { openclaw } = await openProvider({ reply: () => [{ text: '{"city":"Oslo","celsius":7}' }] });
  const schema = z.object({ city: z.string(), celsius: z.number() });
  const model = openclaw('openclaw');
  const { output } = await generateText({ model, prompt: 'Weather?', output: Output.object({ schema }) });
  const { object } = await generateObject({ model, prompt: 'Weather?', schema });
  const streamed = streamText({ model, prompt: 'Weather?', output: Output.object({ schema }) });

  expect([output, object, await streamed.output]).toEqual(
    Array.from({ length: 3 }, () => ({ city: 'Oslo', celsius: 7 })),
  );
});

test('sends settings, system instructions and images', async () => {
  const { openclaw, simulator } = await openProvider({ reply: () => [{ text: 'A cat.' }] });
  const image = Uint8Array.from(atob('iVBORw0KGgo='), (character) => character.charCodeAt(0));
  await generateText({
    model: openclaw('laptop/llava:7b'),
    instructions: 'Be brief.',
    temperature: 0.5,
    topK: 3,
    maxOutputTokens: 50,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'file', mediaType: 'image', data: image },
        ],
      },
    ],
  });

  expect(simulator.journal.of('/api/chat').at(-1)?.body).toMatchObject({
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is it?', images: ['iVBORw0KGgo='] },
    ],
    options: { temperature: 0.5, top_k: 3, num_predict: 50 },
  });
});

test('a failure is an APICallError that is not retried, with our error as its cause', async () => {
  const { openclaw } = await openProvider();
  const failure = await generateText({ model: openclaw('desktop/gpt-oss:20b'), prompt: 'Hi' }).catch(
    (error: unknown) => error,
  );

  expect(APICallError.isInstance(failure) && failure.isRetryable).toBe(false);
  expect(isProviderError((failure as APICallError).cause)).toBe(true);
  expect((failure as APICallError).data).toEqual({ code: 'connection-failed' });
});

test('a failure in the middle of a stream is an error part, and no end', async () => {
  const { openclaw } = await openProvider({ reply: () => [{ text: 'Half' }, { cut: true }] });
  const errors: unknown[] = [];
  const result = streamText({
    model: openclaw('laptop/gpt-oss:20b', { streaming: true }),
    prompt: 'Hi',
    onError: ({ error }) => void errors.push(error),
  });
  const types: string[] = [];
  for await (const { type } of result.fullStream) types.push(type);

  expect(types).toContain('error');
  expect(errors).toHaveLength(1);
  expect(APICallError.isInstance(errors[0])).toBe(true);
});

test('an abort cancels the request, whole and streamed', async () => {
  const { openclaw, simulator } = await openProvider({ reply: () => [{ text: 'Wait' }, { stall: true }] });
  const model = openclaw('laptop/gpt-oss:20b', { streaming: true });
  for (const send of [
    (abortSignal: AbortSignal) =>
      generateText({ model, prompt: 'Hi', abortSignal }).then(
        () => 'answered',
        () => 'failed',
      ),
    (abortSignal: AbortSignal) =>
      Promise.resolve(streamText({ model, prompt: 'Hi', abortSignal, onError: () => {} }).text).then(
        () => 'answered',
        () => 'failed',
      ),
  ]) {
    const controller = new AbortController();
    const sent = send(controller.signal);
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    controller.abort();

    expect(await sent).toBe('failed');
    await simulator.journal.waitUntilIdle();
    simulator.journal.clear();
  }
});

test('embeds texts, and says that it has no image models', async () => {
  const { openclaw } = await openProvider();
  const { embeddings } = await embedMany({
    model: openclaw.embeddingModel('laptop/nomic-embed-text'),
    values: ['a', 'b'],
  });

  expect(embeddings.map((vector) => vector.length > 0)).toEqual([true, true]);
  expect(() => openclaw.imageModel('flux')).toThrow(NoSuchModelError);
});

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { say, startStack, STREAMING, WEATHER } from './start-stack.ts';

const call = { toolCall: { name: 'get_weather', arguments: { city: 'Paris' } } };

/** The server is asked for one body, or for a stream; no client may be able to tell. */
describe.each([
  ['whole', {}],
  ['streamed', STREAMING],
])('with an upstream that answers %s', (_name, config) => {
  test('openai chats, with reasoning and real counts', async () => {
    const { client } = await startStack({
      config,
      simulator: {
        reply: () => ({
          steps: [{ reasoning: 'Let me think.' }, { text: 'Hello.' }],
          usage: { promptTokens: 11, completionTokens: 7 },
        }),
      },
    });
    const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('Hi') });
    expect(completion).toMatchObject({
      model: 'ollama/gpt-oss:20b',
      choices: [{ finish_reason: 'stop', message: { content: 'Hello.', reasoning_content: 'Let me think.' } }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    });
  });

  test("openai's stream helper puts text, tool call and counts together", async () => {
    const { client } = await startStack({ config, simulator: { reply: () => [{ text: 'I will look. ' }, call] } });
    const seen: string[] = [];
    const stream = client.chat.completions
      .stream({
        model: 'openclaw/default',
        messages: say('Weather?'),
        tools: [WEATHER],
        stream_options: { include_usage: true },
      })
      .on('content', (delta) => seen.push(delta));
    const completion = await stream.finalChatCompletion();
    expect(seen.join('')).toBe('I will look. ');
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }] },
    });
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  test('openai runs tools to the end', async () => {
    const { client, simulator } = await startStack({ config });
    simulator.enqueue([call], 'It is sunny.');
    const runner = client.chat.completions.runTools({
      model: 'ollama/gpt-oss:20b',
      messages: say('Weather in Paris?'),
      stream: true,
      tools: [
        {
          type: 'function',
          function: {
            ...WEATHER.function,
            parse: JSON.parse,
            function: ({ city }: { city: string }) => `sunny in ${city}`,
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe('It is sunny.');
    const [, second] = simulator.journal.of('/v1/chat/completions');
    expect(second?.body).toMatchObject({
      messages: [{}, { role: 'assistant' }, { role: 'tool', content: 'sunny in Paris' }],
    });
  });

  test('the ai SDK streams reasoning, text and tools through', async () => {
    const { gateway, simulator } = await startStack({ config });
    simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const provider = createOpenAICompatible({ name: 'openclaw', baseURL: `${gateway.url}/v1`, includeUsage: true });
    const result = streamText({
      model: provider('openclaw'),
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: {
        get_weather: tool({
          inputSchema: jsonSchema<{ city: string }>(WEATHER.function.parameters as object),
          execute: async ({ city }) => `sunny in ${city}`,
        }),
      },
    });
    const steps = await result.steps;
    expect(steps[0]?.reasoningText).toBe('A tool will know.');
    expect(steps[0]?.toolCalls[0]).toMatchObject({ toolName: 'get_weather', input: { city: 'Paris' } });
    expect(await result.text).toBe('It is sunny.');
    expect((await result.usage).inputTokens).toBeGreaterThan(0);
  });

  test('the ai SDK generates', async () => {
    const { gateway } = await startStack({ config });
    const provider = createOpenAICompatible({ name: 'openclaw', baseURL: `${gateway.url}/v1` });
    const { text, finishReason } = await generateText({ model: provider('qwen3:8b'), prompt: 'Hi' });
    expect({ text, finishReason }).toEqual({ text: 'Hello.', finishReason: 'stop' });
  });

  test('curl -N shows events as they come, and the end', async () => {
    const { gateway } = await startStack({ config });
    const curl = spawn('curl', [
      '-sN',
      `${gateway.url}/v1/chat/completions`,
      '-d',
      '{"stream":true,"messages":[{"role":"user","content":"Hi"}]}',
    ]);
    let output = '';
    for await (const chunk of curl.stdout) output += String(chunk);
    expect(output).toMatch(/^data: \{"id":"chatcmpl-/);
    expect(output).toContain('"content":"Hello."');
    expect(output.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

test('openai lists models, and finds them by ids with slashes and colons', async () => {
  const { client } = await startStack();
  const ids: string[] = [];
  for await (const { id, created } of client.models.list()) {
    ids.push(id);
    expect(created).toBeGreaterThan(0);
  }
  expect(ids).toEqual([
    'openclaw',
    'openclaw/default',
    'ollama/gpt-oss:20b',
    'ollama/qwen3:8b',
    'ollama/nomic-embed-text:latest',
  ]);
  expect(await client.models.retrieve('nomic-embed-text')).toMatchObject({ type: 'embedding' });
  expect(await client.models.retrieve('ollama/gpt-oss:20b')).toMatchObject({
    id: 'ollama/gpt-oss:20b',
    object: 'model',
    owned_by: 'ollama',
    reasoning: true,
    tools: true,
    input: ['text'],
    source: 'discovered',
    context_window: expect.any(Number),
  });
  await expect(client.models.retrieve('ollama/none')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
});

test('an id with a slash is found unencoded, too', async () => {
  const { gateway } = await startStack();
  expect(await (await fetch(`${gateway.url}/v1/models/ollama/gpt-oss:20b`)).json()).toMatchObject({
    id: 'ollama/gpt-oss:20b',
  });
});

test('openai gets embeddings from the model that gives them', async () => {
  const { client } = await startStack();
  const { data } = await client.embeddings.create({ model: 'ollama/nomic-embed-text', input: ['one', 'two'] });
  expect(data).toHaveLength(2);
  expect(data[0]?.embedding.length).toBeGreaterThan(0);
});

test('openai completes text', async () => {
  const { client } = await startStack({ simulator: { reply: () => 'and they lived' } });
  const { choices } = await client.completions.create({ model: 'ollama/gpt-oss:20b', prompt: 'Once upon a time' });
  expect(choices[0]?.text).toBe('and they lived');
});

test("openai's abort reaches the model's server", async () => {
  const { client, simulator } = await startStack({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
  });
  const stream = await client.chat.completions.create({ model: 'openclaw', messages: say('Count'), stream: true });
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content === 'One') break;
  }
  expect(await simulator.journal.waitForClientLeft()).toMatchObject({ path: '/v1/chat/completions' });
});

test('what the gateway has no words for reaches the server as the client sent it', async () => {
  const { chat, simulator } = await startStack();
  const call = {
    id: 'c',
    type: 'function',
    function: { name: 'get_weather', arguments: '{}' },
    extra_content: { signature: 's' },
  };
  const part = { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } };
  await chat({
    keep_alive: '5m',
    user: 'ann',
    tools: [{ ...WEATHER, cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: [part], name: 'Ann' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c', content: '1' },
    ],
  });
  expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
    keep_alive: '5m',
    user: 'ann',
    tools: [{ cache_control: { type: 'ephemeral' } }],
    // Ollama makes a message of each part, so it receives the text alone.
    messages: [{ content: 'Hi', name: 'Ann' }, { tool_calls: [call] }, { tool_call_id: 'c' }],
  });
});

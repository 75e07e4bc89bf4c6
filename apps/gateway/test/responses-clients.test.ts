import { createOpenAI } from '@ai-sdk/openai';
import { Agent, OpenAIProvider, Runner, setTracingDisabled, tool as agentTool } from '@openai/agents';
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startStack, STREAMING, WEATHER } from './start-stack.ts';

const call = { toolCall: { name: 'get_weather', arguments: { city: 'Paris' } } };
const weatherTool = { type: 'function' as const, strict: false, ...WEATHER.function };

/** The server is asked for one body, or for a stream; no client may be able to tell. */
describe.each([
  ['whole', {}],
  ['streamed', STREAMING],
])('with an upstream that answers %s', (_name, config) => {
  test('openai creates a response, with reasoning and real counts', async () => {
    const { client } = await startStack({
      config,
      simulator: {
        reply: () => ({
          steps: [{ reasoning: 'Let me think.' }, { text: 'Hello.' }],
          usage: { promptTokens: 11, completionTokens: 7 },
        }),
      },
    });
    const response = await client.responses.create({ model: 'openclaw', input: 'Hi', instructions: 'Be brief.' });
    expect(response).toMatchObject({
      id: expect.stringMatching(/^resp_/),
      object: 'response',
      status: 'completed',
      model: 'ollama/gpt-oss:20b',
      output_text: 'Hello.',
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Let me think.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.', annotations: [] }] },
      ],
      usage: { input_tokens: 11, output_tokens: 7, total_tokens: 18 },
    });
  });

  test("openai's stream helper puts reasoning, text and call together", async () => {
    const { client } = await startStack({
      config,
      simulator: { reply: () => [{ reasoning: 'Hm.' }, { text: 'I will look.' }, call] },
    });
    const seen: string[] = [];
    const stream = client.responses
      .stream({ model: 'openclaw', input: 'Weather?', tools: [weatherTool] })
      .on('response.output_text.delta', ({ delta }) => seen.push(delta));
    const response = await stream.finalResponse();
    expect(seen.join('')).toBe('I will look.');
    expect(response).toMatchObject({
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [{ text: 'Hm.' }] },
        { type: 'message', content: [{ text: 'I will look.' }] },
        { type: 'function_call', name: 'get_weather', arguments: '{"city":"Paris"}', status: 'completed' },
      ],
    });
    expect(response.usage?.total_tokens).toBeGreaterThan(0);
  });

  test('openai parses a structured answer', async () => {
    const { client, simulator } = await startStack({ config, simulator: { reply: () => '{"city":"Paris"}' } });
    const response = await client.responses.parse({
      model: 'openclaw',
      input: 'Where?',
      text: { format: zodTextFormat(z.object({ city: z.string() }), 'place') },
    });
    expect(response.output_parsed).toEqual({ city: 'Paris' });
    expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'place' } },
    });
  });

  test('openai runs a tool over two turns, by previous_response_id', async () => {
    const { client, simulator } = await startStack({ config });
    simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const first = await client.responses.create({
      model: 'openclaw',
      input: 'Weather in Paris?',
      tools: [weatherTool],
    });
    const made = first.output.find((item) => item.type === 'function_call');
    const second = await client.responses.create({
      model: 'openclaw',
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: made?.call_id ?? '', output: 'sunny' }],
      tools: [weatherTool],
    });
    expect(second).toMatchObject({ output_text: 'It is sunny.', previous_response_id: first.id });
    expect(simulator.journal.of('/v1/chat/completions')[1]?.body).toMatchObject({
      messages: [
        { role: 'user', content: 'Weather in Paris?' },
        { role: 'assistant', reasoning: 'A tool will know.', tool_calls: [{ function: { name: 'get_weather' } }] },
        { role: 'tool', content: 'sunny' },
      ],
    });
  });

  test('the ai SDK generates over several steps, and refers to earlier items by id', async () => {
    const { gateway, simulator } = await startStack({ config });
    simulator.enqueue([{ reasoning: 'A tool will know.' }, { text: 'I will look.' }, call], 'It is sunny.');
    const sent: string[] = [];
    const openai = createOpenAI({
      baseURL: `${gateway.url}/v1`,
      apiKey: 'unused',
      fetch(url, init) {
        if (typeof init?.body === 'string') sent.push(init.body);
        return fetch(url, init);
      },
    });
    const result = await generateText({
      model: openai('openclaw'),
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: { get_weather: sunny },
    });
    expect(result.steps).toHaveLength(2);
    expect(result.steps[0]?.reasoningText).toBe('A tool will know.');
    expect(result.text).toBe('It is sunny.');
    expect(sent[1]).toContain('"item_reference"');
    const [, second] = simulator.journal.of('/v1/chat/completions');
    // Ollama reads text and calls of one message in two.
    expect(second?.body).toHaveProperty('messages', [
      { role: 'user', content: 'Weather in Paris?' },
      { role: 'assistant', reasoning: 'A tool will know.', content: 'I will look.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: expect.stringMatching(/^call_/),
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
          },
        ],
      },
      { role: 'tool', content: 'sunny in Paris', tool_call_id: expect.stringMatching(/^call_/) },
    ]);
  });

  test('the ai SDK streams reasoning, text and tools through', async () => {
    const { gateway, simulator } = await startStack({ config });
    simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const openai = createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused' });
    const result = streamText({
      model: openai('openclaw'),
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: { get_weather: sunny },
    });
    const steps = await result.steps;
    expect(steps[0]?.reasoningText).toBe('A tool will know.');
    expect(steps[0]?.toolCalls[0]).toMatchObject({ toolName: 'get_weather', input: { city: 'Paris' } });
    expect(await result.text).toBe('It is sunny.');
    expect((await result.usage).inputTokens).toBeGreaterThan(0);
  });

  test('the ai SDK generates an object, without a memory on the server', async () => {
    const { gateway } = await startStack({ config, simulator: { reply: () => '{"city":"Paris"}' } });
    const openai = createOpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused' });
    const { object } = await generateObject({
      model: openai('openclaw'),
      prompt: 'Where?',
      schema: z.object({ city: z.string() }),
      providerOptions: { openai: { store: false } },
    });
    expect(object).toEqual({ city: 'Paris' });
  });

  test('openai-agents runs a tool in two steps', async () => {
    setTracingDisabled(true);
    const { client, simulator } = await startStack({ config });
    simulator.enqueue([{ reasoning: 'A tool will know.' }, call], 'It is sunny.');
    const weather = agentTool({
      name: 'get_weather',
      description: 'The weather of a city',
      parameters: z.object({ city: z.string() }),
      execute: async ({ city }) => `sunny in ${city}`,
    });
    const agent = new Agent({ name: 'Guide', instructions: 'Be brief.', model: 'openclaw', tools: [weather] });
    const runner = new Runner({ modelProvider: new OpenAIProvider({ openAIClient: client as never }) });
    const result = await runner.run(agent, 'Weather in Paris?');
    expect(result.finalOutput).toBe('It is sunny.');
    expect(simulator.journal.of('/v1/chat/completions')[1]?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user' },
        { role: 'assistant', reasoning: 'A tool will know.' },
        { role: 'tool', content: 'sunny in Paris' },
      ],
    });
  });
});

const sunny = tool({
  inputSchema: jsonSchema<{ city: string }>(WEATHER.function.parameters as object),
  execute: async ({ city }) => `sunny in ${city}`,
});

test("openai's abort reaches the model's server", async () => {
  const { client, simulator } = await startStack({
    config: STREAMING,
    simulator: { reply: () => [{ text: 'One' }, { stall: true }] },
  });
  const stream = await client.responses.create({ model: 'openclaw', input: 'Count', stream: true });
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') break;
  }
  expect(await simulator.journal.waitForClientLeft()).toMatchObject({ path: '/v1/chat/completions' });
});

test('openai shows, lists and deletes what is kept', async () => {
  const { client } = await startStack();
  const created = await client.responses.create({ model: 'openclaw', input: 'Hi', metadata: { run: '7' } });
  expect(await client.responses.retrieve(created.id)).toEqual(created);
  const items = await client.responses.inputItems.list(created.id);
  expect(items.data).toEqual([{ type: 'message', id: expect.any(String), role: 'user', content: 'Hi' }]);
  await client.responses.delete(created.id);
  await expect(client.responses.retrieve(created.id)).rejects.toMatchObject({ status: 404 });
  await expect(
    client.responses.create({ model: 'openclaw', input: 'More', previous_response_id: created.id }),
  ).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found', param: 'previous_response_id' });
});

test('a response with `store: false` is not kept', async () => {
  const { client } = await startStack();
  const created = await client.responses.create({ model: 'openclaw', input: 'Hi', store: false });
  expect(created).toHaveProperty('store', false);
  await expect(client.responses.retrieve(created.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
});

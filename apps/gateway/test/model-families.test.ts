import { expect, test } from 'vitest';
import { startStack } from './start-stack.ts';
import type { Stack } from './start-stack.ts';

const LLAMA_CALL = '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Oslo"}}';
/** Qwen's mistake: the name of the tool in place of another tag. */
const QWEN_CALL = '<get_weather>\n<parameter=city>\nOslo\n</parameter>\n</get_weather>';
const between = (call: string) => `I look.\n${call}\nOne moment.`;
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters } }];
const capabilities = ['completion', 'tools'];

/** The answer of a model that writes this text. */
async function ask({ simulator, client }: Stack, { model, text }: { model: string; text: string }) {
  // The server is asked for its models before the first request.
  await client.models.list();
  simulator.enqueue({ steps: [{ text }], verbatim: true, pieceLength: 4 });
  const answer = await client.chat.completions.create({
    model,
    tools,
    messages: [{ role: 'user', content: 'How is the weather in Oslo?' }],
  });
  const message = answer.choices[0]!.message as { content: string | null; tool_calls?: unknown[]; reasoning?: string };
  return { text: message.content ?? '', calls: message.tool_calls?.length ?? 0, reasoning: message.reasoning };
}

const models = [
  { name: 'qwen3:8b', family: 'qwen3', capabilities },
  { name: 'llama3.3:70b', family: 'llama', capabilities, template: '<|start_header_id|>{{ .Tools }}<|eot_id|>' },
  { name: 'hermes3:8b', family: 'llama', capabilities, template: '<|im_start|>{{ .Tools }}<tool_call><|im_end|>' },
  { name: 'opened:8b', family: 'llama', capabilities, template: '{{ .Tools }}<|im_start|>assistant\n<think>\n' },
];

test.each([
  ['qwen3:8b', 'trusts its own weak form', QWEN_CALL, 1],
  ['qwen3:8b', 'does not trust a form of Llama', LLAMA_CALL, 0],
  ['llama3.3:70b', 'trusts its own form', LLAMA_CALL, 1],
  ['llama3.3:70b', 'does not trust a weak form of Qwen', QWEN_CALL, 0],
  ['hermes3:8b', 'is of no certain family, so that the general rules hold', LLAMA_CALL, 1],
  ['hermes3:8b', 'is of no certain family, so that weak forms stay text', QWEN_CALL, 0],
])('the discovered model %s %s', async (model, _, call, calls) => {
  const answer = await ask(await startStack({ simulator: { models } }), {
    model: `ollama/${model}`,
    text: between(call),
  });

  expect(answer.calls).toBe(calls);
  if (calls === 0) expect(answer.text).toBe(between(call));
});

test('the family in the configuration wins over the discovered one', async () => {
  const config = {
    agents: { defaults: { model: 'ollama/qwen3:8b', models: { 'ollama/qwen3:8b': { repair: { family: 'llama' } } } } },
  };
  const stack = await startStack({ config, simulator: { models } });

  expect(await ask(stack, { model: 'ollama/qwen3:8b', text: between(LLAMA_CALL) })).toMatchObject({ calls: 1 });
});

const halfThought = 'I count.\n</think>\n\nThree.';

test.each([
  ['opened:8b', 'a template that opens a think block', {}],
  ['hermes3:8b', 'the configuration', { repair: { expectReasoning: true } }],
])('the reasoning of %s is expected because of %s', async (model, _, own) => {
  const settings = { [`ollama/${model}`]: { streaming: true, ...own } };
  const config = { agents: { defaults: { model: `ollama/${model}`, models: settings } } };
  const stack = await startStack({ config, simulator: { models } });

  const answer = await ask(stack, { model: `ollama/${model}`, text: halfThought });

  expect(answer).toEqual({ text: 'Three.', calls: 0, reasoning: expect.stringContaining('I count.') });
});

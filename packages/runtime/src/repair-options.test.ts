import type { Script } from '@openclaw/ollama-simulator';
import type { ChatRequest } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { env, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

const halfThought: Script = {
  steps: [{ text: 'I count.\n' }, { stall: true }, { text: '</think>\n\nThree.' }],
  verbatim: true,
};
const opened = { name: 'm', capabilities: ['completion'], template: '<|im_start|>assistant\n<think>\n' };
const plain = { name: 'm', capabilities: ['completion'], template: '<|im_start|>assistant\n' };

interface Case {
  /** The model of the Ollama server. */
  readonly model: typeof opened;
  /** Whether the server is asked as one of another kind, with this entry for the model. */
  readonly entry?: { readonly reasoning?: boolean };
  readonly repair?: { readonly expectReasoning: boolean };
  readonly reasoningEffort?: ChatRequest['reasoningEffort'];
  readonly expected: boolean;
}

test.each<[string, Case]>([
  ['a template of Ollama that opens a think block', { model: opened, expected: true }],
  ['such a template, although no reasoning is wanted', { model: opened, reasoningEffort: 'none', expected: true }],
  [
    'such a template, unless the configuration says no',
    { model: opened, repair: { expectReasoning: false }, expected: false },
  ],
  ['no other template', { model: plain, expected: false }],
  ['the configuration', { model: plain, repair: { expectReasoning: true }, expected: true }],
  ['a reasoning model of another server', { model: plain, entry: { reasoning: true }, expected: true }],
  [
    'no such model when no reasoning is wanted',
    { model: plain, entry: { reasoning: true }, reasoningEffort: 'none', expected: false },
  ],
  ['no other model of another server', { model: plain, entry: {}, expected: false }],
])('reasoning without its opening tag is expected because of %s', async (_, wanted) => {
  const { model, entry, repair, reasoningEffort, expected } = wanted;
  const simulator = await startSimulator({ models: [model], reply: () => halfThought });
  const ref = entry ? 'box/m' : 'ollama/m';
  const box = { api: 'openai-completions', baseUrl: `${simulator.url}/v1`, models: [{ id: 'm', ...entry }] };
  const runtime = startRuntime({
    config: {
      agents: { defaults: { model: ref, models: { [ref]: { streaming: true, ...(repair && { repair }) } } } },
      ...(entry && { models: { providers: { box } } }),
    },
    env: env(simulator.url),
  });
  await runtime.inventory();

  let [text, reasoning] = ['', ''];
  if (expected) void simulator.journal.waitFor(({ phase }) => phase === 'stalled').then(() => simulator.release());
  for await (const event of runtime.chat({ ...say('hi'), ...(reasoningEffort && { reasoningEffort }) })) {
    if (event.type === 'reasoning-delta') reasoning += event.text;
    if (event.type === 'text-delta') text += event.text;
    // What was delivered as text cannot become reasoning any more.
    if (event.type === 'text-delta') simulator.release();
  }

  expect({ text, reasoning }).toMatchObject(expected ? { text: 'Three.', reasoning: 'I count.' } : { reasoning: '' });
});

import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Script, Step } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import type { StreamEvent } from '@openclaw/provider';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createOpenAICompatProvider } from './openai-compat-provider.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((said) => said.trim() !== '');

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ reasoning: text }),
  fc.record({ text }),
  fc.record({ reasoning: text, text }),
  fc.record({
    toolCall: fc.record({
      name: fc.constantFrom('look', 'list_dir'),
      arguments: fc.dictionary(fc.constantFrom('path', 'depth'), fc.oneof(text, fc.nat())),
    }),
  }),
);

const script: fc.Arbitrary<Script> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  pieceLength: fc.integer({ min: 1, max: 5 }),
  finishReason: fc.constantFrom('stop', 'length'),
});

const tools = ['look', 'list_dir'].map((name) => ({ name, parameters: { type: 'object' } }));
const messages = [{ role: 'user', content: 'Look around.' }] as const;

test.each(['0.5.12', '0.8.0', '0.11.4', '0.12.6', '0.18.0', '0.30.0', '0.32.15'])(
  'Ollama %s: whatever is said, a stream joined up is what one body says',
  async (version) => {
    const simulator = await startOllamaSimulator({ version, models: ['qwen3:8b'] });
    onTestFinished(() => simulator.close());
    const provider = createOpenAICompatProvider({ id: 'ollama', baseUrl: simulator.url });
    onTestFinished(() => provider.close());

    const request = { model: 'qwen3:8b', messages, tools };
    const ask = async (events: AsyncIterable<StreamEvent>) => {
      const { toolCalls, ...said } = await collectMessage(events);
      // Each reply has ids of its own.
      return { ...said, toolCalls: toolCalls.map(({ id: _id, ...call }) => call) };
    };

    await fc.assert(
      fc.asyncProperty(script, async (reply) => {
        simulator.enqueue(reply, reply);

        const streamed = await ask(provider.stream({ ...request, streaming: true }));
        expect(await ask(provider.stream({ ...request, streaming: false }))).toEqual(streamed);
      }),
      { numRuns: 40 },
    );
  },
);

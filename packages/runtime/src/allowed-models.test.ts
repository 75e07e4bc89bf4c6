import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { describeFailure } from './describe-failure.ts';
import { CHAT_PATH, env, failure, primary, say, startRuntime, startSimulator } from '../test/start-runtime.ts';

const only = (allowed: string) => (ref: string) => ref.startsWith(allowed);

async function start() {
  const simulator = await startSimulator({ reply: () => 'Here.' });
  const config = primary('ollama/gpt-oss:20b', ['ollama/llama3.3']);
  return { simulator, runtime: startRuntime({ config, env: env(simulator.url) }) };
}

test('a client is answered by those of the candidates that it may use', async () => {
  const { runtime, simulator } = await start();
  const message = await collectMessage(runtime.chat({ ...say('hi'), allows: only('ollama/llama') }));
  expect(message.model).toBe('ollama/llama3.3:latest');
  expect(simulator.journal.of(CHAT_PATH)).toHaveLength(1);
  expect(JSON.stringify(simulator.journal.of(CHAT_PATH)[0]?.body)).not.toContain('allows');
});

test('a client that may use none of the candidates gets an error, and no model is asked', async () => {
  const { runtime, simulator } = await start();
  const allows = only('other/');
  const names = 'ollama/gpt-oss:20b, ollama/llama3.3';
  const error = await failure(collectMessage(runtime.chat({ ...say('hi'), allows })));
  expect(error).toMatchObject({ code: 'model-not-found', message: expect.stringContaining(names) });
  for (const asked of [
    runtime.countTokens({ ...say('hi'), allows }),
    runtime.findModel('ollama/llama3.3', { allows }),
    runtime.passThrough({ model: 'ollama/llama3.3', path: 'completions', body: {}, allows }),
    runtime.passThrough({ model: 'ollama/llama3.3', path: 'embeddings', body: {}, allows }),
  ])
    expect(await failure(asked)).toMatchObject({ code: 'model-not-found' });
  expect(simulator.journal.of(CHAT_PATH)).toEqual([]);
});

test('errors suggest no models to a client that it may not use', async () => {
  const { runtime } = await start();
  const asked = { ...say('hi'), model: 'ollama/llama3.4' };
  const all = await failure(collectMessage(runtime.chat(asked)));
  expect(describeFailure(all)).toContain('llama3.3');
  const some = await failure(collectMessage(runtime.chat({ ...asked, allows: only('ollama/gpt') })));
  expect(some.code).toBe('model-not-found');
  expect(describeFailure(some)).toContain('"ollama/llama3.4"');
  expect(describeFailure(some)).not.toContain('llama3.3');
});

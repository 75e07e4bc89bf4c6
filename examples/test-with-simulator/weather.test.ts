// Tests a program that asks Ollama, without a model: the simulator plays the answers and records the requests.
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { expect, test } from 'vitest';

/** The program under test. */
async function describeWeather(baseUrl: string, city: string): Promise<string> {
  const ollama = createOpenAICompatProvider({ id: 'ollama', baseUrl });
  const messages = [{ role: 'user' as const, content: `The weather in ${city}, in one word.` }];
  const { text } = await collectMessage(ollama.stream({ model: 'qwen3:8b', messages }));
  await ollama.close();
  return text.trim().toLowerCase();
}

test('the weather is one word in lower case', async () => {
  await using simulator = await startOllamaSimulator({ models: ['qwen3:8b'] });
  simulator.enqueue([{ reasoning: 'They want one word.' }, { text: 'Rain\n' }]);

  expect(await describeWeather(simulator.url, 'Oslo')).toBe('rain');
  expect(simulator.journal.of('/v1/chat/completions')[0]?.body).toMatchObject({
    messages: [{ content: 'The weather in Oslo, in one word.' }],
  });
});

test('an answer that is cut off is an error', async () => {
  await using simulator = await startOllamaSimulator({ models: ['qwen3:8b'] });
  simulator.enqueue([{ text: 'Ra' }, { cut: true }]);

  await expect(describeWeather(simulator.url, 'Oslo')).rejects.toMatchObject({ code: 'connection-failed' });
});

test('a model that was not pulled is an error that says so', async () => {
  await using simulator = await startOllamaSimulator({ models: ['llama3.3'] });

  await expect(describeWeather(simulator.url, 'Oslo')).rejects.toMatchObject({ code: 'model-not-found' });
});

// Asks for an answer that matches a JSON Schema, and reads it as a value.
import { collectMessage } from '@openclaw/provider';
import { createOllamaProvider } from '@openclaw/provider-ollama';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';
const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, celsius: { type: 'number' } },
  required: ['city', 'celsius'],
};

const ollama = createOllamaProvider({ id: 'ollama', baseUrl });
const { text } = await collectMessage(
  ollama.stream({
    model,
    messages: [{ role: 'user', content: 'It is 9 degrees Celsius in Oslo. Answer as JSON.' }],
    responseFormat: { type: 'json-schema', name: 'weather', schema },
  }),
);
const weather: { city: string; celsius: number } = JSON.parse(text);
console.log(`${weather.city}: ${weather.celsius} °C`);
await ollama.close();

// Asks one model, with a tool, and prints the answer while it arrives.
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import { repairStream } from '@openclaw/stream-repair';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';
const tools = [
  {
    name: 'get_weather',
    description: 'The weather in a city, now.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];

const ollama = createOpenAICompatProvider({ id: 'ollama', baseUrl });
const answer = ollama.stream({
  model,
  messages: [{ role: 'user', content: 'What is the weather in Oslo?' }],
  tools,
  streaming: true,
});

for await (const event of repairStream(answer, { tools })) {
  if (event.type === 'text-delta') process.stdout.write(event.text);
  if (event.type === 'tool-call-end') console.log(`${event.name}(${event.argumentsText})`);
  if (event.type === 'finish') console.log(`\n[${event.reason}]`);
  if (event.type === 'error') throw event.error;
}

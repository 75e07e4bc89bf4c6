// An agent: the model calls two tools until it can answer. Stops after ten rounds.
import { collectMessage, type ChatMessage } from '@openclaw/provider';
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
  {
    name: 'get_time',
    description: 'The local time of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
];
const results: Readonly<Record<string, (city: string) => string>> = {
  get_weather: (city) => `9 °C and light rain in ${city}.`,
  get_time: (city) => `It is 14:05 in ${city}.`,
};

const ollama = createOpenAICompatProvider({ id: 'ollama', baseUrl });
const messages: ChatMessage[] = [{ role: 'user', content: 'What are the weather and the time in Oslo?' }];

for (let round = 1; round <= 10; round++) {
  const { text, toolCalls } = await collectMessage(repairStream(ollama.stream({ model, messages, tools }), { tools }));
  if (toolCalls.length === 0) {
    console.log(text);
    break;
  }
  messages.push({ role: 'assistant', content: text, toolCalls });
  for (const { id, name, argumentsText, problem } of toolCalls) {
    // A problem is something to tell the model: its arguments are no JSON, or do not match the schema.
    const content = problem ?? callTool(name, argumentsText);
    console.log(`${name}(${argumentsText}) → ${content}`);
    messages.push({ role: 'tool', toolCallId: id, content });
  }
}
await ollama.close();

function callTool(name: string, argumentsText: string): string {
  const run = results[name];
  if (run === undefined) return `There is no tool ${name}.`;
  const { city }: { city?: unknown } = JSON.parse(argumentsText);
  return typeof city === 'string' ? run(city) : 'Name a city.';
}

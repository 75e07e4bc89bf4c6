// The AI SDK with the gateway: a tool over several steps. Start `openclaw gateway run` first.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';

const openclaw = createOpenAICompatible({
  name: 'openclaw',
  baseURL: process.env['OPENAI_BASE_URL'] ?? 'http://127.0.0.1:18789/v1',
  apiKey: process.env['OPENAI_API_KEY'] ?? 'unused',
});

const { text, steps } = await generateText({
  model: openclaw('openclaw'),
  prompt: 'What is the weather in Oslo?',
  tools: {
    get_weather: tool({
      description: 'The weather in a city, now.',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => `9 °C and light rain in ${city}.`,
    }),
  },
  stopWhen: stepCountIs(5),
});
for (const { toolResults } of steps) {
  for (const { toolName, output } of toolResults) console.log(`${toolName} → ${String(output)}`);
}
console.log(text);

// The AI SDK without a gateway: a tool over several steps, with the model of a configuration.
import { createOpenClawProvider } from '@openclaw/ai-sdk';
import { createOpenClaw } from '@openclaw/runtime';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const model = process.argv[2] ?? 'gpt-oss:20b';

await using claw = await createOpenClaw({
  config: {
    models: { providers: { ollama: { api: 'ollama', baseUrl } } },
    agents: { defaults: { model: `ollama/${model}` } },
  },
});
const openclaw = createOpenClawProvider({ claw });
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

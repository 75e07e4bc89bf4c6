// Asks a missing model, falls back to the next one, and prints the attempts with their failures.
import { createModelCatalog, planCandidates, streamWithFallback, type CatalogModel } from '@openclaw/model-selection';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';

const baseUrl = process.env['OLLAMA_HOST'] ?? 'http://127.0.0.1:11434';
const endpoints: Readonly<Record<string, string>> = { workstation: 'http://127.0.0.1:1/v1', laptop: baseUrl };
const providers = Object.fromEntries(
  Object.entries(endpoints).map(([id, url]) => [
    id,
    createOpenAICompatProvider({ id, baseUrl: url, server: 'ollama' }),
  ]),
);

const catalog = createModelCatalog([model('workstation', 'llama3.3:70b'), model('laptop', 'gpt-oss:20b')]);
const plan = planCandidates({ catalog, primary: 'workstation/llama3.3:70b', fallbacks: ['laptop/gpt-oss:20b'] });
const answer = streamWithFallback({
  plan,
  ask: ({ provider, model: name }, options) => {
    const asked = providers[provider];
    if (asked === undefined) throw new Error(`No provider ${provider}.`);
    return asked.stream({ model: name, messages: [{ role: 'user', content: 'Say hello.' }] }, options);
  },
});

for await (const event of answer) {
  if (event.type === 'fallback') console.log(`${event.failed.model}: ${event.failed.message}`);
  if (event.type === 'start') console.log(`${event.model} answers:`);
  if (event.type === 'text-delta') process.stdout.write(event.text);
  if (event.type === 'finish') console.log();
  if (event.type === 'error') throw event.error;
}

function model(provider: string, name: string): CatalogModel {
  return {
    ref: `${provider}/${name}`,
    provider,
    model: name,
    name,
    endpoint: endpoints[provider] ?? '',
    input: ['text'],
    tools: true,
    reasoning: false,
    contextWindow: 8192,
    maxTokens: 81_920,
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    local: true,
    source: 'configured',
    aliases: [],
  };
}

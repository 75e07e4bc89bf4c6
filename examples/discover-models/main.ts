// Lists the models of an Ollama server that support tools, and why the others are hidden.
import { discoverModels, resolveOllamaBaseUrl } from '@openclaw/ollama-discovery';

const { nativeUrl } = resolveOllamaBaseUrl({ ollamaHost: process.env['OLLAMA_HOST'] });
const { models, hidden } = await discoverModels({ baseUrl: nativeUrl });

for (const { name, contextWindow, reasoning, input } of models) {
  console.log(`${name}  ${contextWindow} tokens, ${input.join(' and ')}${reasoning ? ', reasons' : ''}`);
}
for (const { name, message } of hidden) {
  console.log(`(${name}: ${message})`);
}

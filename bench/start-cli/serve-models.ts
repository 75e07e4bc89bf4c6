import { startOllamaSimulator } from '@openclaw/ollama-simulator';

/** Runs in its own process, so that the benchmark can wait for its commands without blocking the server. */
const models = Array.from({ length: Number(process.argv[2] ?? 50) }, (_, index) => ({
  name: `model-${String(index).padStart(2, '0')}:7b`,
  capabilities: ['completion', 'tools'],
}));
const { url } = await startOllamaSimulator({ models });
console.log(url);

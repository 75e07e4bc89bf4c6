import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { Reply } from '@openclaw/ollama-simulator';

/** Runs in its own process, so that the servers do not affect the measurement. Prints the URLs of both. */
const REPLIES: Readonly<Record<string, Reply>> = {
  '404': { http: { status: 404, body: { error: { message: "model '404' not found", type: 'not_found_error' } } } },
  '429': { http: { status: 429, headers: { 'retry-after': '30' } } },
  '503': {
    http: { status: 503, body: { error: 'server busy, please try again.  maximum pending requests exceeded' } },
  },
  reset: { http: { reset: true } },
  silent: { http: { headersAfter: true } },
};
const failing = await startOllamaSimulator({ models: Object.keys(REPLIES), reply: ({ model }) => REPLIES[model] });
const healthy = await startOllamaSimulator({ models: ['second'], reply: () => 'Hello.' });
console.log(JSON.stringify({ failing: failing.url, healthy: healthy.url }));

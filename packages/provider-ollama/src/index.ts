export { DEFAULT_TIMEOUTS, DEFAULT_WHOLE_BODY_MS, openConnectionPool } from '@openclaw/upstream-http';
export type { ConnectionPoolOptions } from '@openclaw/upstream-http';
export { createOllamaProvider } from './ollama-provider.ts';
export type { OllamaProvider, OllamaProviderOptions } from './ollama-provider.ts';

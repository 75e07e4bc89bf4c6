export { createOllamaProvider } from './ollama-provider.ts';
export type { OllamaProvider, OllamaProviderOptions } from './ollama-provider.ts';

/** Servers with known behaviour. For `unknown`, requests use what nearly all servers support. */
export type ServerKind = 'ollama' | 'openai' | 'vllm' | 'llama-cpp' | 'lm-studio' | 'openrouter' | 'unknown';

const KIND_BY_ID: ReadonlyMap<string, ServerKind> = new Map(
  Object.entries({
    ollama: 'ollama',
    openai: 'openai',
    vllm: 'vllm',
    llamacpp: 'llama-cpp',
    llama: 'llama-cpp',
    lmstudio: 'lm-studio',
    openrouter: 'openrouter',
  }),
);

const KIND_BY_HOST: ReadonlyMap<string, ServerKind> = new Map(
  Object.entries({
    'api.openai.com': 'openai',
    'openrouter.ai': 'openrouter',
    'ollama.com': 'ollama',
  }),
);

const KIND_BY_PORT: ReadonlyMap<string, ServerKind> = new Map(
  Object.entries({ '11434': 'ollama', '1234': 'lm-studio' }),
);

/**
 * Detects a server by its well-known host, the provider's id (`ollama`, `lm-studio`, …) or its usual port, in this
 * order.
 */
export function detectServer(id: string, { baseUrl }: { readonly baseUrl: URL }): ServerKind {
  const name = id.toLowerCase().replaceAll(/[^a-z]/g, '');
  return KIND_BY_HOST.get(baseUrl.hostname) ?? KIND_BY_ID.get(name) ?? KIND_BY_PORT.get(baseUrl.port) ?? 'unknown';
}

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
 * Detects a server by its well-known host, the provider's id (`ollama`, `ollama-gpu`, `lm-studio`, `llama.cpp`, …) or its usual port,
 * in this order. Without a base URL the id decides.
 */
export function detectServer(id: string, { baseUrl }: { readonly baseUrl?: URL | undefined } = {}): ServerKind {
  return (
    KIND_BY_HOST.get(baseUrl?.hostname ?? '') ?? detectById(id) ?? KIND_BY_PORT.get(baseUrl?.port ?? '') ?? 'unknown'
  );
}

function detectById(id: string): ServerKind | undefined {
  const name = id.toLowerCase();
  return name.startsWith('ollama-') ? 'ollama' : KIND_BY_ID.get(name.replaceAll(/[^a-z]/g, ''));
}

/** How many tokens a request needs and how many a context has, as far as a server says it. */
export interface ContextTokens {
  readonly neededTokens?: number;
  readonly contextTokens?: number;
}

/**
 * Reads both counts from a message: `request (26528 tokens) exceeds the available context size (16384 tokens)` of
 * llama.cpp and Ollama ≥ 0.30, and the words of OpenAI and vLLM: `maximum context length is 8192 tokens … you requested 9000 tokens`.
 */
export function readContextTokens(message: string): ContextTokens {
  const needed = /(?:\brequest \(|\bresulted in |\byou requested )(\d{1,12}) tokens/i.exec(message)?.[1];
  const context = /(?:\bcontext size \(|\bcontext length is )(\d{1,12}) tokens/i.exec(message)?.[1];
  return {
    ...(needed !== undefined && { neededTokens: Number(needed) }),
    ...(context !== undefined && { contextTokens: Number(context) }),
  };
}

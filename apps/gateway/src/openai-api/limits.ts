/**
 * What a request may hold besides its bytes. Within these limits the slowest body of 20 MiB is parsed in less than a tenth
 * of a second. Conversations that fill a context window of a million tokens stay below a fifth of them.
 */
export const JSON_LIMITS = {
  /** Real tool schemas stay below 20. */
  maxDepth: 100,
  maxParts: 100_000,
  /** Embeddings of a thousand texts that were sent as arrays of tokens stay below this. */
  maxValues: 500_000,
} as const;

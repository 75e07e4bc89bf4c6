/**
 * What a body may hold besides its bytes. Within these limits the slowest body of 20 MiB is parsed in less than a tenth
 * of a second. A conversation of 5,000 messages with tool calls, and 500 tools, stays below them.
 */
export const JSON_LIMITS = {
  /** Real tool schemas stay below 20. */
  maxDepth: 100,
  maxParts: 100_000,
  /** Embeddings of a thousand texts that were sent as arrays of tokens stay below this. */
  maxValues: 500_000,
} as const;

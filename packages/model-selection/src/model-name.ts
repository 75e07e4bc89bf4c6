/** The tag of a name without one on an Ollama server. */
export const OLLAMA_DEFAULT_TAG = 'latest';

interface TagRule {
  /** The tag of a name without one. @default 'latest' */
  readonly defaultTag?: string | undefined;
}

/**
 * Normalizes a name of an Ollama server for comparison: lower case and with a tag, `Llama3.3` → `llama3.3:latest`. A
 * tag follows the last colon after the last slash, so `host:5000/user/repo` has none.
 */
export function normalizeModelName(name: string, { defaultTag = OLLAMA_DEFAULT_TAG }: TagRule = {}): string {
  const lower = name.toLowerCase();
  return lower.lastIndexOf(':') > lower.lastIndexOf('/') ? lower : `${lower}:${defaultTag}`;
}

/** The tag that a name without one means on an Ollama server. */
export const OLLAMA_DEFAULT_TAG = 'latest';

interface TagRule {
  /** The tag that a name without one means. @default 'latest' */
  readonly defaultTag?: string | undefined;
}

/**
 * The form in which names of an Ollama server are compared: lower case and with a tag, `Llama3.3` → `llama3.3:latest`. A tag
 * follows the last colon after the last slash: the colon of `host:5000/user/repo` starts none.
 */
export function normalizeModelName(name: string, { defaultTag = OLLAMA_DEFAULT_TAG }: TagRule = {}): string {
  const lower = name.toLowerCase();
  return lower.lastIndexOf(':') > lower.lastIndexOf('/') ? lower : `${lower}:${defaultTag}`;
}

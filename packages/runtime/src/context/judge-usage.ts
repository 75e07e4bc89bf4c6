import type { Usage, WarningKind } from '@openclaw/provider';

export interface JudgeOptions {
  /** What the prompt has at the very least. */
  readonly least: number;
  /** The context length, or the default of the release. */
  readonly length: number;
  /** Whether `length` is what the model was loaded with, as the server or the request said. */
  readonly isCertain: boolean;
}

/**
 * Concludes from the counts of an answer whether its server lost something without saying so. Ollama cuts a long prompt to exactly
 * the context length, or drops whole messages from the front; when the context is full during the answer, it drops the beginning.
 */
export function judgeUsage(
  { inputTokens, outputTokens }: Usage,
  { least, length, isCertain }: JudgeOptions,
): WarningKind | undefined {
  if (inputTokens === length) return 'prompt-truncated';
  // A count above the default of the release shows that the context is longer.
  if (inputTokens < length && least > length) return 'prompt-truncated';
  if (!isCertain) return inputTokens < least ? 'prompt-truncated' : undefined;
  return inputTokens + outputTokens > length ? 'context-shifted' : undefined;
}

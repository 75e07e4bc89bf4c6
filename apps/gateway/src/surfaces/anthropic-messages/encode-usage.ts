import type { MessageDeltaUsage, Usage as MessageUsage } from '@anthropic-ai/sdk/resources/messages';
import type { Usage } from '@openclaw/provider';

/** What is counted of an answer. */
export type TokenCounts = Pick<Usage, 'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'reasoningTokens'>;

/**
 * Our count of tokens → Anthropic's. `input_tokens` there are those that did not come from the cache: clients add the
 * numbers up to see how full the context is.
 */
export function encodeUsage(counts: TokenCounts): MessageUsage {
  return {
    ...encodeDeltaUsage(counts),
    input_tokens: uncachedTokens(counts),
    cache_creation: null,
    inference_geo: null,
    service_tier: null,
    speed: null,
  };
}

/** The same, as it ends a stream. */
export function encodeDeltaUsage(counts: TokenCounts): MessageDeltaUsage {
  const { outputTokens, cachedInputTokens = 0, reasoningTokens } = counts;
  return {
    input_tokens: uncachedTokens(counts),
    output_tokens: outputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cachedInputTokens,
    output_tokens_details: reasoningTokens === undefined ? null : { thinking_tokens: reasoningTokens },
    server_tool_use: null,
  };
}

function uncachedTokens({ inputTokens, cachedInputTokens = 0 }: TokenCounts): number {
  return Math.max(0, inputTokens - cachedInputTokens);
}

/** Local models' tokens of prose, code and JSON are longer on average. */
const CHARACTERS_PER_TOKEN = 3.5;

/** For a server that counts nothing. */
export function estimateOutputTokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

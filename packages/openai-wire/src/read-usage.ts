import type { Usage } from '@openclaw/provider';
import { isWireObject } from '@openclaw/upstream-errors';
import { readChoice } from './wire-format.ts';
import type { WireObject } from '@openclaw/upstream-errors';

/** The counts of a chunk after those of the chunks before it: zeros never replace real counts (LocalAI). */
export function updateUsage(before: Usage | undefined, chunk: WireObject): Usage | undefined {
  const usage = readUsage(chunk);
  if (usage === undefined || before === undefined) return usage ?? before;
  const inputTokens = usage.inputTokens || before.inputTokens;
  const outputTokens = usage.outputTokens || before.outputTokens;
  const isSame = inputTokens === usage.inputTokens && outputTokens === usage.outputTokens;
  return isSame ? usage : { ...before, ...usage, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

/**
 * Token counts, wherever a server puts them: `usage` of a chunk (OpenAI, Ollama ≥ 0.5.2, vLLM), `x_groq.usage`
 * (Groq), the choice (Moonshot), or `timings` (llama.cpp server when usage was not asked for).
 */
function readUsage(chunk: WireObject): Usage | undefined {
  const usage = findUsage(chunk);
  return usage === undefined ? readTimings(chunk['timings']) : readCounts(usage);
}

function findUsage(chunk: WireObject): WireObject | undefined {
  if (isWireObject(chunk['usage'])) return chunk['usage'];
  const groq = chunk['x_groq'];
  if (isWireObject(groq) && isWireObject(groq['usage'])) return groq['usage'];
  const usage = readChoice(chunk)?.['usage'];
  return isWireObject(usage) ? usage : undefined;
}

function readCounts(usage: WireObject): Usage | undefined {
  const inputTokens = readCount(usage['prompt_tokens']) ?? readCount(usage['input_tokens']);
  const outputTokens = readCount(usage['completion_tokens']) ?? readCount(usage['output_tokens']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  // DeepSeek reports its cache hits outside of `prompt_tokens_details`.
  const cached =
    readDetail(usage['prompt_tokens_details'], 'cached_tokens') ?? readCount(usage['prompt_cache_hit_tokens']);
  const reasoning = readDetail(usage['completion_tokens_details'], 'reasoning_tokens');
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    totalTokens: readCount(usage['total_tokens']) ?? (inputTokens ?? 0) + (outputTokens ?? 0),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
}

/** llama.cpp's own counters: `prompt_n` counts the tokens that were not in the cache, `cache_n` those that were. */
function readTimings(timings: unknown): Usage | undefined {
  if (!isWireObject(timings)) return undefined;
  const prompt = readCount(timings['prompt_n']);
  const outputTokens = readCount(timings['predicted_n']);
  if (prompt === undefined || outputTokens === undefined) return undefined;
  const cached = readCount(timings['cache_n']);
  const inputTokens = prompt + (cached ?? 0);
  const counts = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
  return cached === undefined ? counts : { ...counts, cachedInputTokens: cached };
}

function readDetail(details: unknown, name: string): number | undefined {
  return isWireObject(details) ? readCount(details[name]) : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

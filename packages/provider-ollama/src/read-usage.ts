import type { Usage } from '@openclaw/provider';
import type { WireObject } from '@openclaw/upstream-errors';

const NANOSECONDS_PER_MS = 1_000_000;

/** The counts and durations of a last chunk. The server leaves out those that are 0; without any there is no usage. */
export function readUsage(chunk: WireObject): Usage | undefined {
  const inputTokens = readCount(chunk['prompt_eval_count']);
  const outputTokens = readCount(chunk['eval_count']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const loadMs = readDuration(chunk['load_duration']);
  const promptMs = readDuration(chunk['prompt_eval_duration']);
  const outputMs = readDuration(chunk['eval_duration']);
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    totalTokens: (inputTokens ?? 0) + (outputTokens ?? 0),
    ...(loadMs !== undefined && { loadMs }),
    ...(promptMs !== undefined && { promptMs }),
    ...(outputMs !== undefined && { outputMs }),
  };
}

function readDuration(value: unknown): number | undefined {
  const nanoseconds = readCount(value);
  return nanoseconds === undefined ? undefined : nanoseconds / NANOSECONDS_PER_MS;
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

import { modelDetails } from './model-details.ts';
import type { ModelDetails } from './model-details.ts';
import { requestOllama } from './ollama-api.ts';
import type { OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import type { TaggedModel } from './tagged-model.ts';

export interface LoadModelDetailsOptions {
  readonly api: OllamaApiOptions;
  /** How many requests are on their way at once. */
  readonly concurrency: number;
  /** How long all of it may take. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks `/api/show` for each of the models; equal digests are asked once. A request that fails is told with its model.
 * @throws {OllamaDiscoveryError} `aborted` when the caller gave up
 */
export async function loadModelDetails(
  models: readonly TaggedModel[],
  { api, concurrency, timeoutMs, signal }: LoadModelDetailsOptions,
): Promise<ReadonlyMap<TaggedModel, ModelDetails | OllamaDiscoveryError>> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const limited = { ...api, signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]) };
  const results = new Map<TaggedModel, ModelDetails | OllamaDiscoveryError>();
  const groups = [...Map.groupBy(models, ({ digest, name }) => (digest === '' ? name : digest)).values()];
  const queue = groups.values();

  // All workers draw from the one iterator, so each group is asked by exactly one of them.
  const work = async (): Promise<void> => {
    for (const group of queue) {
      const details = await loadDetailsOrError(group[0]?.name ?? '', limited);
      if (details instanceof OllamaDiscoveryError && signal?.aborted === true) throw details;
      const outcome =
        details instanceof OllamaDiscoveryError && deadline.aborted ? tooLate(timeoutMs, details) : details;
      for (const model of group) results.set(model, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, concurrency), groups.length) }, work));
  return results;
}

async function loadDetailsOrError(name: string, api: OllamaApiOptions): Promise<ModelDetails | OllamaDiscoveryError> {
  try {
    return modelDetails(await requestOllama({ path: '/api/show', body: { model: name } }, api));
  } catch (error) {
    if (error instanceof OllamaDiscoveryError) return error;
    throw error;
  }
}

function tooLate(timeoutMs: number, cause: OllamaDiscoveryError): OllamaDiscoveryError {
  const message = `there was no answer within the ${timeoutMs} ms that asking about all models may take. Ask again: what was learned is remembered.`;
  return new OllamaDiscoveryError('timeout', message, { url: cause.url, cause });
}

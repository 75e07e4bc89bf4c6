import { modelDetails } from './model-details.ts';
import type { ModelDetails } from './model-details.ts';
import { requestOllama } from './ollama-api.ts';
import type { OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import type { TaggedModel } from './tagged-model.ts';

export interface LoadModelDetailsOptions {
  readonly api: OllamaApiOptions;
  /** Maximum number of concurrent requests. */
  readonly concurrency: number;
  /** Timeout of all requests together. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Requests `/api/show` for each of the models, once per digest. A failure is returned with its model.
 * @throws {OllamaDiscoveryError} `aborted` if the signal is aborted
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

  // All workers share one iterator, so each group is requested by exactly one of them.
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
  const message = `the details of all models were not loaded within ${timeoutMs} ms. Try again: loaded details are cached.`;
  return new OllamaDiscoveryError('timeout', message, { url: cause.url, cause });
}

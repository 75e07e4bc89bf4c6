import { fallbackRule } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { isProviderError, ProviderError } from '@openclaw/provider';
import type { PassThroughResponse } from './runtime.ts';

/** Statuses after which another model may do better: as for chats, what the request is not to blame for. */
const OTHERS_MAY_ANSWER: ReadonlySet<number> = new Set([401, 402, 403, 404, 429]);

/**
 * Passes a request to one model after another until one does not fail. The response or the error of the last one counts.
 * @throws {ProviderError} if there is no response
 */
export async function passToFirstAble(
  models: readonly CatalogModel[],
  pass: (model: CatalogModel) => Promise<PassThroughResponse>,
): Promise<PassThroughResponse> {
  const last = models.at(-1);
  if (last === undefined) throw new ProviderError('model-not-found', 'No usable model matches the request.');
  for (const model of models.slice(0, -1)) {
    const response = await passUnlessFailed(model, pass);
    if (response !== undefined) return response;
  }
  return pass(last);
}

async function passUnlessFailed(
  model: CatalogModel,
  pass: (model: CatalogModel) => Promise<PassThroughResponse>,
): Promise<PassThroughResponse | undefined> {
  try {
    const response = await pass(model);
    if (response.status < 500 && !OTHERS_MAY_ANSWER.has(response.status)) return response;
    // Reading ends the turn in the queue. The body of an error is short.
    for await (const _ of response.body);
    return undefined;
  } catch (error) {
    if (isProviderError(error) && fallbackRule(error).next === 'candidate') return undefined;
    throw error;
  }
}

import type { CatalogModel } from '@openclaw/model-selection';
import { canPassThrough, ProviderError } from '@openclaw/provider';
import { UNUSABLE_ENDPOINT } from './build-catalog.ts';
import { findSetup } from './model-settings.ts';
import type { Providers } from './provider-factories.ts';
import type { ProviderSetups } from './provider-setup.ts';
import type { LimitedRequest } from './request-limiter.ts';
import type { RequestLimiters } from './request-limiters.ts';
import type { PassThroughRequest, PassThroughResponse } from './runtime.ts';

export interface PassThroughSurroundings extends ProviderSetups {
  readonly providers: Providers;
  readonly limiters: RequestLimiters;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a body to the provider of a model and hands its answer back, whatever its status. The turn in the provider's queue
 * ends with the body of the answer: read it, or leave it with `return()`.
 * @throws {ProviderError} `unsupported` when the provider only chats; otherwise when the server could not be asked
 */
export async function passThrough(
  {
    path,
    body,
    client,
    priority,
    startBefore,
    traceHeaders,
  }: Omit<PassThroughRequest, 'model'> & Pick<LimitedRequest, 'startBefore'>,
  { model, setups, unusable, providers, limiters, signal }: PassThroughSurroundings & { model: CatalogModel },
): Promise<PassThroughResponse> {
  const setup = findSetup(model, setups);
  if (setup === undefined || model.endpoint === UNUSABLE_ENDPOINT) {
    const why = unusable.find(({ id }) => id === model.provider)?.message ?? `There is no provider ${model.provider}.`;
    throw new ProviderError('unsupported', `${model.ref}: ${why}`, model);
  }
  const permit = await limiters.of(setup).acquire({ client, model: model.model, priority, startBefore, signal });
  try {
    const provider = await providers.get(setup);
    if (!canPassThrough(provider))
      throw new ProviderError(
        'unsupported',
        `${model.ref}: its provider only answers chat requests, not ${path}.`,
        model,
      );
    const answer = await provider.post(path, { ...body, model: model.model }, { signal, headers: traceHeaders });
    return {
      model: model.ref,
      status: answer.status,
      contentType: answer.contentType,
      body: afterwards(answer.body, () => permit.release()),
    };
  } catch (error) {
    permit.release();
    throw error;
  }
}

async function* afterwards(body: AsyncIterable<Uint8Array>, task: () => void): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body;
  } finally {
    task();
  }
}

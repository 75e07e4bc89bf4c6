import { totalmem } from 'node:os';
import type { LoadedConfig } from '@openclaw/config';
import { createLightFetch } from '@openclaw/runtime/internal';
import type { ProviderSetup } from '@openclaw/runtime/internal';
import type { Host } from '../host.ts';
import { isLoopbackUrl } from '../is-loopback-url.ts';
import { freeModelSpace } from '../models/free-model-space.ts';
import { pullWithDisplay } from '../models/pull-with-display.ts';
import { suggestModels, type SuggestedModel } from '../models/suggested-models.ts';
import { ollamaServers, requestOptions } from '../models/with-ollama-model.ts';
import { formatBytes } from '../render/format-bytes.ts';

/** The server that would download a model, and the suggested models. */
export interface PullOffer {
  readonly setup: ProviderSetup;
  readonly models: readonly (SuggestedModel & {
    /** Size, and a warning if the disk is too small for it. */
    readonly hint: string;
  })[];
}

/** Models that can call tools and fit the memory, those that fit the free disk first; `undefined` without a server. */
export async function offerPull(host: Host, loaded: LoadedConfig): Promise<PullOffer | undefined> {
  const setup = ollamaServers(loaded).find(({ id }) => id === 'ollama');
  if (setup === undefined) return undefined;
  // Memory and disk of another machine are not known.
  const here = isLoopbackUrl(setup.baseUrl);
  const freeBytes = here ? await freeModelSpace(host.env) : undefined;
  const models = suggestModels({ memoryBytes: here ? memoryOfThisMachine() : undefined }).map((model) => {
    const fits = freeBytes === undefined || model.downloadBytes <= freeBytes;
    const size = `about ${formatBytes(model.downloadBytes)}`;
    return { ...model, fits, hint: fits ? size : `${size}, more than the ${formatBytes(freeBytes)} that are free` };
  });
  return { setup, models: models.toSorted((one, other) => Number(other.fits) - Number(one.fits)) };
}

/** A container may have less than the machine. */
function memoryOfThisMachine(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Downloads a suggested model with a progress bar; resolves to its reference. */
export async function pullSuggestion(
  model: string,
  { host, offer: { setup } }: { readonly host: Host; readonly offer: PullOffer },
): Promise<string> {
  const light = createLightFetch();
  try {
    const request = { ...requestOptions(setup), model, fetch: light.fetch, signal: host.interruption() };
    await pullWithDisplay({ setup, model, request }, { host });
    return `${setup.id}/${model}`;
  } finally {
    light.close();
  }
}

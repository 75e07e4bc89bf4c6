import {
  isModelResponding,
  listModelNames,
  listRunningModels,
  loadOllamaVersion,
  OllamaDiscoveryError,
  type LightFetch,
  type OllamaRequestOptions,
  type ProviderSetup,
  type RunningModel,
} from '@openclaw/runtime/internal';
import type { ServerEvidence } from './evidence.ts';

interface AskOptions {
  readonly fetch: LightFetch['fetch'];
  /** Timeout of each of the three requests. */
  readonly timeoutMs: number;
}

/** An Ollama server and its credentials. */
interface Server extends Partial<Pick<ProviderSetup, 'apiKey' | 'headers'>> {
  readonly id: string;
  /** Root of `/api/…`. */
  readonly url: string;
}

/** Requests the models, the version and the loaded models of an Ollama server, and one token of each loaded model. A failure is part of the evidence. */
export async function askServer(
  { id, url, apiKey, headers }: Server,
  { fetch, timeoutMs }: AskOptions,
): Promise<ServerEvidence> {
  const options = { baseUrl: url, apiKey, headers, fetch, requestTimeoutMs: timeoutMs };
  try {
    const tags = await listModelNames(options);
    const [version, running] = await Promise.all([
      loadOllamaVersion(options).catch(unlessUnanswered),
      listRunningModels(options).catch(unlessUnanswered),
    ]);
    const probed = await Promise.all((running ?? []).map((model) => probe(model, options)));
    return {
      provider: id,
      url,
      tags,
      ...(version === undefined ? {} : { version }),
      ...(running === undefined ? {} : { running: probed }),
    };
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    return { provider: id, url, failure: error };
  }
}

/** A model in memory answers at once, unless it is busy. */
const PROBE_TIMEOUT_MS = 10_000;

async function probe(model: RunningModel, options: OllamaRequestOptions) {
  const { name, contextLength } = model;
  const asked = { ...options, model: name, contextLength, requestTimeoutMs: PROBE_TIMEOUT_MS };
  const responding = await isModelResponding(asked).catch(unlessUnanswered);
  return { ...model, ...(responding !== undefined && { responding }) };
}

/** Old servers do not support all of these requests. That is not a problem. */
function unlessUnanswered(error: unknown): undefined {
  if (!(error instanceof OllamaDiscoveryError)) throw error;
}

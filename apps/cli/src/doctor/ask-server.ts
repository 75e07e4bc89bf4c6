import {
  listModelNames,
  listRunningModels,
  loadOllamaVersion,
  OllamaDiscoveryError,
  type LightFetch,
  type ProviderSetup,
} from '@openclaw/runtime';
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

/** Requests the models, the version and the loaded models of an Ollama server. A failure is part of the evidence. */
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
    return {
      provider: id,
      url,
      tags,
      ...(version === undefined ? {} : { version }),
      ...(running === undefined ? {} : { running }),
    };
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    return { provider: id, url, failure: error };
  }
}

/** Old servers do not support all of these requests. That is not a problem. */
function unlessUnanswered(error: unknown): undefined {
  if (!(error instanceof OllamaDiscoveryError)) throw error;
}

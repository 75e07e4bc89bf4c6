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
  /** For each of the three questions. */
  readonly timeoutMs: number;
}

/** An Ollama server, and what it wants to be asked with. */
interface Server extends Partial<Pick<ProviderSetup, 'apiKey' | 'headers'>> {
  readonly id: string;
  /** Root of `/api/…`. */
  readonly url: string;
}

/** Asks an Ollama server for its models, its version, and what is in memory. A server that does not answer is evidence, too. */
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

/** Old servers do not know all of the questions, and are none the worse. */
function unlessUnanswered(error: unknown): undefined {
  if (!(error instanceof OllamaDiscoveryError)) throw error;
}

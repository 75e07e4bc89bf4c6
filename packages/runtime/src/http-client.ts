import type { Dispatcher } from 'undici';

/** The connections of all providers. */
export interface HttpClient {
  /** Loads undici on the first call: commands that only read do not need it. */
  dispatcher(): Promise<Dispatcher>;
  /**
   * Closes idle connections; connections in use close after their response. A given dispatcher is closed by its owner.
   */
  close(): Promise<void>;
}

/** Opens nothing before the first request. */
export function createHttpClient({ dispatcher }: { dispatcher?: Dispatcher | undefined } = {}): HttpClient {
  let own: Promise<Dispatcher> | undefined;
  let closed: Promise<void> | undefined;
  return {
    dispatcher: () => (dispatcher === undefined ? (own ??= openPool()) : Promise.resolve(dispatcher)),
    close: () => (closed ??= closeOwn()),
  };

  async function closeOwn(): Promise<void> {
    await (await own)?.close();
  }
}

async function openPool(): Promise<Dispatcher> {
  const { openConnectionPool } = await import('@openclaw/provider-openai-compat');
  return openConnectionPool();
}

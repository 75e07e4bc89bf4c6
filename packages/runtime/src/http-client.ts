import type { Dispatcher } from 'undici';

/** The connections of all providers. */
export interface HttpClient {
  /** Loads undici the first time: commands that only read answer without it. */
  dispatcher(): Promise<Dispatcher>;
  /** Closes idle connections; those in use close after their answer. A dispatcher that was given is its owner's to close. */
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

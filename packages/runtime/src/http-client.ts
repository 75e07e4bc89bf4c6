import type { Dispatcher } from 'undici';

/** The connections of all providers. */
export interface HttpClient {
  /** Loads undici the first time: reading commands answer without it. */
  dispatcher(): Promise<Dispatcher>;
  /** Closes idle connections; those in use close after their answer. A dispatcher that was given is its owner's to close. */
  close(): Promise<void>;
}

/** Opens nothing before the first request. */
export function createHttpClient({ dispatcher }: { dispatcher?: Dispatcher | undefined } = {}): HttpClient {
  let own: Promise<Dispatcher> | undefined;
  return {
    dispatcher: () => (dispatcher === undefined ? (own ??= createAgent()) : Promise.resolve(dispatcher)),
    close: async () => (await own)?.close(),
  };
}

/** Without undici's own clocks: five minutes without headers are normal for a model that loads, and providers keep their own. */
async function createAgent(): Promise<Dispatcher> {
  const { Agent } = await import('undici');
  return new Agent({ headersTimeout: 0, bodyTimeout: 0 });
}

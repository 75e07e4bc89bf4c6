import type { Dispatcher } from 'undici';
import { openTransport } from './transport/open-transport.ts';
import type { Transport } from './transport/plan-transport.ts';

/** The connections of all providers. */
export interface HttpClient {
  /**
   * Loads undici on the first call: commands that only read do not need it. Equal transports share their connections.
   * @default a plain connection
   */
  dispatcher(transport?: Transport): Promise<Dispatcher>;
  /**
   * Closes idle connections; connections in use close after their response. A given dispatcher is closed by its owner.
   */
  close(): Promise<void>;
}

/** Opens nothing before the first request. */
export function createHttpClient({ dispatcher }: { dispatcher?: Dispatcher | undefined } = {}): HttpClient {
  const own = new Map<string, Promise<Dispatcher>>();
  let closed: Promise<void> | undefined;
  return {
    dispatcher: (transport = PLAIN) => (dispatcher === undefined ? open(transport) : Promise.resolve(dispatcher)),
    close: () => (closed ??= closeOwn()),
  };

  function open(transport: Transport): Promise<Dispatcher> {
    const key = JSON.stringify(transport);
    const opened = own.get(key) ?? openTransport(transport);
    own.set(key, opened);
    return opened;
  }

  async function closeOwn(): Promise<void> {
    await Promise.all([...own.values()].map(async (opened) => (await opened).close()));
  }
}

const PLAIN: Transport = {};

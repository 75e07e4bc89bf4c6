import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { ClusterStoreError } from './cluster-store-error.ts';
import type { Script } from './scripts.ts';

/** A connection to the store. It connects again by itself. */
export interface StoreConnection {
  /**
   * Runs a script.
   * @throws {ClusterStoreError} within the time limit
   */
  run(script: Script, call: ScriptCall): Promise<unknown>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { readonly ttlMs: number }): Promise<void>;
  /** Resolves when the store can be used, or after `limitMs`. */
  waitUntilReady(options: { readonly limitMs: number }): Promise<void>;
  load(): StoreLoad;
  close(): void;
}

/** What the store was asked since the start. */
export interface StoreLoad {
  /** By outcome. */
  readonly operations: Readonly<Record<OperationOutcome, number>>;
  /** What the successful ones took. */
  readonly totalMs: number;
}

export type OperationOutcome = 'ok' | 'timeout' | 'unreachable' | 'refused';

export interface ScriptCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

export interface StoreConnectionOptions {
  readonly url: string;
  /** The limit of every operation. */
  readonly timeoutMs: number;
  readonly channels: readonly string[];
  readonly onMessage: (channel: string, message: string) => void;
  /** Called each time that the connection can be used. */
  readonly onReady: () => void;
}

/**
 * Opens two connections, as one that has subscribed takes no other commands.
 * @throws {ClusterStoreError} `invalid-url`
 */
export function openStoreConnection({
  url,
  timeoutMs,
  channels,
  onMessage,
  onReady,
}: StoreConnectionOptions): StoreConnection {
  const { host } = parseStoreUrl(url);
  const commands = new Redis(url, OPTIONS);
  const subscriber = new Redis(url, OPTIONS);
  const operations: Record<OperationOutcome, number> = { ok: 0, timeout: 0, unreachable: 0, refused: 0 };
  let totalMs = 0;
  let lastError: Error | undefined;
  const ping = setInterval(pingSubscriber, PING_MS).unref();

  commands.on('error', noteError);
  subscriber.on('error', noteError);
  commands.on('ready', () => {
    lastError = undefined;
    onReady();
  });
  subscriber.on('ready', () => void subscriber.subscribe(...channels).catch(noteError));
  subscriber.on('message', onMessage);

  /** Without commands, a connection that was cut would not be noticed. */
  function pingSubscriber(): void {
    if (subscriber.status === 'ready') subscriber.ping().catch(noteError);
  }

  function noteError(error: unknown): void {
    if (error instanceof Error) lastError = error;
  }

  /** A command that was sent cannot be taken back: after the limit its reply is ignored. */
  async function limited<Value>(operation: Promise<Value>): Promise<Value> {
    const { promise: expired, reject } = Promise.withResolvers<never>();
    // A reply that lies in the socket of a busy process is read before the limit is checked.
    const timer = setTimeout(() => setImmediate(() => reject(timeout())), timeoutMs);
    const startedAt = performance.now();
    try {
      const value = await Promise.race([operation, expired]);
      operations.ok++;
      totalMs += performance.now() - startedAt;
      return value;
    } catch (error) {
      const failure = error instanceof ClusterStoreError ? error : describe(error);
      if (failure.code !== 'invalid-url') operations[failure.code]++;
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  }

  function timeout(): ClusterStoreError {
    return new ClusterStoreError('timeout', `The store at ${host} did not answer within ${timeoutMs} ms.`);
  }

  function describe(error: unknown): ClusterStoreError {
    if (error instanceof Error && error.name === 'ReplyError') {
      return new ClusterStoreError('refused', `The store at ${host} answered: ${error.message}`, { cause: error });
    }
    const reason = lastError?.message.replace(/\.+$/, '') || 'the connection was closed';
    return new ClusterStoreError('unreachable', `Cannot reach the store at ${host}: ${reason}.`, { cause: error });
  }

  return {
    run: (script, call) => limited(runScript(commands, script, call)),
    get: (key) => limited(commands.get(key)),
    async set(key, value, { ttlMs }) {
      await limited(commands.set(key, value, 'PX', ttlMs));
    },
    async waitUntilReady({ limitMs }) {
      if (commands.status === 'ready') return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limitMs);
      commands.once('ready', resolve);
      await promise;
      clearTimeout(timer);
    },
    load: () => ({ operations: { ...operations }, totalMs }),
    close() {
      clearInterval(ping);
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

/**
 * Checks an address such as `redis://user:password@host:6379/0`, or `rediss://` for TLS.
 * @throws {ClusterStoreError} `invalid-url`; the message does not contain the address, as it may hold a password
 */
function parseStoreUrl(url: string): { readonly host: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw new ClusterStoreError(
      'invalid-url',
      'The address of the store must have the form redis://host:6379, or rediss://host:6379 for TLS.',
    );
  return { host: parsed.host };
}

/** After `SCRIPT FLUSH` or a restart the store no longer has the script. */
async function runScript(redis: Redis, { sha, lua }: Script, { keys, args }: ScriptCall): Promise<unknown> {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return redis.eval(lua, keys.length, ...keys, ...args);
  }
}

const PING_MS = 2_000;

const OPTIONS = {
  // A command that cannot be sent now fails now: what it says may be outdated when the store is back.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 5_000,
  // A connection that has been silent for so long after a command is opened anew.
  socketTimeout: 5_000,
  retryStrategy: (times: number) => Math.min(1_000, times * 100) * (0.75 + Math.random() / 2),
  // After a failover the old primary is a replica, which takes no writes.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Where systems begin to take ports for outgoing connections and for `listen(0)`: 32768 on Linux, 49152 elsewhere. */
const FIRST_EPHEMERAL_PORT = 32_768;
/** Below lie 11434 (Ollama), 18789 (OpenClaw) and the last port that `fetch` refuses to ask, 10080. */
const FIRST_PORT = 20_000;
/** Even with half of the ports taken, one in 2^50 searches would fail. */
const ATTEMPTS = 50;

/**
 * A TCP port that nothing listens on. The system gives it to no connection and to no `listen(0)`, so that it is still free
 * when a program is started on it, and when a server that was stopped starts again.
 * @throws Node's error, for example `EADDRNOTAVAIL` because `host` is not an address of this machine
 */
export async function findFreePort({
  host = '127.0.0.1',
}: { readonly host?: string | undefined } = {}): Promise<number> {
  const server = createServer();
  const port = await listenOnFreePort(server, { host });
  server.close();
  await once(server, 'close');
  return port;
}

interface ListenOnFreePortOptions {
  readonly host: string;
  /** @default a random port of the range */
  readonly choosePort?: (() => number) | undefined;
}

/** Lets the server listen on such a port, and returns it. Another one is tried when the chosen port is taken. */
export async function listenOnFreePort(
  server: Server,
  { host, choosePort = () => randomInt(FIRST_PORT, FIRST_EPHEMERAL_PORT) }: ListenOnFreePortOptions,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = choosePort();
    try {
      await listen(server, { port, host });
      return port;
    } catch (error) {
      if (attempt === ATTEMPTS || !isTaken(error)) throw error;
    }
  }
}

/** @throws Node's error, such as `EADDRINUSE` */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
}

/** Windows reserves ranges of ports for itself, and refuses them with `EACCES`. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

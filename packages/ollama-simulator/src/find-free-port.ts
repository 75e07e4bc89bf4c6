import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where systems begin to take ports for outgoing connections and for `listen(0)`: 32768 on Linux, 49152 elsewhere. */
const FIRST_EPHEMERAL_PORT = 32_768;
/** Below lie 11434 (Ollama), 18789 (OpenClaw) and the last port that `fetch` refuses to ask, 10080. */
const FIRST_PORT = 20_000;
/** Even with half of the ports taken, one in 2^50 searches would fail. */
const ATTEMPTS = 50;

/**
 * A TCP port that nothing listens on. The system gives it to no connection and to no `listen(0)`, so that it is still free
 * when a program is started on it, and when a server that was stopped starts again.
 * @throws Node's error of the last attempt if no port can be listened on, for example because `host` is not an address
 * of this machine
 */
export async function findFreePort({
  host = '127.0.0.1',
}: { readonly host?: string | undefined } = {}): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = randomInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
    const server = createServer().listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}

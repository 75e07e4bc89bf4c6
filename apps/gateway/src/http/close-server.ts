import type { Server } from 'node:http';
import type { InFlightList } from '@openclaw/request-batch';
import { GatewayError } from '../gateway-error.ts';

/** How long a reply that was cut off has to say so before its connection is closed. */
export const FORCE_CLOSE_MS = 250;

/** Why a request is cancelled when the gateway stops. */
export function stopped(): GatewayError {
  return new GatewayError('shutting-down', 'The gateway was stopped before the answer had ended.');
}

/** Accepts no new connections, and waits for running requests within the limit. */
export async function closeServer(
  server: Server,
  { running, timeoutMs }: { running: InFlightList<AbortController>; timeoutMs: number },
): Promise<void> {
  await new Promise<void>((resolve) => {
    // A connection is kept alive after its reply, and one that never sent a request is not idle to Node.
    const sweep = setInterval(() => {
      if (running.size === 0) server.closeAllConnections();
      else server.closeIdleConnections();
    }, 20);
    const limit = setTimeout(() => {
      for (const controller of running.members()) controller.abort(stopped());
      forceClose = setTimeout(() => server.closeAllConnections(), FORCE_CLOSE_MS);
    }, timeoutMs);
    let forceClose: NodeJS.Timeout | undefined;
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      clearTimeout(forceClose);
      resolve();
    });
    server.closeIdleConnections();
  });
}

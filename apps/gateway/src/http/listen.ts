import type { Server } from 'node:http';
import { GatewayError } from '../gateway-error.ts';
import type { GatewayErrorCode } from '../gateway-error.ts';

/**
 * Opens the port.
 * @returns the address that is really listened on.
 * @throws {GatewayError} `address-in-use`, `address-not-available`
 */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<{ host: string; port: number }> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(translate(error, { host, port }));
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
  const address = server.address();
  return { host, port: typeof address === 'object' && address !== null ? address.port : port };
}

function translate(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): unknown {
  const known = FAILURES.get(error.code ?? '');
  return known === undefined ? error : new GatewayError(known.code, known.message(host, port), { cause: error });
}

const FAILURES: ReadonlyMap<string, { code: GatewayErrorCode; message: (host: string, port: number) => string }> =
  new Map<string, { code: GatewayErrorCode; message: (host: string, port: number) => string }>([
    [
      'EADDRINUSE',
      {
        code: 'address-in-use',
        message: (host, port) =>
          `${host}:${port} is taken, perhaps by another gateway: \`openclaw gateway status\` tells. Choose another port with --port or gateway.port.`,
      },
    ],
    [
      'EADDRNOTAVAIL',
      {
        code: 'address-not-available',
        message: (host) =>
          `${host} is not an address of this machine. Set gateway.bind or gateway.customBindHost to one that is.`,
      },
    ],
    [
      'ENOTFOUND',
      { code: 'address-not-available', message: (host) => `${host} is not a name that this machine can resolve.` },
    ],
    [
      'EACCES',
      {
        code: 'address-not-available',
        message: (_host, port) =>
          `Port ${port} needs special rights. Choose one above 1023 with --port or gateway.port.`,
      },
    ],
  ]);

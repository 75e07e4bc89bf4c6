import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib';
import { GatewayError } from '../gateway-error.ts';

/** The window that every decoder of Zstandard must support, 8 MiB. The default, 128 MiB, is memory that a client could ask for. */
const ZSTD_WINDOW_LOG = 23;

const DECOMPRESSORS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', () => createGunzip()],
  ['br', () => createBrotliDecompress()],
  ['zstd', () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } })],
]);
const KNOWN = [...DECOMPRESSORS.keys()].join(', ');

/**
 * Decompresses a request body of this `content-encoding`; `undefined` for a plain one.
 * @throws {GatewayError} `unsupported-encoding`
 */
export function createDecompressor(encoding: string | undefined): Transform | undefined {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return undefined;
  const create = DECOMPRESSORS.get(name);
  if (create !== undefined) return create();
  throw new GatewayError(
    'unsupported-encoding',
    `The body is encoded with ${JSON.stringify(encoding)}. Send it plain, or as one of ${KNOWN}.`,
    { headers: { 'accept-encoding': KNOWN } },
  );
}

import { isUtf8 } from 'node:buffer';
import type { Transform } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonValue } from '@openclaw/provider';
import type { Exchange } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import type { BodyLease, BodyMemory } from './create-body-memory.ts';
import { createDecompressor } from './create-decompressor.ts';
import { createJsonScanner } from './create-json-scanner.ts';
import type { JsonLimits, JsonScanner } from './create-json-scanner.ts';

export interface ReadBodyOptions {
  readonly maxBytes: number;
  readonly memory: BodyMemory;
  readonly limits: JsonLimits;
}

/**
 * A request's body, as JSON. A compressed body is decompressed, and limits count its plain bytes.
 * It counts as held in memory until the response closes.
 * @throws {GatewayError} `body-too-large`, `too-many-requests`, `unsupported-encoding`, `invalid-request`; the signal's
 * reason when it fires before the body has arrived.
 */
export async function readJsonBody(
  { request, response, signal }: Pick<Exchange, 'request' | 'response' | 'signal'>,
  { maxBytes, memory, limits }: ReadBodyOptions,
): Promise<JsonValue> {
  const decompressor = createDecompressor(request.headers['content-encoding']);
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const lease = memory.lease();
  lease.check(announced);
  response.once('close', () => lease.release());
  const scanner = createJsonScanner(limits);
  const bytes = await readBytes(request, { decompressor, maxBytes, lease, scanner, signal });
  if (bytes.length <= MAX_BYTES_PARSED_IN_ONE_TURN) return parse(decode(bytes));
  // Each step of a large body takes tens of milliseconds. Other requests have their turn in between.
  await nextTurn();
  const text = decode(bytes);
  await nextTurn();
  const value = parse(text);
  await nextTurn();
  return value;
}

const MAX_BYTES_PARSED_IN_ONE_TURN = 1024 * 1024;

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new GatewayError('invalid-request', 'The body is not encoded as UTF-8.');
  const text = bytes.toString('utf8');
  // Windows' tools write a byte order mark before their JSON.
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function parse(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (text.trim() === '') throw new GatewayError('invalid-request', 'The body is empty. Send a JSON object.');
    throw new GatewayError('invalid-request', `The body is not JSON${whereOf(error)}.`, { cause: error });
  }
}

/** V8's own words quote the body, which is the client's business and may be long; only what and where is taken from them. */
function whereOf({ message }: SyntaxError): string {
  if (message.includes('end of JSON')) return ': it ends too early';
  const what = /^Unexpected token ('.')/u.exec(message)?.[1];
  const where = / at position \d+(?: \(line \d+ column \d+\))?/.exec(message)?.[0];
  if (what !== undefined) return `: no value begins with ${what}`;
  return where === undefined ? '' : `: there is a mistake${where}`;
}

interface ReadBytesOptions extends Pick<Exchange, 'signal'> {
  readonly decompressor: Transform | undefined;
  readonly maxBytes: number;
  readonly lease: BodyLease;
  readonly scanner: JsonScanner;
}

function readBytes(
  request: Exchange['request'],
  { decompressor, maxBytes, lease, scanner, signal }: ReadBytesOptions,
): Buffer | Promise<Buffer> {
  signal.throwIfAborted();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    lease.take(chunk.length);
    scanner.scan(chunk);
  };
  // A short body usually comes with its head, and there is nothing to wait for.
  if (decompressor === undefined && request.complete) {
    const body: Buffer = request.read() ?? NO_BYTES;
    count(body);
    return body;
  }
  const body = decompressor === undefined ? request : request.pipe(decompressor);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const receive = (chunk: Buffer) => {
      try {
        count(chunk);
        chunks.push(chunk);
      } catch (error) {
        stop(error);
      }
    };
    /** The rest is read and dropped; see `discardRest`. */
    const stop = (reason: unknown) => {
      body.off('data', receive);
      if (decompressor !== undefined) {
        request.unpipe(decompressor).resume();
        decompressor.destroy();
      }
      chunks.length = 0;
      lease.release();
      reject(reason);
    };
    body.on('data', receive);
    body.on('end', () => resolve(joined(chunks)));
    decompressor?.on('error', (cause: Error) => stop(notCompressed(cause)));
    signal.addEventListener('abort', () => stop(signal.reason), { once: true });
  });
}

const NO_BYTES = Buffer.alloc(0);

/** Most bodies come in one piece, which need not be copied. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

function notCompressed(cause: Error): GatewayError {
  const message = 'The body is not compressed in the way that its content-encoding says, or is not complete.';
  return new GatewayError('invalid-request', message, { cause });
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    'body-too-large',
    `The body is larger than ${maxBytes} bytes. Send less, or raise gateway.limits.maxBodyBytes.`,
  );
}

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '@openclaw/provider';
import { GatewayError } from '../gateway-error.ts';
import { isArray, isObject } from '../openai-api/read-fields.ts';

export interface ReadBodyOptions {
  readonly maxBytes: number;
  /** How many objects and arrays may lie inside each other. */
  readonly maxDepth: number;
}

/**
 * A request's body, as JSON.
 * @throws {GatewayError} `body-too-large`, `unsupported-encoding`, `invalid-request`; `client-left` when it never ended.
 */
export async function readJsonBody(
  request: IncomingMessage,
  { maxBytes, maxDepth }: ReadBodyOptions,
): Promise<JsonValue> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new GatewayError(
      'unsupported-encoding',
      `The body is encoded with ${JSON.stringify(encoding)}. Send it plain.`,
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request, maxBytes);
  if (!isUtf8(bytes)) throw new GatewayError('invalid-request', 'The body is not encoded as UTF-8.');
  const decoded = bytes.toString('utf8');
  // Windows' tools write a byte order mark before their JSON.
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  if (text.length > MOST_CHARACTERS_PARSED_UNSEEN) refuseDepth(findDepth(text, maxDepth), maxDepth);
  const value = parse(text);
  if (isDeeper(value, maxDepth)) refuseDepth(findDepth(text, maxDepth), maxDepth);
  return value;
}

/**
 * Looking for depth before a text is parsed costs as much as parsing it, and after that next to nothing. But what is nothing but
 * brackets takes fifty times its size when it is parsed, so only texts of this length are parsed first.
 */
const MOST_CHARACTERS_PARSED_UNSEEN = 1024 * 1024;

function refuseDepth(deepAt: number, maxDepth: number): void {
  if (deepAt === -1) return;
  throw new GatewayError(
    'invalid-request',
    `The body nests more than ${maxDepth} objects and arrays (at character ${deepAt}).`,
  );
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

/** Whether more than so many objects and arrays lie inside each other; goes no deeper than that. */
function isDeeper(value: JsonValue | undefined, left: number): boolean {
  if (isArray(value)) return left === 0 || value.some((item) => isDeeper(item, left - 1));
  if (!isObject(value)) return false;
  return left === 0 || Object.keys(value).some((key) => isDeeper(value[key], left - 1));
}

/** V8's own words quote the body, which is the client's business and may be long; only what and where is taken from them. */
function whereOf({ message }: SyntaxError): string {
  if (message.includes('end of JSON')) return ': it ends too early';
  const what = /^Unexpected token ('.')/u.exec(message)?.[1];
  const where = / at position \d+(?: \(line \d+ column \d+\))?/.exec(message)?.[0];
  if (what !== undefined) return `: no value begins with ${what}`;
  return where === undefined ? '' : `: there is a mistake${where}`;
}

function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const left = () => new GatewayError('client-left', 'The client left before it had sent its request.');
    if (request.destroyed) return reject(left());
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      // The rest is read and dropped; see `discardRest`.
      chunks.length = 0;
      reject(tooLarge(maxBytes));
    });
    request.on('end', () => resolve(joined(chunks)));
    request.on('close', () => {
      if (!request.complete) reject(left());
    });
  });
}

/** Most bodies come in one piece, which need not be copied. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    'body-too-large',
    `The body is larger than ${maxBytes} bytes. Send less, or raise gateway.limits.maxBodyBytes.`,
  );
}

/**
 * Where a text of JSON goes deeper than `maxDepth`, or -1. Such a text is refused because whatever walks the parsed value
 * later walks it recursively. Strings are skipped at the speed of `indexOf`, so that images cost nothing.
 */
function findDepth(text: string, maxDepth: number): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
      if (index === -1) return -1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth++;
      if (depth > maxDepth) return index;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
    }
  }
  return -1;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return -1;
}

import { GatewayError } from '../gateway-error.ts';

/** Looks at JSON while it arrives, before anything is parsed. */
export interface JsonScanner {
  /** @throws {GatewayError} `invalid-request` for what nests too deep, `body-too-large` for too many values. */
  scan(chunk: Uint8Array): void;
}

export interface JsonLimits {
  /** How many objects and arrays may lie inside each other. */
  readonly maxDepth: number;
  /** Objects, arrays and strings, keys among them: parsing one costs as much as parsing a hundred characters. */
  readonly maxParts: number;
  /** Values and keys of any kind. */
  readonly maxValues: number;
}

/**
 * Bounds what parsing a text costs. A text within the limits is parsed in time proportional to its bytes. The scanner reads
 * bytes: every byte of a character outside ASCII is above 0x7f and cannot be taken for JSON's own signs.
 */
export function createJsonScanner({ maxDepth, maxParts, maxValues }: JsonLimits): JsonScanner {
  let scanned = 0;
  let depth = 0;
  let parts = 0;
  let commas = 0;
  let inString = false;
  let escaped = false;

  function open(at: number): void {
    depth++;
    if (depth <= maxDepth) return;
    throw new GatewayError(
      'invalid-request',
      `The body nests more than ${maxDepth} objects and arrays (at byte ${scanned + at - 1}).`,
    );
  }

  function scan(chunk: Uint8Array): void {
    const { length } = chunk;
    for (let at = 0; at < length;) {
      if (inString) {
        if (escaped) {
          escaped = false;
          at++;
          continue;
        }
        let byte = chunk[at];
        while (at < length && byte !== QUOTE && byte !== BACKSLASH) byte = chunk[++at];
        if (at === length) break;
        if (byte === QUOTE) inString = false;
        else escaped = true;
        at++;
        continue;
      }
      switch (chunk[at++] ?? 0) {
        case QUOTE:
          inString = true;
          parts++;
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          parts++;
          open(at);
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          depth--;
          break;
        case COMMA:
          commas++;
          break;
      }
    }
    scanned += length;
    if (parts > maxParts) throw tooMany(maxParts, 'objects, arrays and strings');
    if (commas >= maxValues) throw tooMany(maxValues, 'values');
  }

  return { scan };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function tooMany(limit: number, what: string): GatewayError {
  return new GatewayError(
    'body-too-large',
    `The body holds more than ${limit} ${what}. Send fewer, in several requests if need be.`,
  );
}

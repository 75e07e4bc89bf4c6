/** `events` is server-sent events; `json` is JSON line by line, or one document. */
export type BodyFormat = 'json' | 'events';

const LAST_BLANK = 0x20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/**
 * The format of a body by its first character; `undefined` while there is none. `{` and `[` cannot begin an event
 * stream, and nothing else can begin a JSON document that is an answer.
 */
export function detectBodyFormat(bytes: Uint8Array): BodyFormat | undefined {
  for (const byte of bytes) {
    if (byte <= LAST_BLANK || BYTE_ORDER_MARK.includes(byte)) continue;
    return byte === OPENING_BRACE || byte === OPENING_BRACKET ? 'json' : 'events';
  }
  return undefined;
}

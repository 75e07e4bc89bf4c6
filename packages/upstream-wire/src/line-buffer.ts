import { ByteCollector } from '@openclaw/upstream-errors';
import { decodeUtf8 } from './decode-utf8.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Up to this length a loop finds a byte faster than a call into native code. */
const SMALL_READ = 64;

/** Joins the reads of a body to whole lines. */
export interface LineBuffer {
  /**
   * Adds the bytes of a read. @returns the lines that are now complete, each with `\n` at its end, or an empty string
   */
  push(bytes: Uint8Array): string;
  /** The text after the last line end, when the body is over. */
  rest(): string;
  /** Bytes of the incomplete line. */
  pendingBytes(): number;
}

/**
 * Lines by the rules of server-sent events: LF, CR and CRLF end a line, a leading byte order mark is dropped, bytes
 * that are not UTF-8 become U+FFFD. Only whole lines are decoded, so that no character is split.
 */
export function createLineBuffer(): LineBuffer {
  const pending = new ByteCollector();
  let atStart = true;
  let afterCarriageReturn = false;

  return { push, rest: () => decode(NO_BYTES, 0, 0), pendingBytes: () => pending.length };

  function push(bytes: Uint8Array): string {
    if (bytes.length === 0) return '';
    // The second half of a CRLF that was split between two reads.
    const from = afterCarriageReturn && bytes[0] === LINE_FEED ? 1 : 0;
    const end = findLastLineEnd(bytes);
    afterCarriageReturn = end === bytes.length && bytes[end - 1] === CARRIAGE_RETURN;
    const text = end > from ? decode(bytes, from, end) : '';
    const restFrom = Math.max(from, end);
    if (restFrom < bytes.length) pending.push(restFrom === 0 ? bytes : bytes.subarray(restFrom));
    return text;
  }

  function decode(bytes: Uint8Array, from: number, end: number): string {
    let text = pending.length === 0 ? decodeUtf8(bytes, from, end) : decodeWithPending(bytes.subarray(from, end));
    if (atStart && text !== '') {
      atStart = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  function decodeWithPending(bytes: Uint8Array): string {
    pending.push(bytes);
    return decodeUtf8(pending.take());
  }
}

/**
 * The index after the last LF, or after the last CR if there is no LF, since a stream that has LFs ends its lines with
 * them.
 */
function findLastLineEnd(bytes: Uint8Array): number {
  if (bytes.length > SMALL_READ) return bytes.lastIndexOf(LINE_FEED) + 1 || bytes.lastIndexOf(CARRIAGE_RETURN) + 1;
  let afterCarriageReturn = 0;
  for (let at = bytes.length - 1; at >= 0; at--) {
    const byte = bytes[at];
    if (byte === LINE_FEED) return at + 1;
    if (byte === CARRIAGE_RETURN && afterCarriageReturn === 0) afterCarriageReturn = at + 1;
  }
  return afterCarriageReturn;
}

const NO_BYTES = new Uint8Array(0);

import { ByteCollector } from '@openclaw/upstream-errors';
import { decodeUtf8 } from './decode-utf8.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Up to here a loop finds a byte sooner than a call into native code does. */
const SMALL_READ = 64;

/** Cuts bytes into whole lines, however they were cut on the way. */
export interface LineBuffer {
  /** Adds what was read, and returns the lines that are now complete, each ended by `\n`; empty when there are none. */
  push(bytes: Uint8Array): string;
  /** What is left when no more comes: lines without a last line end. */
  rest(): string;
  /** Bytes of the line that is not complete yet. */
  pendingBytes(): number;
}

/**
 * Lines by the rules of server-sent events: LF, CR and CRLF end a line, a byte order mark in front is dropped, bytes
 * that are not UTF-8 become U+FFFD. Only whole lines are decoded, so that no character is ever cut.
 */
export function createLineBuffer(): LineBuffer {
  const pending = new ByteCollector();
  let atStart = true;
  let afterCarriageReturn = false;

  return { push, rest: () => decode(NO_BYTES, 0, 0), pendingBytes: () => pending.length };

  function push(bytes: Uint8Array): string {
    if (bytes.length === 0) return '';
    // The second half of a CRLF that was cut in two.
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

/** After the last LF; after the last CR only where there is no LF, since a stream that has LFs ends its lines with them. */
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

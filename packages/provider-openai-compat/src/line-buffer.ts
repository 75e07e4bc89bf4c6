const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cuts bytes into whole lines, however they were cut on the way. */
export interface LineBuffer {
  /** Adds what was read, and returns the lines that are now complete, each ended by `\n`; empty when there are none. */
  push(bytes: Uint8Array): string;
  /** What is left when no more comes: the start of a line without an end. */
  rest(): string;
  /** Bytes of the line that is not complete yet. */
  pendingBytes(): number;
}

/**
 * Lines by the rules of server-sent events: LF, CR and CRLF end a line, a byte order mark in front is dropped, bytes
 * that are not UTF-8 become U+FFFD. Only whole lines are decoded, so that no character is ever cut.
 */
export function createLineBuffer(): LineBuffer {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let atStart = true;
  let afterCarriageReturn = false;

  return { push, rest, pendingBytes: () => pendingBytes };

  function push(read: Uint8Array): string {
    const bytes = asBuffer(read);
    // The second half of a CRLF that was cut in two.
    const from = afterCarriageReturn && bytes[0] === LINE_FEED ? 1 : 0;
    if (bytes.length > 0) afterCarriageReturn = false;
    const hasCarriageReturn = bytes.includes(CARRIAGE_RETURN);
    const lastLineFeed = bytes.lastIndexOf(LINE_FEED);
    const end = (hasCarriageReturn ? Math.max(lastLineFeed, bytes.lastIndexOf(CARRIAGE_RETURN)) : lastLineFeed) + 1;
    if (end <= from) {
      hold(bytes.subarray(from));
      return '';
    }
    afterCarriageReturn = hasCarriageReturn && end === bytes.length && bytes[end - 1] === CARRIAGE_RETURN;
    const text = decode(bytes.subarray(from, end));
    hold(bytes.subarray(end));
    return text;
  }

  function rest(): string {
    return decode(Buffer.alloc(0));
  }

  function hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    pending.push(bytes);
    pendingBytes += bytes.length;
  }

  function decode(bytes: Buffer): string {
    const whole = pendingBytes === 0 ? bytes : Buffer.concat([...pending, bytes]);
    pending = [];
    pendingBytes = 0;
    let text = whole.toString('utf8');
    if (atStart && text !== '') {
      atStart = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

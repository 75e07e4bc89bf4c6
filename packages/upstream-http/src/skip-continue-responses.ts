import type { Socket } from 'node:net';

const END = '\r\n\r\n';
/** A longer head is no `100 Continue` that anything sends, and is left to the parser. */
const MAX_HEAD_BYTES = 8 * 1024;

/**
 * Skips `100 Continue` in front of a response. A server may send it unasked, and a client has to read past it (RFC 9110 §15.2);
 * undici closes the connection instead. Other interim responses are skipped by undici itself. A status line that arrives in
 * pieces is left to the parser: holding less than one back would hide from it that the response has started.
 */
export function skipContinueResponses(socket: Socket): void {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket);
  let awaitsHead = false;
  let held: Buffer | undefined;

  Object.assign(socket, {
    /** undici writes the head of a request as a string and its body as bytes. */
    write(...args: readonly unknown[]): unknown {
      if (typeof args[0] === 'string') awaitsHead = true;
      return Reflect.apply(write, undefined, args);
    },
    read(size?: number): unknown {
      const bytes: unknown = read(size);
      if (!awaitsHead || !Buffer.isBuffer(bytes)) return bytes;
      const head = held === undefined ? bytes : Buffer.concat([held, bytes]);
      const rest = skip(head);
      held = rest === undefined ? head : undefined;
      if (rest === undefined) return null;
      awaitsHead = rest.length === 0;
      return awaitsHead ? null : rest;
    },
  });
}

/** Whether bytes begin with `HTTP/1.1 100`. Each response is asked, so the digits come first: they decide it nearly always. */
function isContinue(bytes: Buffer): boolean {
  if (bytes[9] !== 0x31 || bytes[10] !== 0x30 || bytes[11] !== 0x30) return false;
  return bytes.toString('latin1', 0, 9) === 'HTTP/1.1 ';
}

/** What follows the `100 Continue` responses in front; `undefined` until the end of one has arrived. */
function skip(bytes: Buffer): Buffer | undefined {
  let rest = bytes;
  while (isContinue(rest)) {
    const end = rest.indexOf(END);
    if (end === -1) return rest.length > MAX_HEAD_BYTES ? rest : undefined;
    rest = rest.subarray(end + END.length);
  }
  return rest;
}

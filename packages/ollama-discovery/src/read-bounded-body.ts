import type { DiscoveryResponse } from './discovery-fetch.ts';

/** The body exceeds the limit; the rest was not read. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * Reads a response body as text.
 * @throws {BodyTooLargeError} as soon as more than `maxBytes` have arrived
 */
export async function readBoundedBody(
  { body }: DiscoveryResponse,
  { maxBytes }: { maxBytes: number },
): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError(`more than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

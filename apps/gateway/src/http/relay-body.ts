import type { Exchange } from '../gateway-context.ts';
import { createUsageReader } from '../observe/usage-reader.ts';
import { writable } from './writable.ts';

/** Sends a body to the client, piece by piece, and notes the tokens that it names. */
export async function relayBody(
  body: AsyncIterable<Uint8Array>,
  { response, trace }: Pick<Exchange, 'response' | 'trace'>,
): Promise<void> {
  const reader = createUsageReader();
  trace.relays(reader);
  for await (const chunk of body) {
    reader.read(chunk);
    if (!response.write(chunk)) await writable(response);
  }
}

import type { DiscoveryResponse } from './discovery-fetch.ts';
import { BodyTooLargeError } from './read-bounded-body.ts';

/**
 * Reads a response body line by line. Blank lines are skipped.
 * @throws {BodyTooLargeError} as soon as a line has more than `maxCharacters`
 */
export async function* readLines(
  { body }: DiscoveryResponse,
  { maxCharacters }: { maxCharacters: number },
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const bytes of body ?? []) {
    const lines = (held + decoder.decode(bytes, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    if (held.length > maxCharacters) throw new BodyTooLargeError(`a line of more than ${maxCharacters} characters`);
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (held.trim() !== '') yield held;
}

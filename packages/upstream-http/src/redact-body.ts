import { redactorFor } from '@openclaw/upstream-errors';

/**
 * The bytes of a body with `***` in the place of every secret, wherever it was cut on the way. Held back is only what may be the beginning
 * of a secret, which is less than six times its length; everything else goes on at once. Nothing is copied when there are no secrets.
 */
export function redactBody(
  body: AsyncIterableIterator<Uint8Array, void, undefined>,
  secrets: readonly string[],
): AsyncIterableIterator<Uint8Array, void, undefined> {
  if (secrets.length === 0) return body;
  const redactor = redactorFor(secrets);
  let held = '';
  const iterator: AsyncIterableIterator<Uint8Array, void, undefined> = {
    async next() {
      for (;;) {
        const read = await body.next();
        if (read.done === true) {
          const rest = redactor.redact(held);
          held = '';
          return rest === '' ? read : { done: false, value: Buffer.from(rest, 'latin1') };
        }
        // Latin-1 keeps every byte as it is.
        const split = redactor.split(held + Buffer.from(read.value).toString('latin1'));
        held = split.held;
        if (split.redacted !== '') return { done: false, value: Buffer.from(split.redacted, 'latin1') };
      }
    },
    return: async () => (await body.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

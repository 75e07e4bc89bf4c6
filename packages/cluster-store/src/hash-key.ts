import { createHash } from 'node:crypto';

/**
 * Names something in the store without saying what it is: addresses, models, clients and conversations are only ever
 * stored as hashes. 128 bits, so that two names never meet.
 */
export function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Marks the value as ours: a client may send the encrypted reasoning of another server. */
const PREFIX = 'openclaw.1.';

/**
 * Reasoning → `encrypted_content`, which clients that keep no state send back in the next turn. It is encoded and not
 * encrypted: the reasoning of local models is no secret.
 */
export function encodeOpaqueReasoning(text: string): string {
  return PREFIX + Buffer.from(text, 'utf8').toString('base64url');
}

/** The reasoning in an `encrypted_content`; `undefined` for one that another server wrote. */
export function decodeOpaqueReasoning(content: string): string | undefined {
  if (!content.startsWith(PREFIX)) return undefined;
  return Buffer.from(content.slice(PREFIX.length), 'base64url').toString('utf8');
}

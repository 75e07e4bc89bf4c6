import { createHash } from 'node:crypto';
import type { ChatRequest } from '@openclaw/provider';

export interface AffinityQuery {
  /** Full reference of the model: models share no prefix. */
  readonly model: string;
  /** Identifies the conversation, if the client sends one. */
  readonly session?: string | undefined;
}

/**
 * The key of a conversation with a model: requests with the same key begin with the same prompt, so the endpoint that
 * served one has most of the next in memory. It comes from the session, or else from the head of the conversation: system
 * messages, tools, and the first message of the user. It is a hash, so it contains nothing of a prompt.
 */
export function affinityKey(
  { messages, tools }: Pick<ChatRequest, 'messages' | 'tools'>,
  { model, session }: AffinityQuery,
): string {
  const hash = createHash('sha256').update(JSON.stringify(model));
  if (session !== undefined) return hash.update(`session ${session}`).digest('base64url');
  const firstOfUser = messages.findIndex(({ role }) => role === 'user');
  hash.update(JSON.stringify(tools ?? []));
  for (const message of messages.slice(0, firstOfUser + 1)) hash.update(JSON.stringify(message));
  return hash.digest('base64url');
}

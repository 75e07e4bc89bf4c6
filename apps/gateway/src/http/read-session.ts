import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '@openclaw/provider';

/** The headers by which clients identify a conversation: any client, OpenClaw, Claude Code, Codex and its older releases. */
const SESSION_HEADERS = [
  'x-session-id',
  'x-openclaw-session-key',
  'x-claude-code-session-id',
  'session-id',
  'session_id',
] as const;

/** What identifies the conversation of a request: a header, or `prompt_cache_key` of the body. */
export function readSession(headers: IncomingHttpHeaders, body: JsonValue): string | undefined {
  for (const name of SESSION_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  if (typeof body !== 'object' || body === null || !('prompt_cache_key' in body)) return undefined;
  const { prompt_cache_key: key } = body;
  return typeof key === 'string' && key !== '' ? key : undefined;
}

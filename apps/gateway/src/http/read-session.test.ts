import { expect, test } from 'vitest';
import { readSession } from './read-session.ts';

test.each([
  ['Claude Code', { 'x-claude-code-session-id': 'c' }, {}, 'c'],
  ['Codex', { 'session-id': 'x' }, { prompt_cache_key: 'key' }, 'x'],
  ['older releases of Codex', { session_id: 'x' }, {}, 'x'],
  ['OpenClaw', { 'x-openclaw-session-key': 'agent:main' }, {}, 'agent:main'],
  ['any client', { 'x-session-id': 's' }, {}, 's'],
  ['the body', { 'x-session-id': '' }, { prompt_cache_key: 'key' }, 'key'],
  ['nothing', {}, { prompt_cache_key: null }, undefined],
  ['nothing, if the body is no object', {}, [], undefined],
])('finds the session of %s', (_client, headers, body, session) => {
  expect(readSession(headers, body)).toBe(session);
});

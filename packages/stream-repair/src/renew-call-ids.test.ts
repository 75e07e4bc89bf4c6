import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { repairAll } from '../test/play.ts';

function call(id: string): StreamEvent[] {
  return [
    { type: 'tool-call-start', id, name: 'list_dir' },
    { type: 'tool-call-delta', id, argumentsText: '{}' },
    { type: 'tool-call-end', id, name: 'list_dir', argumentsText: '{}' },
  ];
}

test('a call gets a new id if an earlier call of the conversation has its id, but for ids of Kimi K2', async () => {
  const used = new Set(['call_0', 'functions.list_dir:0']);
  const events = [...call('call_0'), ...call('call_9'), ...call('functions.list_dir:0')];

  const repaired = await repairAll(events, { isUsedId: (id) => used.has(id), generateId: () => 'new' });

  const ids = repaired.flatMap((event) => ('id' in event ? event.id : []));
  expect(ids).toEqual(['new', 'call_9', 'functions.list_dir:0'].flatMap((id) => [id, id, id]));
});

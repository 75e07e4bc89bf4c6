import type { StreamEvent } from '@openclaw/provider';

/** The event of a text; none of an empty one. */
export function textDelta(text: string): readonly StreamEvent[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

/** Joins adjacent text deltas. */
export function joinText(events: readonly StreamEvent[]): readonly StreamEvent[] {
  const joined: StreamEvent[] = [];
  for (const event of events) {
    const before = joined.at(-1);
    if (event.type === 'text-delta' && before?.type === 'text-delta') {
      joined[joined.length - 1] = { type: 'text-delta', text: before.text + event.text };
    } else joined.push(event);
  }
  return joined;
}

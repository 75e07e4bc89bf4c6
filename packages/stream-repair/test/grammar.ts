import type { StreamEvent } from '@openclaw/provider';

/** What is wrong with a stream by the grammar of `stream-event.ts`; empty when nothing is. */
export function grammarErrors(events: readonly StreamEvent[]): readonly string[] {
  const errors: string[] = [];
  const open = new Map<string, string>();
  let phase: 'before' | 'started' | 'ended' = 'before';
  for (const event of events) {
    if (phase === 'ended') errors.push(`${event.type} after the end`);
    if (phase === 'before' && !['start', 'fallback', 'error'].includes(event.type))
      errors.push(`${event.type} before start`);
    if (phase === 'started' && ['start', 'fallback'].includes(event.type)) errors.push(`${event.type} after start`);
    switch (event.type) {
      case 'start':
        phase = 'started';
        break;
      case 'text-delta':
      case 'reasoning-delta':
        if (event.text === '') errors.push(`empty ${event.type}`);
        break;
      case 'tool-call-start':
        if (open.has(event.id)) errors.push(`${event.id} started twice`);
        open.set(event.id, '');
        break;
      case 'tool-call-delta':
        if (event.argumentsText === '') errors.push('empty tool-call-delta');
        if (!open.has(event.id)) errors.push(`delta of ${event.id}, which is not open`);
        open.set(event.id, (open.get(event.id) ?? '') + event.argumentsText);
        break;
      case 'tool-call-end':
        if (open.get(event.id) !== event.argumentsText) errors.push(`deltas of ${event.id} are not its end`);
        open.delete(event.id);
        break;
      case 'finish':
        if (open.size > 0) errors.push('finish with open calls');
        phase = 'ended';
        break;
      case 'error':
        phase = 'ended';
        break;
      case 'repair':
      case 'fallback':
        break;
    }
  }
  return phase === 'ended' ? errors : [...errors, 'no end'];
}

import { createEventStream, openEventStream } from '@openclaw/provider';
import type { EventStream, StreamEvent } from '@openclaw/provider';

/** Leaves out every tool call but the first. For `parallelToolCalls: false`, which Ollama and other servers ignore. */
export function limitToolCalls(events: AsyncIterable<StreamEvent>): EventStream {
  const source = openEventStream(events);
  let first: string | undefined;

  function isAllowed(event: StreamEvent): boolean {
    if (event.type === 'tool-call-start') first ??= event.id;
    const isOfCall =
      event.type === 'tool-call-start' || event.type === 'tool-call-delta' || event.type === 'tool-call-end';
    return !isOfCall || event.id === first;
  }

  return createEventStream({
    async pull() {
      for (;;) {
        const pulled = await source.pull();
        const allowed = pulled.filter(isAllowed);
        // An empty list would be the end.
        if (allowed.length > 0 || pulled.length === 0) return allowed;
      }
    },
    close: () => source.return(),
  });
}

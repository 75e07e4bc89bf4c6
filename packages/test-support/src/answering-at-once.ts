import { createEventStream } from '@openclaw/provider';
import type { Provider } from '@openclaw/provider';

/** Wraps `answer` as a stream, to run the same tests on it. */
export function answeringAtOnce(provider: Provider): Provider {
  return {
    id: provider.id,
    stream(request, { signal, ...options } = {}) {
      const left = new AbortController();
      return createEventStream({
        async pull() {
          const signals = signal === undefined ? [left.signal] : [left.signal, signal];
          const events = await provider.answer?.(request, { ...options, signal: AbortSignal.any(signals) });
          if (events === undefined) throw new Error(`${provider.id} has no \`answer\`.`);
          return events;
        },
        close: () => left.abort(),
      });
    },
  };
}

import type { CollectedMessage, StreamEvent } from '@openclaw/provider';

/** Measures an answer while it passes. */
export interface AnswerTimer {
  /** Passes the events on unchanged. */
  watch(events: AsyncIterable<StreamEvent>): AsyncIterable<StreamEvent>;
  /** `ollama/m, 120 tokens, 40 tokens/s, first token after 0.5 s, complete after 3.5 s`. */
  describe(message: Pick<CollectedMessage, 'model' | 'usage'>): string;
}

/** An answer that came in less time came whole, so nothing can be said about its tokens. */
const SHORTEST_STREAM_MS = 50;

/** Starts to measure. */
export function createAnswerTimer({ now }: { readonly now: () => number }): AnswerTimer {
  const startedAt = now();
  let firstAt: number | undefined;
  let endedAt = startedAt;
  return {
    async *watch(events) {
      for await (const event of events) {
        if (event.type === 'text-delta' || event.type === 'reasoning-delta' || event.type === 'tool-call-start')
          firstAt ??= now();
        endedAt = now();
        yield event;
      }
    },
    describe({ model, usage }) {
      const totalMs = endedAt - startedAt;
      const streamedMs = endedAt - (firstAt ?? endedAt);
      const cameInPieces = streamedMs >= SHORTEST_STREAM_MS;
      // The server's own measurement does not contain the network.
      const outputMs = usage?.outputMs ?? (cameInPieces ? streamedMs : undefined);
      return [
        model,
        ...(usage === undefined ? [] : [usage.outputTokens === 1 ? '1 token' : `${usage.outputTokens} tokens`]),
        ...(usage === undefined || outputMs === undefined || outputMs <= 0
          ? []
          : [rate(usage.outputTokens / (outputMs / 1000))]),
        ...(cameInPieces && firstAt !== undefined ? [`first token after ${seconds(firstAt - startedAt)}`] : []),
        `complete after ${seconds(totalMs)}`,
      ].join(', ');
    },
  };
}

function rate(tokensPerSecond: number): string {
  return `${tokensPerSecond.toFixed(tokensPerSecond < 10 ? 1 : 0)} tokens/s`;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

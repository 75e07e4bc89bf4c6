import type { AnswerOrder } from '../scripted-answer.ts';
import { CLEAR_OUTCOMES, classifyReply } from './classify-reply.ts';
import type { Outcome } from './classify-reply.ts';
import type { ClientReport } from './client-protocol.ts';
import type { ChatReply } from './send-chat.ts';

/** Of each outcome. */
const MAX_EXAMPLES = 3;
const EXAMPLE_CHARACTERS = 200;
/** Latencies that are remembered; a longer soak overwrites the oldest. */
const MAX_LATENCIES = 200_000;

/** Counts how requests ended. */
export function createOutcomeLog() {
  const outcomes: Partial<Record<Outcome, number>> = {};
  const latencies: number[] = [];
  const examples: string[] = [];
  const stale = { primary: 0, other: 0 };
  let requests = 0;
  let complete = 0;
  let left = 0;
  let slowestHealthMs = 0;
  let letIn = 0;

  return {
    /** Records a reply; `undefined` for a cancelled request. */
    add(reply: ChatReply | undefined, asked: { readonly order: AnswerOrder; readonly stream: boolean }): void {
      requests++;
      if (reply === undefined) {
        left++;
        return;
      }
      const outcome = classifyReply(reply, asked);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (outcome === 'complete') latencies[complete++ % MAX_LATENCIES] = reply.durationMs;
      if (CLEAR_OUTCOMES.has(outcome) || (outcomes[outcome] ?? 0) > MAX_EXAMPLES) return;
      const { status = 'no status', body, answeredBy, durationMs } = reply;
      const about = `${asked.stream ? 'streamed' : 'whole'}, by ${answeredBy}, ${JSON.stringify(asked.order)}`;
      const shown = JSON.stringify(body.slice(-EXAMPLE_CHARACTERS));
      examples.push(`${outcome}: ${status} after ${Math.round(durationMs)} ms (${about}), ends with ${shown}`);
    },
    addStale(answeredBy: string | undefined): void {
      if (answeredBy === 'stale/chat') stale.primary++;
      else stale.other++;
    },
    addHealth(durationMs: number): void {
      slowestHealthMs = Math.max(slowestHealthMs, durationMs);
    },
    addUnauthorized(status: number): void {
      if (status === 401) return;
      letIn++;
      if (letIn <= MAX_EXAMPLES) examples.push(`let in without a token: status ${status}`);
    },
    report(): ClientReport {
      const sorted = latencies.toSorted((one, other) => one - other);
      const percentile = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
      const latencyMs = { p50: percentile(0.5), p99: percentile(0.99) };
      return { type: 'report', requests, outcomes, left, latencyMs, slowestHealthMs, stale, letIn, examples };
    },
  };
}

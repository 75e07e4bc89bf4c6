import type { Attempt } from '@openclaw/provider';

interface WaitingQuestion {
  readonly signal: AbortSignal;
  /** The attempts that have failed. */
  readonly failed: readonly Attempt[];
}

/** Describes what a request waits for: `loading gpt-oss:20b…`. Rejects, or resolves to `undefined`, if nothing is known. */
export type DescribeWaiting = (question: WaitingQuestion) => Promise<string | undefined>;

interface WatchOptions {
  /** Grows while the request runs. */
  readonly failed: readonly Attempt[];
  readonly onLabel: (label: string) => void;
}

const INTERVAL_MS = 1000;

/** Asks once a second what the request waits for, until it is stopped. */
export function watchWaiting(
  describe: DescribeWaiting | undefined,
  { failed, onLabel }: WatchOptions,
): { stop(): void } {
  if (describe === undefined) return { stop: () => undefined };
  const controller = new AbortController();
  const { signal } = controller;
  let asking = false;

  async function ask(): Promise<void> {
    if (asking || describe === undefined) return;
    asking = true;
    // A server that cannot say it is no problem of the request.
    const label = await describe({ signal, failed }).catch(() => undefined);
    asking = false;
    if (label !== undefined && !signal.aborted) onLabel(label);
  }

  const timer = setInterval(() => void ask(), INTERVAL_MS).unref();
  return {
    stop() {
      clearInterval(timer);
      controller.abort();
    },
  };
}

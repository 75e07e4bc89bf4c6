import { unlessAborted } from './pause.ts';

/** The memory for loaded models. */
export interface Room<T extends Occupant> {
  /** Displaces unused models, those that expire first, until another one fits. Waits while all are in use. */
  make(forRunner: T, options: { signal: AbortSignal; onPhase: (phase: 'queued') => void }): Promise<void>;
  /** A model is unused: those that wait look again. */
  check(): void;
}

/** A model that may be loaded. */
export interface Occupant {
  users: number;
  /** While it is being loaded. */
  state?: string | undefined;
  expiresAt?: number | undefined;
}

/** Creates room for so many models. */
export function createRoom<T extends Occupant>({
  maxLoaded,
  runners,
  isLoaded,
}: {
  maxLoaded: number;
  runners: () => readonly T[];
  isLoaded: (runner: T) => boolean;
}): Room<T> {
  const waiting: (() => void)[] = [];
  return {
    async make(forRunner, { signal, onPhase }) {
      for (;;) {
        const others = runners().filter(
          (other) => other !== forRunner && (other.state !== undefined || isLoaded(other)),
        );
        if (others.length < maxLoaded) return;
        const [unused] = others
          .filter(({ state, users }) => state === undefined && users === 0)
          .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0));
        if (unused !== undefined) {
          unused.expiresAt = undefined;
          continue;
        }
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push(resolve);
        onPhase('queued');
        await unlessAborted(promise, signal);
      }
    },
    check() {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

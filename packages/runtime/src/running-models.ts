import type { Schedule } from '@openclaw/model-selection';

/** The models with running requests at an endpoint where few models fit. */
export interface RunningModels {
  start(model: string): void;
  end(model: string): void;
  /** The number of running requests of each model. */
  counts(): ReadonlyMap<string, number>;
  /** Whether a request of the model may start beside those that are running, and those that are likely to follow soon. */
  fits(model: string): boolean;
  /** Whether a request of the model may start beside those that are running. */
  fitsNow(model: string): boolean;
  /** Whether no further request of the model should start, so that another model fits soon: it has the fewest. */
  yields(model: string): boolean;
}

export interface RunningModelsOptions {
  readonly schedule: Schedule;
  /** How many models may have running requests, at least 1. */
  readonly maxModels: () => number;
  /** How long loading a model takes. */
  readonly loadMs: () => number;
  /** Called when another model may fit. */
  readonly onRoom: () => void;
}

/**
 * Counts running requests. Where the number of models is limited, a model keeps its place for a moment after its last
 * request: the next turn of an agent follows soon, and would load the model again.
 */
export function createRunningModels({ schedule, maxModels, loadMs, onRoom }: RunningModelsOptions): RunningModels {
  const counts = new Map<string, number>();
  /** Models that keep their place, and how to cancel the end of that. */
  const lingering = new Map<string, () => void>();

  const fitsNow = (model: string) => counts.has(model) || counts.size < maxModels();

  function stopLingering(model: string): void {
    lingering.get(model)?.();
    lingering.delete(model);
  }

  return {
    start(model) {
      stopLingering(model);
      const isNew = !counts.has(model);
      counts.set(model, (counts.get(model) ?? 0) + 1);
      if (isNew && counts.size + lingering.size > maxModels()) [...lingering.keys()].forEach(stopLingering);
    },
    end(model) {
      const others = (counts.get(model) ?? 1) - 1;
      if (others > 0) {
        counts.set(model, others);
        return;
      }
      counts.delete(model);
      if (maxModels() === Infinity) return;
      const stop = () => {
        lingering.delete(model);
        onRoom();
      };
      lingering.set(model, schedule(stop, Math.max(MIN_LINGER_MS, loadMs() * LINGER_SHARE)));
    },
    counts: () => counts,
    fits: (model) => counts.has(model) || lingering.has(model) || counts.size + lingering.size < maxModels(),
    fitsNow,
    yields: (model) => (counts.get(model) ?? 0) <= Math.min(...counts.values()),
  };
}

/** Agents often send their next turn within a second or two. The longer a load takes, the longer it pays to wait for it. */
const MIN_LINGER_MS = 2_000;
const LINGER_SHARE = 0.25;

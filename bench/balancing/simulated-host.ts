import type { Conversation, TracedModel } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A host as Ollama behaves: few models in memory, each with few slots, and in each slot the prompt of its last answer. */
export interface SimulatedHost {
  readonly name: string;
  /** Begins a request; calls back at the first token and at the end. */
  serve(request: HostRequest, on: HostCallbacks): void;
  /** As `/api/ps` lists them: models that are loaded and not loading. */
  loadedModels(): readonly string[];
  readonly counts: HostCounts;
}

export interface HostRequest {
  readonly model: TracedModel;
  readonly conversation: Conversation;
  /** All of the prompt. */
  readonly promptTokens: number;
  /** What no host can have read before. */
  readonly newTokens: number;
  readonly answerTokens: number;
}

export interface HostCallbacks {
  /** @param loadMs what the load took that the request waited for; 0 if there was none */
  readonly onFirstToken: (loadMs: number) => void;
  readonly onEnd: () => void;
}

export interface HostCounts {
  loads: number;
  /** Prompt tokens that were read though they had been read for an earlier turn. */
  rereadTokens: number;
  reusedTokens: number;
}

export interface SimulatedHostOptions {
  readonly name: string;
  readonly clock: VirtualClock;
  /** OLLAMA_MAX_LOADED_MODELS. */
  readonly maxLoaded: number;
  /** OLLAMA_NUM_PARALLEL. */
  readonly parallel: number;
}

/** What a slot has in memory. */
interface Slot {
  conversation: string;
  program: string;
  programTokens: number;
  tokens: number;
  usedAt: number;
}

interface Runner {
  readonly model: TracedModel;
  readonly free: Slot[];
  readonly waiting: (() => void)[];
  /** Requests that have a slot or wait for one. */
  users: number;
  usedAt: number;
}

export function createSimulatedHost({ name, clock, maxLoaded, parallel }: SimulatedHostOptions): SimulatedHost {
  const counts: HostCounts = { loads: 0, rereadTokens: 0, reusedTokens: 0 };
  const runners = new Map<string, Runner>();
  /** Requests whose model is not loaded. The server loads one model at a time. */
  const pending: { readonly model: TracedModel; readonly run: (runner: Runner, loadMs: number) => void }[] = [];
  let loading: string | undefined;

  /** The oldest pending load waits until a model is unused; requests of loaded models pass it, as in Ollama. */
  function loadNext(): void {
    const [next] = pending;
    if (next === undefined || loading !== undefined) return;
    if (runners.size >= maxLoaded) {
      const idle = [...runners.values()].filter(({ users }) => users === 0).toSorted((a, b) => a.usedAt - b.usedAt)[0];
      if (idle === undefined) return;
      runners.delete(idle.model.name);
    }
    const { model } = next;
    loading = model.name;
    counts.loads++;
    clock.schedule(() => {
      loading = undefined;
      const free = Array.from({ length: parallel }, (): Slot => ({
        conversation: '',
        program: '',
        programTokens: 0,
        tokens: 0,
        usedAt: 0,
      }));
      const runner: Runner = { model, free, waiting: [], users: 0, usedAt: clock.now() };
      runners.set(model.name, runner);
      const ready = pending.filter((request) => request.model.name === model.name);
      for (const request of ready) {
        pending.splice(pending.indexOf(request), 1);
        request.run(runner, model.loadMs);
      }
      loadNext();
    }, model.loadMs);
  }

  function useSlot(
    runner: Runner,
    { request, on, loadMs }: { request: HostRequest; on: HostCallbacks; loadMs: number },
  ) {
    const { conversation, model, promptTokens, newTokens, answerTokens } = request;
    const slot = takeSlot(runner, conversation);
    if (slot === undefined) {
      runner.waiting.push(() => useSlot(runner, { request, on, loadMs }));
      return;
    }
    const known = Math.min(promptTokens, commonTokens(slot, conversation));
    counts.reusedTokens += known;
    counts.rereadTokens += Math.max(0, promptTokens - newTokens - known);
    const readMs = ((promptTokens - known) / model.readRate) * 1000;
    clock.schedule(() => on.onFirstToken(loadMs), readMs);
    clock.schedule(
      () => {
        const { id, program, programTokens } = conversation;
        const now = clock.now();
        runner.free.push({
          conversation: id,
          program,
          programTokens,
          tokens: promptTokens + answerTokens,
          usedAt: now,
        });
        runner.users--;
        runner.usedAt = now;
        runner.waiting.shift()?.();
        loadNext();
        on.onEnd();
      },
      readMs + (answerTokens / model.sayRate) * 1000,
    );
  }

  return {
    name,
    counts,
    serve(request, on) {
      const use = (runner: Runner, loadMs: number) => {
        runner.users++;
        useSlot(runner, { request, on, loadMs });
      };
      const runner = runners.get(request.model.name);
      if (runner !== undefined) {
        use(runner, 0);
        return;
      }
      pending.push({ model: request.model, run: use });
      loadNext();
    },
    loadedModels: () => [...runners.keys()],
  };
}

/** The free slot with the longest common prefix, or else the one that was used longest ago. */
function takeSlot({ free }: Runner, conversation: Conversation): Slot | undefined {
  const [best] = free.toSorted(
    (a, b) => commonTokens(b, conversation) - commonTokens(a, conversation) || a.usedAt - b.usedAt,
  );
  if (best !== undefined) free.splice(free.indexOf(best), 1);
  return best;
}

function commonTokens(slot: Slot, { id, program }: Conversation): number {
  if (slot.conversation === id) return slot.tokens;
  return slot.program === program ? slot.programTokens : 0;
}

import type { Exchange } from './exchange.ts';
import type { Pauses } from './pause.ts';
import type { Release } from './release.ts';
import type { Scheduler } from './scheduler.ts';
import type { Reply } from './script.ts';
import type { CompleteModel, ModelStore } from './simulated-model.ts';
import type { SimulatedRequest } from './simulated-request.ts';

/** What every route of one simulator works with. */
export interface ServerContext {
  release: Release;
  models: ModelStore;
  scheduler: Scheduler;
  /** OLLAMA_NUM_PARALLEL. */
  parallel: number;
  /** OLLAMA_CONTEXT_LENGTH. */
  serverContextLength: number | undefined;
  pauses: Pauses;
  now: () => number;
  /** Seconds since 1970 for `created`. */
  created: () => number;
  nextReplyNumber: () => number;
  generateToolCallId: (model: CompleteModel) => string;
  /** Counts a prompt, and how much of it was in memory. */
  countPrompt: (tokens: number, reused: number) => void;
  /** The scripted answer of a request for text, if there is one. */
  takeReply: (request: SimulatedRequest) => Promise<Reply | undefined>;
}

/** Answers one request of one path. */
export type Route = (
  exchange: Exchange,
  options: { context: ServerContext; request: SimulatedRequest },
) => Promise<void>;

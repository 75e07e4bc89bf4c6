import type { JsonValue } from './json.ts';
import type { ConnectionFailure, ProviderError, ProviderErrorCode } from './provider-error.ts';

/**
 * What happens while a model answers. Every stream keeps this grammar:
 *
 *     fallback* ( start said* finish | start said* error | error )
 *     said = reasoning-delta | text-delta | tool-call-start tool-call-delta* tool-call-end | repair
 *
 * Exactly one of `finish` and `error` ends it, and nothing follows. Deltas are never empty. Calls may be open side by
 * side; each `tool-call-delta` and `tool-call-end` names the id of a call that was started and has not ended, all calls
 * have ended before `finish`, and the deltas of a call joined up are the `argumentsText` of its end.
 */
export type StreamEvent =
  | StartEvent
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | TextDeltaEvent
  | { readonly type: 'tool-call-start'; readonly id: string; readonly name: string }
  | { readonly type: 'tool-call-delta'; readonly id: string; readonly argumentsText: string }
  | ToolCallEndEvent
  | RepairEvent
  | FallbackEvent
  | { readonly type: 'finish'; readonly reason: FinishReason; readonly usage?: Usage }
  | { readonly type: 'error'; readonly error: ProviderError };

/** The model's server has begun to answer. */
export interface StartEvent {
  readonly type: 'start';
  /** The model that answers, as its server names it; after selection the full reference, `ollama/gpt-oss:20b`. */
  readonly model: string;
  /** Every attempt that this answer took, the answering one last. Set by selection only. */
  readonly attempts?: readonly Attempt[];
}

/** A piece of the answer. */
export interface TextDeltaEvent {
  readonly type: 'text-delta';
  readonly text: string;
  /**
   * What the server told of each token of this text (`logprobs.content` of OpenAI's API), as it told it. Only when it was
   * asked for; text that a repair has put together anew has none.
   */
  readonly logprobs?: readonly JsonValue[];
}

/** A tool call is whole. */
export interface ToolCallEndEvent {
  readonly type: 'tool-call-end';
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  /** Why the arguments are not what the tool's schema asks for. Absent when they fit, or nobody looked. */
  readonly problem?: string;
}

/** Something that the model said by mistake was put right; it stands before the events that it explains. */
export interface RepairEvent {
  readonly type: 'repair';
  readonly repair: RepairKind;
  /** What was done, for people. */
  readonly detail: string;
}

/** A tool call written as text; reasoning tags in the answer; arguments that were not JSON, or not of the schema's types. */
export type RepairKind = 'tool-call-from-text' | 'reasoning-from-tags' | 'arguments-json' | 'arguments-types';

/** A model could not answer and the next one is asked. Only before `start`. */
export interface FallbackEvent {
  readonly type: 'fallback';
  readonly failed: Attempt;
  /** Full reference of the model that is asked next. */
  readonly next: string;
}

/** One request to one model on the way to an answer. */
export interface Attempt {
  /** Full reference, `ollama/gpt-oss:20b`. */
  readonly model: string;
  /** The base URL that was asked. */
  readonly endpoint: string;
  /** `ok`, or why it failed; `skipped` when an open circuit kept it from being asked. */
  readonly outcome: ProviderErrorCode | 'ok' | 'skipped';
  /** For `connection-failed`: how. */
  readonly connection?: ConnectionFailure;
  /** What went wrong, for people. Absent when it answered. */
  readonly message?: string;
  /** From the start of this attempt to its outcome. */
  readonly durationMs: number;
}

/** Why the model stopped: done, cut at a limit, calls to be made, refused by a filter, or a word this list lacks. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** Tokens, as the server counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cachedInputTokens?: number;
  readonly reasoningTokens?: number;
}

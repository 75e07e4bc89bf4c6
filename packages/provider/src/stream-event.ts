import type { JsonValue } from './json.ts';
import type { ConnectionFailure, ProviderError, ProviderErrorCode } from './provider-error.ts';

/**
 * An event of an answer. Every stream has this grammar:
 *
 * fallback* ( start content* finish | start content* error | error ) content = reasoning-delta | text-delta |
 * tool-call-start tool-call-delta* tool-call-end | repair | warning
 *
 * Exactly one of `finish` and `error` ends it, and nothing follows. Deltas are never empty. Several calls may be open
 * at the same time. Each `tool-call-delta` and `tool-call-end` has the id of an open call. All calls end before
 * `finish`. The joined deltas of a call are the `argumentsText` of its end.
 */
export type StreamEvent =
  | StartEvent
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | TextDeltaEvent
  | { readonly type: 'tool-call-start'; readonly id: string; readonly name: string }
  | { readonly type: 'tool-call-delta'; readonly id: string; readonly argumentsText: string }
  | ToolCallEndEvent
  | RepairEvent
  | WarningEvent
  | FallbackEvent
  | FinishEvent
  | { readonly type: 'error'; readonly error: ProviderError };

/** The end of a complete answer. */
export interface FinishEvent {
  readonly type: 'finish';
  readonly reason: FinishReason;
  readonly usage?: Usage;
  /** The stop sequence of the request that ended the text, for the reason `stop`. Most servers do not say it. */
  readonly stopSequence?: string;
}

/** The start of an answer. */
export interface StartEvent {
  readonly type: 'start';
  /** The model by its server's name; after model selection the full reference, `ollama/gpt-oss:20b`. */
  readonly model: string;
  /** All attempts, the successful one last. Set by model selection only. */
  readonly attempts?: readonly Attempt[];
}

/** A part of the text. */
export interface TextDeltaEvent {
  readonly type: 'text-delta';
  readonly text: string;
  /**
   * Log probabilities of the tokens of this text (`logprobs.content` of OpenAI's API), unchanged. Only if they were
   * requested. Text that was changed by a repair has none.
   */
  readonly logprobs?: readonly JsonValue[];
}

/** The end of a tool call, with all its arguments. */
export interface ToolCallEndEvent {
  readonly type: 'tool-call-end';
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  /** Why the arguments do not match the tool's schema. Absent if they do, or if they were not checked. */
  readonly problem?: string;
}

/** A repair of the model's output. It precedes the events that it explains. */
export interface RepairEvent {
  readonly type: 'repair';
  readonly repair: RepairKind;
  /** A description for people. */
  readonly detail: string;
}

/**
 * A tool call written as text; reasoning tags in the answer; marks of the chat template around the answer; arguments that were not JSON, or not of the schema's
 * types; a request that its server refused and that was sent again without what it refuses.
 */
export type RepairKind =
  | 'tool-call-from-text'
  | 'reasoning-from-tags'
  | 'answer-marks'
  | 'arguments-json'
  | 'arguments-types'
  | 'request-adapted';

/** The answer may not be what was asked for, and cannot be repaired. It may come late in a stream. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly warning: WarningKind;
  /** A description for people: what happened, and what to do next. */
  readonly detail: string;
}

/** The server cut the prompt; the server cut the beginning of the conversation while it answered. */
export type WarningKind = 'prompt-truncated' | 'context-shifted';

/** A model failed and the next one follows. Only before `start`. */
export interface FallbackEvent {
  readonly type: 'fallback';
  readonly failed: Attempt;
  /** Full reference of the next model: of the same one if another endpoint of its provider is tried. */
  readonly next: string;
  /** The name of the endpoint that is tried next, if its provider has several. */
  readonly nextEndpointName?: string;
}

/** One request to one model. */
export interface Attempt {
  /** Full reference, `ollama/gpt-oss:20b`. */
  readonly model: string;
  /** The base URL of the model's server. */
  readonly endpoint: string;
  /** The configured name of the endpoint, if the provider has several. */
  readonly endpointName?: string;
  /** `ok`, or why it failed; `skipped` if no request was sent because a circuit is open. */
  readonly outcome: ProviderErrorCode | 'ok' | 'skipped';
  /** For `connection-failed`: the reason. */
  readonly connection?: ConnectionFailure;
  /** The failure, for people. Absent for `ok`. */
  readonly message?: string;
  /** From the start of this attempt to its outcome. */
  readonly durationMs: number;
}

/** Why the model stopped: done, cut at a limit, tool calls, content filter, or another reason. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** The server's token counts. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cachedInputTokens?: number;
  readonly reasoningTokens?: number;
  /** Time in milliseconds to load the model. Ollama's native API only, as the two below. */
  readonly loadMs?: number;
  /** Time in milliseconds to read the prompt, without the part that was cached. */
  readonly promptMs?: number;
  /** Time in milliseconds to write the answer. */
  readonly outputMs?: number;
}

import { encodeGoJson } from './go-json.ts';
import type { Batch } from './output-parser.ts';

/** Tokens of a reply. */
export interface ReplyUsage {
  promptTokens: number;
  completionTokens: number;
}

/** Durations of a reply in milliseconds. */
export interface ReplyTimings {
  totalMs: number;
  loadMs: number;
  promptMs: number;
  completionMs: number;
}

/** How an answer ended. */
export interface ReplyEnd {
  /** What comes with the end. */
  final: Batch;
  finishReason: 'stop' | 'length';
  usage: ReplyUsage;
  timings: ReplyTimings;
}

/** How the JSON texts of a reply are sent. */
export interface ReplyFraming {
  /** Content type of a stream. */
  streamType: string;
  /** Content type of one body. */
  wholeType: string;
  frame: (json: string) => string;
  /** Sent after the last JSON text of a complete stream. */
  done: string;
}

/** Server-sent events, as `/v1` sends them. */
export const EVENT_STREAM: ReplyFraming = {
  streamType: 'text/event-stream',
  wholeType: 'application/json',
  frame: (json) => `data: ${json}\n\n`,
  done: 'data: [DONE]\n\n',
};

/** Lines, as the native API sends them. */
export const NDJSON: ReplyFraming = {
  streamType: 'application/x-ndjson',
  wholeType: 'application/json; charset=utf-8',
  frame: (json) => `${json}\n`,
  done: '',
};

/** Turns batches into the bodies of one endpoint. Texts are JSON, without framing. */
export interface ReplyEncoder {
  readonly framing: ReplyFraming;
  batch(batch: Batch): string[];
  finish(end: ReplyEnd): string[];
  /** The text of an error in the middle of a stream. */
  failure(message: string): string[];
  /** The one body of a reply that is not streamed; `end` is undefined when the runner stopped without a reason. */
  whole(batches: readonly Batch[], end: ReplyEnd | undefined): string;
}

/** Joins several batches. */
export function joinBatches(batches: readonly Batch[]): {
  reasoning: string;
  text: string;
  toolCalls: NonNullable<Batch['toolCalls']>;
  logprobs: NonNullable<Batch['logprobs']>;
} {
  return {
    logprobs: batches.flatMap(({ logprobs = [] }) => logprobs),
    reasoning: batches.map(({ reasoning = '' }) => reasoning).join(''),
    text: batches.map(({ text = '' }) => text).join(''),
    toolCalls: batches.flatMap(({ toolCalls = [] }) => toolCalls),
  };
}

/** Usage as `/v1` spells it. */
export function encodeUsage({ promptTokens, completionTokens }: ReplyUsage): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** Usage and durations as the native API spells them: nanoseconds, and nothing that is 0. */
export function encodeMetrics({ usage, timings }: Pick<ReplyEnd, 'usage' | 'timings'>): object {
  return withoutZeros({
    total_duration: nanoseconds(timings.totalMs),
    load_duration: nanoseconds(timings.loadMs),
    prompt_eval_count: usage.promptTokens,
    prompt_eval_duration: nanoseconds(timings.promptMs),
    eval_count: usage.completionTokens,
    eval_duration: nanoseconds(timings.completionMs),
  });
}

/** The `logprobs` of a line of the native API. */
export function encodeLogprobs({ logprobs = [] }: Batch): object {
  return logprobs.length === 0 ? {} : { logprobs };
}

/** A line of the native API that reports an error. */
export function encodeErrorLine(message: string): string {
  return encodeGoJson({ error: message });
}

function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}

function withoutZeros(fields: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0));
}

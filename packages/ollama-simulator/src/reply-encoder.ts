import type { Batch } from './output-parser.ts';

/** Tokens of a reply. */
export interface ReplyUsage {
  promptTokens: number;
  completionTokens: number;
}

/** How an answer ended. */
export interface ReplyEnd {
  /** What comes with the end. */
  final: Batch;
  finishReason: 'stop' | 'length';
  usage: ReplyUsage;
}

/** Turns batches into the bodies of one endpoint. Texts are JSON, without the framing of SSE. */
export interface ReplyEncoder {
  batch(batch: Batch): string[];
  finish(end: ReplyEnd): string[];
  /** The chunk of an error in the middle of a stream. */
  failure(): string[];
  /** The one body of a reply that is not streamed; `end` is undefined when the runner stopped without a reason. */
  whole(batches: readonly Batch[], end: ReplyEnd | undefined): string;
}

/** Joins several batches. */
export function joinBatches(batches: readonly Batch[]): Required<Batch> {
  return {
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

import type { ToolCall } from './chat-request.ts';
import { openEventStream } from './event-stream.ts';
import type { JsonValue } from './json.ts';
import { ProviderError } from './provider-error.ts';
import type { Attempt, FinishReason, RepairEvent, StreamEvent, Usage } from './stream-event.ts';

/** A whole answer. */
export interface CollectedMessage {
  readonly model: string;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly CollectedToolCall[];
  readonly finishReason: FinishReason;
  readonly usage?: Usage;
  /** Of the tokens of the text, where the server was asked for them: see `TextDeltaEvent`. */
  readonly logprobs?: readonly JsonValue[];
  readonly repairs: readonly RepairEvent[];
  /** Every attempt that the answer took; empty when no selection was involved. */
  readonly attempts: readonly Attempt[];
}

/** A tool call, and what is wrong with its arguments when something is. */
export interface CollectedToolCall extends ToolCall {
  readonly problem?: string;
}

/** Default of `CollectOptions.maxCharacters`: 64 Mi. */
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** What a token's logprob counts for: it takes memory beside its text. */
const LOGPROB_CHARACTERS = 128;

export interface CollectOptions {
  /** Most characters of text, reasoning and tool calls together. More is `invalid-response`. @default 64 Mi */
  readonly maxCharacters?: number | undefined;
  /** Told of each event as it comes, before it is joined to the others. */
  readonly onEvent?: ((event: StreamEvent) => void) | undefined;
}

/**
 * Reads a stream of events to its end.
 * @throws {ProviderError} the error of a stream that failed; `invalid-response` when the stream ended without an end, or is too long.
 */
export async function collectMessage(
  events: AsyncIterable<StreamEvent>,
  { onEvent, maxCharacters = MAX_CHARACTERS }: CollectOptions = {},
): Promise<CollectedMessage> {
  let model = '';
  let text = '';
  let reasoning = '';
  let attempts: readonly Attempt[] = [];
  let logprobs: JsonValue[] | undefined;
  const toolCalls: CollectedToolCall[] = [];
  const repairs: RepairEvent[] = [];
  let size = 0;
  const stream = openEventStream(events);
  try {
    for (;;) {
      const pulled = await stream.pull();
      if (pulled.length === 0) break;
      for (const event of pulled) {
        onEvent?.(event);
        size += sizeOf(event);
        if (size > maxCharacters) throw tooLong(maxCharacters);
        switch (event.type) {
          case 'start':
            model = event.model;
            attempts = event.attempts ?? [];
            break;
          case 'reasoning-delta':
            reasoning += event.text;
            break;
          case 'text-delta':
            text += event.text;
            if (event.logprobs === undefined) break;
            logprobs ??= [];
            for (const token of event.logprobs) logprobs.push(token);
            break;
          case 'tool-call-end': {
            const { type: _type, ...toolCall } = event;
            toolCalls.push(toolCall);
            break;
          }
          case 'repair':
            repairs.push(event);
            break;
          case 'error':
            throw event.error;
          case 'finish': {
            const whole = { model, text, reasoning, toolCalls, finishReason: event.reason, repairs, attempts };
            return {
              ...whole,
              ...(event.usage !== undefined && { usage: event.usage }),
              ...(logprobs !== undefined && { logprobs }),
            };
          }
          case 'tool-call-start':
          case 'tool-call-delta':
          case 'fallback':
            break;
        }
      }
    }
  } finally {
    await stream.return();
  }
  throw new ProviderError(
    'invalid-response',
    'The answer broke off: its stream ended with neither `finish` nor `error`.',
  );
}

function sizeOf(event: StreamEvent): number {
  switch (event.type) {
    case 'reasoning-delta':
      return event.text.length;
    case 'text-delta':
      return event.text.length + (event.logprobs?.length ?? 0) * LOGPROB_CHARACTERS;
    case 'tool-call-end':
      return event.id.length + event.name.length + event.argumentsText.length;
    case 'start':
    case 'tool-call-start':
    case 'tool-call-delta':
    case 'repair':
    case 'fallback':
    case 'finish':
    case 'error':
      return 0;
  }
}

function tooLong(maxCharacters: number): ProviderError {
  return new ProviderError(
    'invalid-response',
    `The answer is longer than ${maxCharacters} characters, the most that is held of one. Ask for a stream, or limit the answer with \`maxTokens\`.`,
  );
}

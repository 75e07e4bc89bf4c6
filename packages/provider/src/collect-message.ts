import type { ToolCall } from './chat-request.ts';
import { openEventStream } from './event-stream.ts';
import type { JsonValue } from './json.ts';
import { ProviderError } from './provider-error.ts';
import type { Attempt, FinishReason, RepairEvent, StreamEvent, Usage, WarningEvent } from './stream-event.ts';

/** A whole answer. */
export interface CollectedMessage {
  readonly model: string;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly CollectedToolCall[];
  readonly finishReason: FinishReason;
  readonly usage?: Usage;
  /** The stop sequence that ended the text, if the server says it. */
  readonly stopSequence?: string;
  /** Log probabilities of the tokens of the text, if they were requested: see `TextDeltaEvent`. */
  readonly logprobs?: readonly JsonValue[];
  readonly repairs: readonly RepairEvent[];
  readonly warnings: readonly WarningEvent[];
  /** All attempts; empty without model selection. */
  readonly attempts: readonly Attempt[];
}

/** A tool call, and the problem with its arguments, if any. */
export interface CollectedToolCall extends ToolCall {
  readonly problem?: string;
}

/** Default of `CollectOptions.maxCharacters`: 64 Mi. */
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** What a token's log probability counts for: it takes memory besides the text. */
const LOGPROB_CHARACTERS = 128;

export interface CollectOptions {
  /** Maximum characters of text, reasoning and tool calls together. More is `invalid-response`. @default 64 Mi */
  readonly maxCharacters?: number | undefined;
  /** Called with each event, before it is joined to the others. */
  readonly onEvent?: ((event: StreamEvent) => void) | undefined;
}

/**
 * Reads a stream of events to its end.
 * @throws {ProviderError} the error of a stream that failed; `invalid-response` if the stream is incomplete or too
 * long.
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
  const warnings: WarningEvent[] = [];
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
          case 'warning':
            warnings.push(event);
            break;
          case 'error':
            throw event.error;
          case 'finish': {
            const whole = {
              model,
              text,
              reasoning,
              toolCalls,
              finishReason: event.reason,
              repairs,
              warnings,
              attempts,
            };
            return {
              ...whole,
              ...(event.usage !== undefined && { usage: event.usage }),
              ...(event.stopSequence !== undefined && { stopSequence: event.stopSequence }),
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
    case 'warning':
    case 'fallback':
    case 'finish':
    case 'error':
      return 0;
  }
}

function tooLong(maxCharacters: number): ProviderError {
  return new ProviderError(
    'invalid-response',
    `The answer is longer than ${maxCharacters} characters, the maximum for a collected answer. Ask for a stream, or limit the answer with \`maxTokens\`.`,
  );
}

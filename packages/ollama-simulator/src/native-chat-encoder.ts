import { encodeGoJson } from './go-json.ts';
import { parseJson } from './parse-body.ts';
import type { Batch, WireToolCall } from './output-parser.ts';
import type { Release } from './release.ts';
import {
  encodeErrorLine,
  encodeLogprobs,
  encodeMetrics,
  joinBatches,
  NDJSON,
  type ReplyEncoder,
  type ReplyEnd,
} from './reply-encoder.ts';

/** What the lines of one native reply have in common. */
export interface NativeEncoderOptions {
  release: Release;
  /** The model as the request spelled it. */
  model: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** `remote_model` and `remote_host` of a cloud model. */
  remote: object;
}

/** `/api/chat` as a release writes it. */
export function createNativeChatEncoder({ release, model, now, remote }: NativeEncoderOptions): ReplyEncoder {
  const line = (batch: Batch, rest: object): string =>
    encodeGoJson({
      model,
      ...remote,
      created_at: new Date(now()).toISOString(),
      message: {
        role: 'assistant',
        content: batch.text ?? '',
        ...(batch.reasoning === undefined || batch.reasoning === '' ? {} : { thinking: batch.reasoning }),
        ...(batch.toolCalls === undefined || batch.toolCalls.length === 0
          ? {}
          : { tool_calls: batch.toolCalls.map((call) => encodeNativeToolCall(call, release)) }),
      },
      ...rest,
      ...encodeLogprobs(batch),
    });
  return {
    framing: NDJSON,
    batch: (batch) => [line(batch, { done: false })],
    finish: (end) => [line(end.final, encodeDone(end, release))],
    failure: (message) => [encodeErrorLine(message)],
    whole: (batches, end) =>
      line(
        joinBatches(end === undefined ? batches : [...batches, end.final]),
        end === undefined ? { done: false } : encodeDone(end, release),
      ),
  };
}

/** The end of a native reply, on its last line. */
function encodeDone(end: ReplyEnd, release: Release): object {
  return { ...encodeDoneReason(end.finishReason, release), ...encodeMetrics(end) };
}

/** `done` and `done_reason`, in the release's order. */
export function encodeDoneReason(reason: 'stop' | 'length' | 'load' | 'unload', release: Release): object {
  return release.has('says-done-before-its-reason')
    ? { done: true, done_reason: reason }
    : { done_reason: reason, done: true };
}

function encodeNativeToolCall({ id, index, name, argumentsText }: WireToolCall, release: Release): object {
  const parsed = parseJson(argumentsText);
  return {
    ...(release.has('native-calls-have-ids') ? { id } : {}),
    function: {
      ...(index === 0 && !release.has('prints-index-0') ? {} : { index }),
      name,
      arguments: parsed.valid ? parsed.value : argumentsText,
    },
  };
}

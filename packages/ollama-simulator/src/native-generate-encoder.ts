import { encodeGoJson } from './go-json.ts';
import type { NativeEncoderOptions } from './native-chat-encoder.ts';
import type { Batch } from './output-parser.ts';
import {
  encodeErrorLine,
  encodeLogprobs,
  encodeMetrics,
  joinBatches,
  NDJSON,
  type ReplyEncoder,
  type ReplyEnd,
} from './reply-encoder.ts';

/** `/api/generate`; tool calls have no place there. `raw` leaves the tokens of the `context` out. */
export function createNativeGenerateEncoder({
  model,
  now,
  remote,
  raw,
}: Omit<NativeEncoderOptions, 'release'> & { raw: boolean }): ReplyEncoder {
  const line = ({ text = '', reasoning = '', logprobs }: Batch, rest: object): string =>
    encodeGoJson({
      model,
      ...remote,
      created_at: new Date(now()).toISOString(),
      response: text,
      ...(reasoning === '' ? {} : { thinking: reasoning }),
      ...rest,
      ...encodeLogprobs(logprobs === undefined ? {} : { logprobs }),
    });
  const done = (end: ReplyEnd): object => ({
    done: true,
    done_reason: end.finishReason,
    ...(raw ? {} : { context: contextOf(end) }),
    ...encodeMetrics(end),
  });
  return {
    framing: NDJSON,
    batch: (batch) => [line(batch, { done: false })],
    finish: (end) => [line(end.final, done(end))],
    failure: (message) => [encodeErrorLine(message)],
    whole: (batches, end) =>
      line(
        joinBatches(end === undefined ? batches : [...batches, end.final]),
        end === undefined ? { done: false } : done(end),
      ),
  };
}

/** A number for each token of the prompt and the answer. */
function contextOf({ usage }: ReplyEnd): number[] {
  return Array.from({ length: usage.promptTokens + usage.completionTokens }, (_, position) => position);
}

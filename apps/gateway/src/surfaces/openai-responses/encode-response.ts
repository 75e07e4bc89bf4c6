import type { CollectedMessage, FinishReason, JsonObject, Usage } from '@openclaw/provider';
import type { Failure, FailureCode } from '../../http/to-failure.ts';
import { encodeCall, encodeMessage, encodeReasoning, isCutOff } from './encode-items.ts';
import type { OutputItem } from './encode-items.ts';
import { createItemIds } from './item-ids.ts';
import type { ResponseReply } from './response-reply.ts';

/** What is known of a response at one moment. */
export interface ResponseState {
  readonly model: string;
  /** JSON of the items. */
  readonly output: readonly string[];
  /** Absent while the model answers. */
  readonly end?: { readonly reason: FinishReason; readonly usage: Usage | undefined } | { readonly failure: Failure };
}

/** The response object, as a whole reply and as events carry it. */
export function encodeResponse({ model, output, end }: ResponseState, { id, created, echo }: ResponseReply): string {
  const { status, error, details, usage } = describeEnd(end);
  const head = `{"id":"${id}","object":"response","created_at":${created},"completed_at":null,"status":"${status}"`;
  const outcome = `"error":${JSON.stringify(error)},"incomplete_details":${JSON.stringify(details)}`;
  return `${head},${outcome},"model":${JSON.stringify(model)},"output":[${output.join(',')}],"usage":${JSON.stringify(usage)},${echo}}`;
}

interface DescribedEnd {
  readonly status: string;
  readonly error: JsonObject | null;
  readonly details: JsonObject | null;
  readonly usage: JsonObject | null;
}

function describeEnd(end: ResponseState['end']): DescribedEnd {
  const none = { error: null, details: null, usage: null };
  if (end === undefined) return { ...none, status: 'in_progress' };
  if ('failure' in end) return { ...none, status: 'failed', error: encodeFailure(end.failure) };
  const details = INCOMPLETE[end.reason];
  const usage = end.usage === undefined ? null : encodeUsage(end.usage);
  return { ...none, status: details === null ? 'completed' : 'incomplete', details, usage };
}

/** Why a response is not complete; `null` for one that is. */
export const INCOMPLETE: Record<FinishReason, { readonly reason: string } | null> = {
  stop: null,
  'tool-calls': null,
  other: null,
  length: { reason: 'max_output_tokens' },
  'content-filter': { reason: 'content_filter' },
};

/** The details are always present: clients fail without them. */
function encodeUsage({
  inputTokens,
  outputTokens,
  totalTokens,
  cachedInputTokens,
  reasoningTokens,
}: Usage): JsonObject {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedInputTokens ?? 0, cache_write_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens ?? 0 },
    total_tokens: totalTokens,
  };
}

/** The code says whether a client should ask again: Codex does for all but those that are listed here. */
function encodeFailure({ code, message }: Failure): JsonObject {
  return { code: FINAL_CODES.get(code) ?? 'server_error', message };
}

const FINAL_CODES: ReadonlyMap<FailureCode, string> = new Map<FailureCode, string>([
  ['context-length-exceeded', 'context_length_exceeded'],
  ['invalid-request', 'invalid_prompt'],
  ['unsupported', 'invalid_prompt'],
  ['model-not-found', 'invalid_prompt'],
  ['billing', 'invalid_prompt'],
  ['authentication-failed', 'invalid_prompt'],
  ['rate-limited', 'rate_limit_exceeded'],
]);

/** The items of a whole answer: reasoning, text, calls. */
export function encodeOutput(
  { text, reasoning, toolCalls, logprobs = [], finishReason }: CollectedMessage,
  reply: ResponseReply,
): readonly OutputItem[] {
  const ids = createItemIds(reply.unique);
  const status = INCOMPLETE[finishReason] === null ? 'completed' : 'incomplete';
  const items: OutputItem[] = [];
  if (reasoning !== '') items.push(encodeReasoning(reasoning, { id: ids.item('rs'), opaque: reply.opaqueReasoning }));
  if (text !== '') items.push(encodeMessage({ text, logprobs }, { id: ids.item('msg'), status }));
  for (const call of toolCalls) {
    if (status === 'incomplete' && isCutOff(call)) continue;
    items.push(encodeCall(call, { forms: reply.forms, ids }).item);
  }
  return items;
}

import { ProviderError } from '@openclaw/provider';
import type { CollectedMessage, FinishReason, JsonValue, StreamEvent, Usage } from '@openclaw/provider';
import type { StreamEncoder } from '../surface.ts';
import { encodeError } from './encode-error.ts';

/** What a reply needs to know of its request. */
export interface OllamaReply {
  /** As the client named it, until a model has answered. */
  readonly model: string;
  /** When the request arrived, in milliseconds since 1970. */
  readonly receivedAt: number;
  /** Milliseconds since then. */
  readonly elapsedMs: () => number;
}

/** Where an answer stands in a line: chats have a message, `/api/generate` has fields of its own. */
export type AnswerShape = (answer: AnswerPart) => string;

interface AnswerPart {
  readonly text?: string;
  readonly thinking?: string;
  /** JSON. */
  readonly toolCalls?: string | undefined;
  readonly logprobs?: readonly JsonValue[] | undefined;
}

/** `"message":{…}` stands in every line: clients fail without it. */
export const CHAT_SHAPE: AnswerShape = ({ text = '', thinking = '', toolCalls, logprobs }) =>
  `"message":{"role":"assistant","content":${JSON.stringify(text)}${optional('thinking', thinking)}${toolCalls === undefined ? '' : `,"tool_calls":[${toolCalls}]`}}${encodeLogprobs(logprobs)}`;

export const GENERATE_SHAPE: AnswerShape = ({ text = '', thinking = '', logprobs }) =>
  `"response":${JSON.stringify(text)}${optional('thinking', thinking)}${encodeLogprobs(logprobs)}`;

/** A whole answer. */
export function encodeWhole(
  { model, text, reasoning, toolCalls, finishReason, usage, logprobs }: CollectedMessage,
  { reply, shape }: { readonly reply: OllamaReply; readonly shape: AnswerShape },
): string {
  const calls = toolCalls.length === 0 ? undefined : toolCalls.map(encodeToolCall).join(',');
  const answer = shape({ text, thinking: reasoning, toolCalls: calls, logprobs });
  const elapsedMs = reply.elapsedMs();
  return `${head(model, reply)}${answer},${encodeEnd(finishReason, { usage, elapsedMs, outputMs: 0 })}}`;
}

/** One JSON object a line: parts of the answer, tool calls when they are whole, and a last line with the counts. */
export function createLineEncoder(reply: OllamaReply, shape: AnswerShape): StreamEncoder {
  let model = reply.model;
  let startedMs = 0;
  let calls = 0;
  const line = (answer: AnswerPart) => `${head(model, reply)}${shape(answer)},"done":false}\n`;

  function encode(event: StreamEvent): string {
    switch (event.type) {
      case 'start':
        model = event.model;
        startedMs = reply.elapsedMs();
        return '';
      case 'text-delta':
        return line({ text: event.text, logprobs: event.logprobs });
      case 'reasoning-delta':
        return line({ thinking: event.text });
      case 'tool-call-end':
        return line({ toolCalls: encodeToolCall(event, calls++) });
      case 'finish': {
        const elapsedMs = reply.elapsedMs();
        const end = encodeEnd(event.reason, { usage: event.usage, elapsedMs, outputMs: elapsedMs - startedMs });
        return `${head(model, reply)}${shape({})},${end}}\n`;
      }
      case 'tool-call-start':
      case 'tool-call-delta':
      case 'repair':
      case 'warning':
      case 'fallback':
      case 'error':
        return '';
    }
  }

  return {
    encode,
    // Clients parse every line, and ollama-python fails at an empty one. A part without text is what Ollama itself sends.
    keepAlive: () => line({}),
    fail: (failure) => `${encodeError(failure).body}\n`,
  };
}

function head(model: string, { receivedAt, elapsedMs }: OllamaReply): string {
  const createdAt = new Date(receivedAt + elapsedMs()).toISOString();
  return `{"model":${JSON.stringify(model)},"created_at":"${createdAt}",`;
}

function optional(key: string, value: string): string {
  return value === '' ? '' : `,"${key}":${JSON.stringify(value)}`;
}

function encodeLogprobs(logprobs: readonly JsonValue[] | undefined): string {
  return logprobs === undefined ? '' : `,"logprobs":${JSON.stringify(logprobs)}`;
}

interface CalledTool {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}

/**
 * A call, with its arguments as an object. Their text is kept, so that no large number loses digits.
 * @throws {ProviderError} `invalid-response` if the arguments are not an object: half of them would be worse than none
 */
function encodeToolCall({ id, name, argumentsText }: CalledTool, index: number): string {
  const text = argumentsText.trim() === '' ? '{}' : argumentsText;
  if (!isObjectText(text))
    throw new ProviderError(
      'invalid-response',
      `The model called the tool "${name}" with arguments that are not a JSON object. Try again, or use a model that is better at calling tools.`,
    );
  // A line break in JSON is always between two tokens.
  const oneLine = text.replaceAll(/[\r\n]+/g, ' ');
  return `{"id":${JSON.stringify(id)},"function":{"index":${index},"name":${JSON.stringify(name)},"arguments":${oneLine}}}`;
}

function isObjectText(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Ollama has no word of its own for an answer that ends with tool calls. */
const DONE_REASONS: Record<FinishReason, string> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'stop',
  'content-filter': 'stop',
  other: 'stop',
};

interface Measured {
  readonly usage: Usage | undefined;
  readonly elapsedMs: number;
  /** From the first content to the end; 0 if the answer came in one piece. */
  readonly outputMs: number;
}

/**
 * The counts, with durations in nanoseconds. Those that the server did not measure are the gateway's: clients divide by
 * them, so only the time to load is ever 0.
 */
function encodeEnd(reason: FinishReason, { usage, elapsedMs, outputMs }: Measured): string {
  const { loadMs = 0, inputTokens, outputTokens } = usage ?? {};
  const answerMs = usage?.outputMs ?? (outputMs >= 1 ? outputMs : elapsedMs);
  const promptMs = usage?.promptMs ?? elapsedMs - loadMs - (outputMs >= 1 ? answerMs : 0);
  const counts = {
    done: true,
    done_reason: DONE_REASONS[reason],
    total_duration: nanoseconds(elapsedMs),
    load_duration: Math.round(loadMs * 1e6),
    ...(inputTokens !== undefined && { prompt_eval_count: inputTokens, prompt_eval_duration: nanoseconds(promptMs) }),
    ...(outputTokens !== undefined && { eval_count: outputTokens, eval_duration: nanoseconds(answerMs) }),
  };
  return JSON.stringify(counts).slice(1, -1);
}

function nanoseconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1e6));
}

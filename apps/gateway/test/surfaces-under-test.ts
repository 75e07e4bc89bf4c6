import { expect } from 'vitest';
import { say } from './start-stack.ts';

/** A client API of the gateway. The suites of faults and of cancellation run for each. */
export interface SurfaceUnderTest {
  readonly api: string;
  readonly path: string;
  /** A chat request without the wish for a stream. */
  readonly body: object;
  /** Asks for a stream, or for one body. */
  readonly streaming: (stream: boolean) => object;
  /** Each match is the end of a stream. Every stream has exactly one. */
  readonly streamEnd: RegExp;
  /** The end of a stream that succeeded. */
  readonly success: RegExp;
  /** Statuses that the API has in place of others. */
  readonly statuses?: Readonly<Record<number, number>>;
  /** The error in a body, or in the last event of a stream. */
  readonly errorIn: (text: string) => unknown;
  /** What every error has. */
  readonly errorShape: { readonly message: unknown; readonly type?: unknown; readonly code?: unknown };
}

const words: unknown = expect.stringMatching(/\S/);

/** Lines of JSON. An error is a text. */
const OLLAMA_REPLIES = {
  streaming: (stream: boolean) => ({ stream }),
  streamEnd: /^\{"error"|"done":true/gm,
  success: /"done":true,"done_reason":"stop".*\n$/,
  errorIn(text: string) {
    const line = text.trimEnd().split('\n').at(-1) ?? '{}';
    return { message: errorOf(JSON.parse(line)) };
  },
  errorShape: { message: words },
};

/** One row for each client API. */
export const SURFACES: readonly SurfaceUnderTest[] = [
  {
    api: "OpenAI's chat completions",
    path: '/v1/chat/completions',
    body: { messages: say('Hi') },
    streaming: (stream) => ({ stream }),
    streamEnd: /data: (?:\[DONE\]|\{"error")/g,
    success: /data: \[DONE\]\n\n$/,
    errorIn: (text) => errorOf(lastEvent(text)),
    errorShape: { message: words, type: words, code: words },
  },
  {
    api: "Anthropic's messages",
    path: '/v1/messages',
    body: { model: 'openclaw', max_tokens: 100, messages: say('Hi') },
    streaming: (stream) => ({ stream }),
    streamEnd: /^event: (?:message_stop|error)$/gm,
    success: /event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/,
    statuses: { 503: 529 },
    errorIn: (text) => errorOf(lastEvent(text)),
    errorShape: { message: words, type: expect.stringMatching(/^[a-z_]+_error$/) },
  },
  {
    api: "OpenAI's responses",
    path: '/v1/responses',
    body: { input: 'Hi' },
    streaming: (stream) => ({ stream }),
    streamEnd: /^event: response\.(?:completed|incomplete|failed)$/gm,
    success: /event: response\.completed\ndata: .*\n\n$/,
    errorIn(text) {
      const { response, error } = lastEvent(text) as { response?: { error: unknown }; error?: unknown };
      return response?.error ?? error;
    },
    errorShape: { message: words, code: words },
  },
  {
    api: "Ollama's chat",
    path: '/api/chat',
    body: { model: 'openclaw', messages: say('Hi') },
    ...OLLAMA_REPLIES,
  },
  {
    api: "Ollama's generate",
    path: '/api/generate',
    body: { model: 'openclaw', prompt: 'Hi' },
    ...OLLAMA_REPLIES,
  },
];

/** The data of the last server-sent event; a whole body as it is. */
function lastEvent(text: string): unknown {
  const data = text.startsWith('{') ? text : /data: (.*)\n\n$/.exec(text)?.[1];
  return JSON.parse(data ?? '{}');
}

function errorOf(value: unknown): unknown {
  return (value as { error?: unknown }).error;
}

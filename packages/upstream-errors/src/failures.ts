import { ProviderError } from '@openclaw/provider';
import type { MissingCapability, ProviderErrorCode, ProviderErrorDetails, TimeoutClock } from '@openclaw/provider';
import { adviseOnBaseUrl, adviseOnFailure } from './advise-on-failure.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Classification } from './classify-failure.ts';
import { readContextTokens } from './context-tokens.ts';
import { readRetryAfterMs } from './retry-after.ts';
import type { RequestContext } from './request-context.ts';
import { redactSecrets } from './redact-secrets.ts';
import { readServerWords } from './server-words.ts';
import type { ServerWords } from './server-words.ts';

/** A response with an error status, and as much of its body as was received. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Creates the errors of one request. Each names provider, model, URL and the server's message. */
export interface Failures {
  /** An error status, or a redirect. */
  response(response: FailedResponse): ProviderError;
  /** An error inside a response with status 200. */
  insideAnswer(value: unknown): ProviderError;
  /** Ollama's chunk without a model: an error whose message is lost. */
  hiddenError(): ProviderError;
  /** The answer is incomplete. */
  truncated(detail: string): ProviderError;
  /** The answer consists of output that cannot be carried: images, audio. */
  uncarried(what: string): ProviderError;
  /** The body is no chat completion. */
  unrecognised(excerpt: string, status: number): ProviderError;
  malformed(excerpt: string): ProviderError;
  /** A content encoding that the request does not accept. */
  compressed(encoding: string): ProviderError;
  overLimit(what: string, limitBytes: number): ProviderError;
  timeout(clock: TimeoutClock, limitMs: number): ProviderError;
  aborted(cause: unknown): ProviderError;
  /** The request was not sent. */
  refused(code: ProviderErrorCode, message: string, capability?: MissingCapability): ProviderError;
  /** Any other error. The message follows the name of the provider, as in `ollama (m) at http://… took too long`. */
  failed(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails): ProviderError;
}

const CLOCKS: Readonly<Record<TimeoutClock, { readonly what: string; readonly option: string }>> = {
  connect: { what: 'no connection was open', option: 'connectMs' },
  'first-event': { what: 'no part of the answer had arrived', option: 'firstEventMs' },
  idle: { what: 'no further part of the answer arrived', option: 'idleMs' },
  total: { what: 'the answer was not complete', option: 'totalMs' },
};

/** Creates the errors of requests to one URL. */
export function createFailures(
  context: RequestContext,
  { now = Date.now }: { readonly now?: () => number } = {},
): Failures {
  const { provider, model, url, capability } = context;
  const target = `${provider}${model === undefined ? '' : ` (${model})`} at ${url}`;

  return {
    response,
    insideAnswer,
    hiddenError: () =>
      failed(
        'server-error',
        'failed in the middle of its answer without a reason: the message is only in the log of the server (Ollama: ~/.ollama/logs/server.log or `journalctl -u ollama`).',
      ),
    truncated: (detail) => failed('invalid-response', `broke off its answer: ${detail}. The answer is incomplete.`),
    uncarried: (what) =>
      failed(
        'invalid-response',
        `answered with ${what} and no text. Only text, reasoning and tool calls can be passed on.`,
      ),
    unrecognised: (excerpt, status) => unrecognised(excerpt, status),
    malformed: (excerpt) => failed('invalid-response', `sent a chunk that is not JSON: ${quote(redact(excerpt))}`),
    compressed: (encoding) =>
      failed(
        'invalid-response',
        `compressed its answer (${encoding}), but the request does not accept that. Switch compression off in the server, or in the proxy in front of it.`,
      ),
    overLimit: (what, limitBytes) =>
      failed('invalid-response', `sent too much: ${what} is larger than ${limitBytes} bytes (option \`limits\`).`),
    timeout: (clock, limitMs) =>
      failed(
        'timeout',
        `took too long: ${CLOCKS[clock].what} after ${limitMs} ms (clock "${clock}", option \`timeouts.${CLOCKS[clock].option}\`).`,
        { clock },
      ),
    aborted: (cause) => failed('aborted', 'did not finish: the request was aborted.', { cause }),
    refused: (code, message, missing) =>
      failed(code, `was not asked: ${message}`, missing === undefined ? {} : { capability: missing }),
    failed,
  };

  function failed(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}): ProviderError {
    const { serverMessage, ...others } = details;
    return new ProviderError(code, redact(`${target} ${message}`), {
      provider,
      model,
      url,
      ...others,
      ...(serverMessage !== undefined && { serverMessage: redact(serverMessage) }),
    });
  }

  function response({ status, headers, body }: FailedResponse): ProviderError {
    if (status >= 300 && status < 400) return redirected(status, headers['location']);
    const words = readServerWords(redact(body));
    const kind = classifyFailure(words, { status });
    const retryAfterMs = readRetryAfterMs(headers, { now });
    return serverError(kind, words, { status, verb: `answered ${status}`, retryAfterMs });
  }

  function insideAnswer(value: unknown): ProviderError {
    const words = readServerWords(redact(JSON.stringify(value)));
    return serverError(classifyFailure(words, { status: 200 }), words, {
      status: 200,
      verb: 'failed while it answered',
    });
  }

  function serverError(
    kind: Classification,
    words: ServerWords,
    {
      status,
      verb,
      retryAfterMs,
    }: { readonly status: number; readonly verb: string; readonly retryAfterMs?: number | undefined },
  ): ProviderError {
    const missing = kind.unknownRoute === true ? capability : kind.capability;
    const text = words.message === '' ? ' without a message.' : `: ${endSentence(words.message)}`;
    const { generatedText } = words;
    const quoted = generatedText === undefined ? '' : ` The model wrote: ${quote(generatedText)}`;
    const hint = adviseOnFailure(kind, { context, status, message: words.message });
    return failed(kind.code, `${verb}${text}${quoted}${hint === '' ? '' : ` ${hint}`}`, {
      status,
      ...(words.message !== '' && { serverMessage: words.message }),
      ...(generatedText !== undefined && { generatedText }),
      ...(missing !== undefined && { capability: missing }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(kind.code === 'context-length-exceeded' && readContextTokens(words.message)),
    });
  }

  function redirected(status: number, location: string | readonly string[] | undefined): ProviderError {
    const destination = describeLocation(typeof location === 'string' ? location : location?.[0], url);
    return failed(
      'invalid-response',
      `answered ${status}, a redirect to ${destination}. Redirects are not followed, since they could forward the API key to another host. Set the base URL to the final address.`,
      { status },
    );
  }

  function unrecognised(excerpt: string, status: number): ProviderError {
    const redacted = redact(excerpt);
    const words = readServerWords(redacted);
    const what = words.message === '' ? 'an empty body' : /^\s*</.test(redacted) ? words.message : quote(redacted);
    return failed(
      'invalid-response',
      `answered ${status} with ${what} instead of a chat completion. Is the base URL that of an API? ${adviseOnBaseUrl(context)}`.trim(),
      {
        status,
      },
    );
  }

  function redact(text: string): string {
    return redactSecrets(text, context.secrets);
  }
}

function describeLocation(location: string | undefined, base: string): string {
  if (location === undefined || !URL.canParse(location, base)) return 'nowhere';
  const { origin, pathname } = new URL(location, base);
  return `${origin}${pathname}`;
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function quote(excerpt: string): string {
  return JSON.stringify(excerpt.slice(0, 200));
}

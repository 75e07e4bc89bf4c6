import { ProviderError } from '@openclaw/provider';
import type { MissingCapability, ProviderErrorCode, ProviderErrorDetails, TimeoutClock } from '@openclaw/provider';
import { adviseOnBaseUrl, adviseOnFailure } from './advise-on-failure.ts';
import { classifyFailure } from './classify-failure.ts';
import type { Classification } from './classify-failure.ts';
import { readRetryAfterMs } from './retry-after.ts';
import type { RequestContext } from './request-context.ts';
import { redactSecrets } from './redact-secrets.ts';
import { readServerWords } from './server-words.ts';
import type { ServerWords } from './server-words.ts';

/** An answer with a status that is not a success, its body read as far as it came. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Makes the errors of one request, each naming provider, model, URL and the server's words. */
export interface Failures {
  /** The server answered with an error status, or with a redirect. */
  response(response: FailedResponse): ProviderError;
  /** An error stands where an answer should be, inside a 200. */
  insideAnswer(value: unknown): ProviderError;
  /** Ollama's chunk without a model: it failed, and its words were lost. */
  masked(): ProviderError;
  /** The answer broke off without an end. */
  truncated(detail: string): ProviderError;
  /** What came is no chat completion. */
  unrecognised(excerpt: string, status: number): ProviderError;
  malformed(excerpt: string): ProviderError;
  /** A content encoding that was not asked for. */
  compressed(encoding: string): ProviderError;
  overLimit(what: string, limitBytes: number): ProviderError;
  timeout(clock: TimeoutClock, limitMs: number): ProviderError;
  aborted(cause: unknown): ProviderError;
  /** The request was not sent. */
  refused(code: ProviderErrorCode, message: string, capability?: MissingCapability): ProviderError;
  /** Any other: the message is put behind the name of whom was asked. */
  failed(code: ProviderErrorCode, message: string, details?: ProviderErrorDetails): ProviderError;
}

const CLOCKS: Readonly<Record<TimeoutClock, { readonly what: string; readonly option: string }>> = {
  connect: { what: 'no connection was open', option: 'connectMs' },
  'first-event': { what: 'nothing of the answer had come', option: 'firstEventMs' },
  idle: { what: 'nothing more of the answer came', option: 'idleMs' },
  total: { what: 'the answer was not complete', option: 'totalMs' },
};

/** The errors of requests to one place. */
export function createFailures(
  context: RequestContext,
  { now = Date.now }: { readonly now?: () => number } = {},
): Failures {
  const { provider, model, url, capability } = context;
  const asked = `${provider}${model === undefined ? '' : ` (${model})`} at ${url}`;

  return {
    response,
    insideAnswer,
    masked: () =>
      failed(
        'server-error',
        'failed in the middle of its answer and did not say why: the text is only in the log of the server (Ollama: ~/.ollama/logs/server.log or `journalctl -u ollama`).',
      ),
    truncated: (detail) =>
      failed('invalid-response', `broke off its answer: ${detail}. What came is not the whole answer.`),
    unrecognised: (excerpt, status) => unrecognised(excerpt, status),
    malformed: (excerpt) =>
      failed('invalid-response', `sent something in its answer that is not JSON: ${quote(redact(excerpt))}`),
    compressed: (encoding) =>
      failed(
        'invalid-response',
        `compressed its answer (${encoding}), which was not asked for. Switch that off in the server, or in the proxy before it.`,
      ),
    overLimit: (what, limitBytes) =>
      failed(
        'invalid-response',
        `sent more than is held at a time: ${what} is larger than ${limitBytes} bytes (option \`limits\`).`,
      ),
    timeout: (clock, limitMs) =>
      failed(
        'timeout',
        `took too long: ${CLOCKS[clock].what} after ${limitMs} ms (clock "${clock}", option \`timeouts.${CLOCKS[clock].option}\`).`,
        { clock },
      ),
    aborted: (cause) => failed('aborted', 'was not waited for: the request was aborted.', { cause }),
    refused: (code, message, missing) =>
      failed(code, `was not asked: ${message}`, missing === undefined ? {} : { capability: missing }),
    failed,
  };

  function failed(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}): ProviderError {
    const { serverMessage, ...others } = details;
    return new ProviderError(code, redact(`${asked} ${message}`), {
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
    return told(kind, words, { status, verb: `answered ${status}`, retryAfterMs });
  }

  function insideAnswer(value: unknown): ProviderError {
    const words = readServerWords(redact(JSON.stringify(value)));
    return told(classifyFailure(words, { status: 200 }), words, { status: 200, verb: 'failed while it answered' });
  }

  function told(
    kind: Classification,
    words: ServerWords,
    {
      status,
      verb,
      retryAfterMs,
    }: { readonly status: number; readonly verb: string; readonly retryAfterMs?: number | undefined },
  ): ProviderError {
    const missing = kind.unknownRoute === true ? capability : kind.capability;
    const said = words.message === '' ? ', without a word.' : `: ${endSentence(words.message)}`;
    const hint = adviseOnFailure(kind, { context, status, message: words.message });
    return failed(kind.code, `${verb}${said}${hint === '' ? '' : ` ${hint}`}`, {
      status,
      ...(words.message !== '' && { serverMessage: words.message }),
      ...(missing !== undefined && { capability: missing }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }

  function redirected(status: number, location: string | readonly string[] | undefined): ProviderError {
    const target = describeLocation(typeof location === 'string' ? location : location?.[0], url);
    return failed(
      'invalid-response',
      `answered ${status}, a redirect to ${target}. Redirects are not followed, since a key would go along: set the base URL to the address that answers.`,
      { status },
    );
  }

  function unrecognised(excerpt: string, status: number): ProviderError {
    const said = redact(excerpt);
    const words = readServerWords(said);
    const what = words.message === '' ? 'an empty body' : /^\s*</.test(said) ? words.message : quote(said);
    return failed(
      'invalid-response',
      `answered ${status}, but with ${what} in place of a chat completion. Is the base URL that of an API? ${adviseOnBaseUrl(context)}`.trim(),
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

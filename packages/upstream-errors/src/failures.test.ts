import { describe, expect, test } from 'vitest';
import { createFailures } from './failures.ts';
import type { FailedResponse, Failures } from './failures.ts';
import type { RequestContext } from './request-context.ts';
import type { ServerKind } from './server-kind.ts';

const CONTEXT: RequestContext = {
  provider: 'local',
  server: 'unknown',
  model: 'x:1b',
  url: 'http://127.0.0.1:1/v1/chat/completions',
  capability: 'chat',
  secrets: [],
};

const v1 = (message: string, type = 'api_error'): string =>
  JSON.stringify({ error: { message, type, param: null, code: null } });
const flat = (error: string): string => JSON.stringify({ error });

// Every refusal that Ollama 0.5 to 0.33 is known for, in the envelope in which it comes on /v1.
const OLLAMA: [string, number, string, string, string?][] = [
  ['no such model, before 0.12', 404, v1('model "x" not found, try pulling it first'), 'model-not-found'],
  ['no such model', 404, v1("model 'x' not found", 'not_found_error'), 'model-not-found'],
  [
    'a call that could not be parsed, whatever the model wrote in it',
    500,
    v1(`error parsing tool call: raw='{"q": "gemma does not support tools", 429 rate limit', err=unexpected end`),
    'server-error',
  ],
  ['no such model, without its name', 404, v1('model not found'), 'model-not-found'],
  [
    'a model that could not be loaded',
    500,
    v1('llama-server process has terminated: exit status 2: error loading model'),
    'server-error',
  ],
  ['no model named', 400, v1('model is required'), 'invalid-request'],
  ['no body', 400, v1('EOF'), 'invalid-request'],
  ['bad JSON', 400, v1("invalid character 'x' looking for beginning of value"), 'invalid-request'],
  ['no tools', 400, v1('registry.ollama.ai/library/gemma3:4b does not support tools'), 'unsupported', 'tools'],
  ['no thinking', 400, v1('"llama3" does not support thinking'), 'unsupported', 'reasoning'],
  [
    'no thinking in an old blob',
    400,
    v1('"qwen3" does not support thinking. Pull the model again to get the latest version with full thinking support'),
    'unsupported',
    'reasoning',
  ],
  [
    'no such level of thinking',
    400,
    v1('think value "high" is not supported for this model'),
    'unsupported',
    'reasoning',
  ],
  [
    'no such word for reasoning',
    400,
    v1('invalid reasoning value: \'x\' (must be "high", "medium", "low", or "none")'),
    'invalid-request',
  ],
  ['no chat', 400, v1('"nomic-embed-text" does not support chat'), 'unsupported', 'chat'],
  ['no embeddings', 501, v1('this model does not support embeddings'), 'unsupported', 'embeddings'],
  [
    'image URLs',
    400,
    v1('image URLs are not currently supported, please use base64 encoded data instead'),
    'unsupported',
    'images',
  ],
  ['a long prompt', 400, v1('the input length exceeds the context length'), 'context-length-exceeded'],
  ['a long prompt, before 0.12', 400, v1('input length exceeds maximum context length'), 'context-length-exceeded'],
  [
    'a long prompt, as llama-server says it',
    400,
    v1(
      '{"error":{"code":400,"message":"request (26528 tokens) exceeds the available context size (16384 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":26528,"n_ctx":16384}}',
    ),
    'context-length-exceeded',
  ],
  [
    'a long prompt, since 0.30.9',
    400,
    v1(
      'the prompt is longer than the context length currently available to the model; shorten the prompt, or raise it',
    ),
    'context-length-exceeded',
  ],
  [
    'a format that is none',
    500,
    v1('invalid format: "xml"; expected "json" or a valid JSON Schema object'),
    'invalid-request',
  ],
  ['an option of a wrong type', 500, v1('option "num_ctx" must be of type integer'), 'invalid-request'],
  ['a full queue', 503, v1('server busy, please try again.  maximum pending requests exceeded'), 'overloaded'],
  ['a client that left', 499, v1('request canceled'), 'aborted'],
  ['no memory', 500, v1('model requires more system memory (9.1 GiB) than is available (4.0 GiB)'), 'server-error'],
  ['no room on the GPU', 500, v1('unable to load full model on GPU'), 'server-error'],
  ['a load that stalled', 500, v1('timed out waiting for llama runner to start - progress 0.00 - '), 'server-error'],
  ['a load that crashed', 500, v1('llama runner process has terminated: exit status 2'), 'server-error'],
  [
    'a model that is too new',
    500,
    v1('error loading model: this model may be incompatible with your version of Ollama. If you previously pulled'),
    'unsupported',
  ],
  ['a runner that is gone', 500, v1('llama-server process no longer running: -1 '), 'server-error'],
  [
    'a runner that is gone, until 0.9.0',
    500,
    v1('POST predict: Post "http://127.0.0.1:4000/completion": EOF'),
    'server-error',
  ],
  [
    'a tool call that does not parse',
    500,
    v1('error parsing tool call: raw=\'{"a":\', err=unexpected end of JSON input'),
    'server-error',
  ],
  [
    'a cloud that wants a sign-in',
    401,
    JSON.stringify({ error: 'unauthorized', signin_url: 'https://ollama.com/connect?key=QUJD' }),
    'authentication-failed',
  ],
  [
    'a cloud that is switched off',
    403,
    flat('ollama cloud is disabled: remote model details are unavailable'),
    'unsupported',
  ],
  ['a remote model that may not run', 400, v1('this server cannot run this remote model'), 'unsupported'],
  ['a cloud that is overloaded', 503, flat('Server overloaded, please retry shortly (ref: 1)'), 'overloaded'],
  ['a cloud that limits', 429, flat('you have reached your hourly usage limit'), 'rate-limited'],
  ['a cloud that is down', 502, flat('upstream error'), 'server-error'],
  ['a Host or Origin that is not welcome', 403, '', 'authentication-failed'],
  ['a path that it does not know', 404, '404 page not found', 'unsupported', 'chat'],
  ['a method that it does not know', 405, '405 method not allowed', 'unsupported', 'chat'],
  ['a panic', 500, '', 'server-error'],
];

const OTHERS: [string, number, string, string, string?][] = [
  [
    'OpenAI: no such model',
    404,
    JSON.stringify({
      error: {
        message: 'The model `gpt-9` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        code: 'model_not_found',
      },
    }),
    'model-not-found',
  ],
  [
    'OpenAI: quota',
    429,
    JSON.stringify({
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      },
    }),
    'billing',
  ],
  [
    'OpenAI: rate',
    429,
    JSON.stringify({
      error: { message: 'Rate limit reached for gpt-4o', type: 'tokens', code: 'rate_limit_exceeded' },
    }),
    'rate-limited',
  ],
  [
    'OpenAI: context',
    400,
    JSON.stringify({
      error: { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' },
    }),
    'context-length-exceeded',
  ],
  [
    'OpenAI: URL',
    404,
    JSON.stringify({ error: { message: 'Invalid URL (POST /v2/chat/completions)', type: 'invalid_request_error' } }),
    'unsupported',
    'chat',
  ],
  [
    'vLLM: no such model',
    404,
    JSON.stringify({
      object: 'error',
      message: 'The model `x` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    }),
    'model-not-found',
  ],
  [
    'vLLM: context',
    400,
    JSON.stringify({
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
      type: 'BadRequestError',
      code: 400,
    }),
    'context-length-exceeded',
  ],
  [
    'vLLM: tools',
    400,
    JSON.stringify({
      object: 'error',
      message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      code: 400,
    }),
    'unsupported',
    'tools',
  ],
  ['FastAPI: path', 404, '{"detail":"Not Found"}', 'unsupported', 'chat'],
  [
    'llama.cpp: loading',
    503,
    JSON.stringify({ error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
    'overloaded',
  ],
  [
    'llama.cpp: path',
    404,
    JSON.stringify({ error: { code: 404, message: 'File Not Found', type: 'not_found_error' } }),
    'unsupported',
    'chat',
  ],
  [
    'llama.cpp: context',
    400,
    JSON.stringify({
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
      },
    }),
    'context-length-exceeded',
  ],
  [
    'LM Studio: no model',
    404,
    flat('No models loaded. Please load a model in the developer page or use the `lms load` command.'),
    'model-not-found',
  ],
  [
    'Express: path',
    404,
    '<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot POST /chat/completions</pre></body></html>',
    'unsupported',
    'chat',
  ],
  [
    'OpenRouter: credits',
    402,
    JSON.stringify({ error: { code: 402, message: 'This request requires more credits, or fewer max_tokens.' } }),
    'billing',
  ],
  [
    'OpenRouter: no such model',
    400,
    JSON.stringify({ error: { code: 400, message: 'foo/bar is not a valid model ID' } }),
    'model-not-found',
  ],
  [
    'OpenRouter: tools',
    404,
    JSON.stringify({ error: { code: 404, message: 'No endpoints found that support tool use.' } }),
    'unsupported',
    'tools',
  ],
  [
    'Mistral: a key too many',
    422,
    JSON.stringify({
      object: 'error',
      message: { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    }),
    'invalid-request',
  ],
  ['a gateway that gave up', 504, '<html><head><title>504 Gateway Time-out</title></head></html>', 'timeout'],
  [
    'a size limit of a proxy',
    413,
    '<html><head><title>413 Request Entity Too Large</title></head></html>',
    'invalid-request',
  ],
];

describe.each([
  ['ollama' as const, OLLAMA],
  ['unknown' as const, OTHERS],
])('an error status of a server of kind %s', (server, rows) => {
  test.each(rows)('is recognised: %s', (_title, status, body, code, capability) => {
    const error = failuresOf(server).response(answer(status, body));

    expect(error).toMatchObject({
      code,
      status,
      provider: 'local',
      model: 'x:1b',
      url: 'http://127.0.0.1:1/v1/chat/completions',
    });
    expect(error.capability).toBe(capability);
    expect(error.message).toMatch(
      /^local \(x:1b\) at http:\/\/127\.0\.0\.1:1\/v1\/chat\/completions answered \d+(?::| without a message)/,
    );
  });
});

describe('the message of an error', () => {
  test.each<[string, number, string, string]>([
    [
      'the words inside JSON inside a string',
      400,
      v1(
        '{"error":{"code":400,"message":"request (9 tokens) exceeds the available context size (4 tokens)","type":"x"}}',
      ),
      'answered 400: request (9 tokens) exceeds the available context size (4 tokens).',
    ],
    [
      'what stood in front of that JSON',
      500,
      flat('llama-server chat error: {"error":{"message":"out of memory"}}'),
      'llama-server chat error: out of memory.',
    ],
    [
      "the provider's words behind those of OpenRouter",
      502,
      JSON.stringify({
        error: { code: 502, message: 'Provider returned error', metadata: { raw: '{"error":{"message":"No GPU"}}' } },
      }),
      'Provider returned error: No GPU.',
    ],
    [
      'the place that a validator names',
      422,
      JSON.stringify({ detail: [{ loc: ['body', 'tools', 0], msg: 'Field required', type: 'missing' }] }),
      'body.tools.0: Field required.',
    ],
    [
      'the title of a page',
      502,
      '<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>',
      'an HTML page, "502 Bad Gateway"',
    ],
    ['how to get the model', 404, v1("model 'x:1b' not found"), 'ollama pull x:1b'],
    ['what Ollama means by an empty 403', 403, '', 'OLLAMA_ORIGINS'],
    ['what to do about an unknown path', 404, '404 page not found', 'Check the base URL'],
    ['that there was no message', 500, '', 'answered 500 without a message.'],
    ['where the words of Ollama are that it did not send', 500, '', 'journalctl -u ollama'],
    ['what to do when the memory does not suffice', 500, v1('unable to load full model on GPU'), 'smaller model'],
    [
      'what to do when the queue is full',
      503,
      v1('server busy, please try again.  maximum pending requests exceeded'),
      'OLLAMA_MAX_QUEUE',
    ],
    ['what to do without tools', 400, v1('"gemma" does not support tools'), 'Choose a model that can call tools'],
  ])('has %s', (_title, status, body, words) => {
    expect(failuresOf('ollama').response(answer(status, body)).message).toContain(words);
  });

  test('has no part of a secret at the place where the message is cut', () => {
    const secret = 'sk-very-secret';
    const failures = createFailures({ ...CONTEXT, server: 'ollama', secrets: [secret] });
    const messages = Array.from(secret, (_char, at) => [
      failures.response(answer(500, v1('x'.repeat(1_986 + at) + secret))).message,
      failures.insideAnswer({ error: 'x'.repeat(1_986 + at) + secret }).message,
      failures.malformed('x'.repeat(186 + at) + secret).message,
      failures.unrecognised('x'.repeat(186 + at) + secret, 200).message,
    ]).flat();

    expect(messages.filter((message) => message.includes('sk-'))).toEqual([]);
  });

  test('does not have the link with which Ollama signs in a machine', () => {
    const body = JSON.stringify({ error: 'unauthorized', signin_url: 'https://ollama.com/connect?key=QUJD' });

    expect(failuresOf('ollama').response(answer(401, body)).message).not.toContain('QUJD');
  });
});

describe('how long to wait', () => {
  const at = Date.parse('2026-08-01T12:00:00Z');
  test.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sat, 01 Aug 2026 12:00:09 GMT' }, 9_000],
    [{ 'retry-after': 'Sat, 01 Aug 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': '3', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('is read from %j', (headers, retryAfterMs) => {
    const error = failuresOf('unknown', () => at).response({ status: 429, headers, body: '' });

    expect(error.retryAfterMs).toBe(retryAfterMs);
  });
});

function failuresOf(server: ServerKind, now: () => number = Date.now): Failures {
  return createFailures({ ...CONTEXT, server }, { now });
}

function answer(status: number, body: string): FailedResponse {
  return { status, headers: {}, body };
}

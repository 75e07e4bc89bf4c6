import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { AllCandidatesFailedError } from './all-candidates-failed-error.ts';
import { describeAttempts } from './describe-attempts.ts';
import type { FailedAttempt } from './describe-attempts.ts';

const commands = { start: 'ollama serve', pull: 'ollama pull' };

function failed(
  ref: string,
  code: ProviderErrorCode,
  { message = 'It failed.', ...details }: ProviderErrorDetails & { message?: string } = {},
): FailedAttempt {
  const model = catalogModel(ref);
  const error = new ProviderError(code, message, details);
  const attempt = { model: ref, endpoint: model.endpoint, outcome: code, message, durationMs: 1 };
  return { attempt, error, model, commands };
}

describe('its code', () => {
  test.each<[ProviderErrorCode, ProviderErrorCode]>([
    ['rate-limited', 'model-not-found'],
    ['overloaded', 'connection-failed'],
    ['timeout', 'authentication-failed'],
    ['context-length-exceeded', 'rate-limited'],
    ['invalid-request', 'server-error'],
    ['connection-failed', 'model-not-found'],
  ])('is %s rather than %s, whichever came first', (telling, other) => {
    const both = [failed('a/1', telling, { status: 499, retryAfterMs: 7 }), failed('b/2', other)];

    for (const attempts of [both, both.toReversed()]) {
      expect(new AllCandidatesFailedError(attempts)).toMatchObject({
        code: telling,
        status: 499,
        retryAfterMs: 7,
        cause: both[0]?.error,
      });
    }
  });

  test('is that of the last attempt with a model that was retried', () => {
    const error = new AllCandidatesFailedError([failed('a/1', 'rate-limited'), failed('a/1', 'server-error')]);

    expect(error.code).toBe('server-error');
  });

  test('keeps the sizes of a prompt that is too long', () => {
    const sizes = { neededTokens: 41_000, contextTokens: 32_768 };

    expect(new AllCandidatesFailedError([failed('a/1', 'context-length-exceeded', sizes)])).toMatchObject(sizes);
  });

  test('does not come from a model that was skipped', () => {
    const attempt = {
      model: 'a/1',
      endpoint: '',
      outcome: 'skipped' as const,
      message: 'Its circuit is open.',
      durationMs: 0,
    };

    expect(new AllCandidatesFailedError([{ attempt }, failed('b/2', 'billing')]).code).toBe('billing');
  });
});

describe('its message', () => {
  test('lists every attempt with URL and cause, and no command', () => {
    const error = new AllCandidatesFailedError([
      failed('ollama/big', 'connection-failed', {
        message: 'Connection refused.',
        url: 'http://127.0.0.1:11434/v1/chat/completions',
      }),
      failed('ollama/small', 'model-not-found', { message: 'No such model.' }),
      failed('vllm/huge', 'timeout', { message: 'vllm (huge) at http://vllm.test/v1 said nothing.' }),
    ]);

    expect(error.message.split('\n')).toEqual([
      'No model could answer.',
      '- ollama/big: Connection refused. (http://127.0.0.1:11434/v1/chat/completions)',
      '- ollama/small: No such model. (http://ollama.test/v1)',
      '- vllm (huge) at http://vllm.test/v1 said nothing.',
    ]);
    expect(error.attempts).toHaveLength(3);
  });

  test('describes a model that was retried once', () => {
    const failure = failed('a/1', 'overloaded', { message: 'a (1) at http://a.test/v1 is busy.' });

    expect(new AllCandidatesFailedError([failure, failure, failure]).message).toBe(
      'a (1) at http://a.test/v1 is busy. It was tried 3 times.',
    );
  });

  test('groups equal failures of models of a server', () => {
    const refused = (name: string): FailedAttempt =>
      failed(`ollama/${name}`, 'connection-failed', {
        message: `ollama (${name}) at http://ollama.test/v1 could not be reached: connection refused.`,
        connection: 'refused',
      });
    const error = new AllCandidatesFailedError([
      refused('big'),
      refused('small'),
      failed('ollama/x', 'model-not-found', { message: 'ollama/x is not there.' }),
      failed('ollama/y', 'model-not-found', { message: 'ollama/y is not there.' }),
    ]);

    expect(error.message.split('\n')).toEqual([
      'No model could answer.',
      '- ollama (big) at http://ollama.test/v1 could not be reached: connection refused.',
      '- ollama/small: the same at http://ollama.test/v1',
      '- ollama/x is not there. (http://ollama.test/v1)',
      '- ollama/y: the same at http://ollama.test/v1',
    ]);
    expect(error.attempts).toHaveLength(4);
  });

  test('does not list the skip of a model that was tried later', () => {
    const skipped = (model: string): FailedAttempt => ({
      attempt: { model, endpoint: '', outcome: 'skipped', message: `${model} failed a moment ago.`, durationMs: 0 },
    });
    const billed = failed('a/1', 'billing', { message: 'a/1 at http://a.test/v1 wants money.' });
    const error = new AllCandidatesFailedError([skipped('a/1'), skipped('b/2'), billed]);

    expect(error.message.split('\n')).toEqual([
      'No model could answer.',
      '- b/2 failed a moment ago.',
      '- a/1 at http://a.test/v1 wants money.',
    ]);
    expect(error.attempts).toHaveLength(3);
  });

  test('is one line for one attempt', () => {
    const error = new AllCandidatesFailedError([failed('a/1', 'billing', { message: 'No credit left at a/1.' })]);

    expect(error.message).toBe('No credit left at a/1. (http://a.test/v1)');
  });

  test('has advice for each attempt if the program gives it', () => {
    const { failures } = new AllCandidatesFailedError([failed('a/1', 'billing', { message: 'No credit at a/1.' })]);

    expect(describeAttempts(failures, { advise: ({ error }) => `Look up ${error?.code}.` })).toBe(
      'No credit at a/1. (http://a.test/v1) Look up billing.',
    );
  });
});

test('its JSON lists the attempts', () => {
  const error = new AllCandidatesFailedError([failed('a/1', 'billing', { message: 'No credit left.' })]);

  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ProviderError',
    code: 'billing',
    message: 'a/1: No credit left. (http://a.test/v1)',
    cause: 'No credit left.',
    attempts: [
      { model: 'a/1', endpoint: 'http://a.test/v1', outcome: 'billing', message: 'No credit left.', durationMs: 1 },
    ],
  });
});

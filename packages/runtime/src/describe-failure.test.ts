import {
  AllCandidatesFailedError,
  createCatalogModel,
  createModelCatalog,
  ModelSelectionError,
  parseModelRef,
  planCandidates,
} from '@openclaw/model-selection';
import type { FailedAttempt, PlanInput } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails } from '@openclaw/provider';
import { describe, expect, test } from 'vitest';
import { describeFailure, describeFix } from './describe-failure.ts';

const commands = { start: 'ollama serve', pull: 'ollama pull' };

function failed(
  ref: string,
  code: ProviderErrorCode,
  { message = 'It failed.', ...details }: ProviderErrorDetails & { message?: string } = {},
): FailedAttempt {
  const { provider, model: name } = parseModelRef(ref);
  const model = createCatalogModel({ provider, model: name, endpoint: `http://${provider}.test/v1` });
  const error = new ProviderError(code, message, details);
  const attempt = { model: ref, endpoint: model.endpoint, outcome: code, message, durationMs: 1 };
  return { attempt, error, model, commands };
}

const describeAll = (...attempts: FailedAttempt[]): string => describeFailure(new AllCandidatesFailedError(attempts));

describe('when no model could answer', () => {
  test('lists every attempt with URL, cause and the next command', () => {
    const text = describeAll(
      failed('ollama/big', 'connection-failed', {
        message: 'Connection refused.',
        url: 'http://127.0.0.1:11434/v1/chat/completions',
      }),
      failed('ollama/small', 'model-not-found', { message: 'No such model.' }),
      failed('vllm/huge', 'timeout', { message: 'vllm (huge) at http://vllm.test/v1 said nothing.' }),
    );

    expect(text.split('\n')).toEqual([
      'No model could answer.',
      '- ollama/big: Connection refused. (http://127.0.0.1:11434/v1/chat/completions) Try: ollama serve',
      '- ollama/small: No such model. (http://ollama.test/v1) Try: ollama pull small',
      '- vllm (huge) at http://vllm.test/v1 said nothing. Try: curl http://vllm.test/v1/models',
    ]);
  });

  test('says once what happened to a model that was asked again', () => {
    const failure = failed('a/1', 'overloaded', { message: 'a (1) at http://a.test/v1 is busy.' });

    expect(describeAll(failure, failure, failure)).toBe(
      'a (1) at http://a.test/v1 is busy. It was tried 3 times. Try: curl http://a.test/v1/models',
    );
  });

  test('says once what models of the same server have in common', () => {
    const refused = (name: string): FailedAttempt =>
      failed(`ollama/${name}`, 'connection-failed', {
        message: `ollama (${name}) at http://ollama.test/v1 could not be reached: connection refused.`,
        connection: 'refused',
      });
    const text = describeAll(
      refused('big'),
      refused('small'),
      failed('ollama/x', 'model-not-found', { message: 'ollama/x is not there.' }),
      failed('ollama/y', 'model-not-found', { message: 'ollama/y is not there.' }),
    );

    expect(text.split('\n')).toEqual([
      'No model could answer.',
      '- ollama (big) at http://ollama.test/v1 could not be reached: connection refused. Try: ollama serve',
      '- ollama/small: the same at http://ollama.test/v1',
      '- ollama/x is not there. (http://ollama.test/v1) Try: ollama pull x',
      '- ollama/y is not there. (http://ollama.test/v1) Try: ollama pull y',
    ]);
  });

  test.each(['dns', 'tls', 'unreachable', 'closed'] as const)(
    'names no command that starts a server when the connection failed by %s',
    (connection) => {
      const text = describeAll(failed('ollama/m', 'connection-failed', { connection }));

      expect(text).toContain('Try: curl http://ollama.test/v1/models');
    },
  );

  test('leaves out that a model was skipped at first when it was asked in the end', () => {
    const skipped = (model: string): FailedAttempt => ({
      attempt: { model, endpoint: '', outcome: 'skipped', message: `${model} failed a moment ago.`, durationMs: 0 },
    });
    const billed = failed('a/1', 'billing', { message: 'a/1 at http://a.test/v1 wants money.' });
    const text = describeAll(skipped('a/1'), skipped('b/2'), billed);

    expect(text.split('\n')).toEqual([
      'No model could answer.',
      '- b/2 failed a moment ago.',
      '- a/1 at http://a.test/v1 wants money. Try: openclaw models list',
    ]);
  });

  test('is one line for one attempt', () => {
    const text = describeAll(failed('a/1', 'billing', { message: 'No credit left at a/1.' }));

    expect(text).toBe('No credit left at a/1. (http://a.test/v1) Try: openclaw models list');
  });

  test('does not repeat a command that the failure names already', () => {
    const text = describeAll(failed('ollama/m', 'model-not-found', { message: 'Get it with `ollama pull m`.' }));

    expect(text.match(/ollama pull m/g)).toHaveLength(1);
  });

  test('names no command with a name that is not safe in a shell', () => {
    const text = describeAll(failed('ollama/m; rm -rf ~', 'model-not-found'));

    expect(text).toContain('Try: openclaw models list');
    expect(text).not.toContain('pull');
  });
});

describe('when no model could be chosen', () => {
  const models = [
    createCatalogModel({ provider: 'ollama', model: 'small', endpoint: '', tools: false }),
    createCatalogModel({ provider: 'ollama', model: 'big', endpoint: '', tools: true }),
    createCatalogModel({ provider: 'ollama', model: 'llava', endpoint: '', input: ['text', 'image'] }),
  ];
  const catalog = createModelCatalog(models, { providers: [{ id: 'ollama', defaultTag: 'latest', commands }] });

  function failure(input: Partial<PlanInput>): string {
    try {
      planCandidates({ catalog, ...input });
    } catch (error) {
      if (error instanceof ModelSelectionError) return describeFailure(error);
      throw error;
    }
    throw new Error('It did not fail.');
  }

  test.each<[string, Partial<PlanInput>, RegExp]>([
    [
      'a model for tools',
      { primary: 'small', needs: { tools: true } },
      /Set a model that supports tools: openclaw models set ollama\/big\.$/,
    ],
    [
      'another name',
      { requested: 'small', needs: { tools: true } },
      /Suitable models: ollama\/big\. Name one of these/,
    ],
    [
      'an image model',
      { primary: 'big', needs: { images: true } },
      /agents\.defaults\.imageModel\.primary ollama\/llava\.$/,
    ],
    ['a model that exists', { primary: 'ollama/gone', fallbacks: ['no/one'] }, /openclaw models set ollama\/small\.$/],
    [
      'one of the models',
      {},
      /^No model is configured\. Suitable models: .* Choose one: openclaw models set ollama\/small\.$/,
    ],
    ['the key of the configuration', { catalog: createModelCatalog([]) }, /Name one in agents\.defaults\.model\./],
  ])('names %s', (_what, input, advice) => {
    expect(failure(input)).toMatch(advice);
  });

  test('names the command that fetches an unknown model, also inside a failed request', () => {
    const text =
      'There is no model "ollama/mistral". To fetch it: ollama pull mistral. All models: openclaw models list.';
    expect(failure({ requested: 'ollama/mistral' })).toBe(text);

    const cause = new ModelSelectionError('unknown-model', 'There is no model "ollama/mistral".', {
      wanted: 'ollama/mistral',
      commands,
    });
    expect(describeFailure(new ProviderError('model-not-found', cause.message, { cause }))).toBe(text);
  });

  test('says what to do about each model that is left out', () => {
    const { leftOut } = planCandidates({
      catalog,
      primary: 'small',
      fallbacks: ['ollama/mistral', 'nowhere/x', 'big'],
      needs: { tools: true },
    });

    expect(leftOut.map(describeFix)).toEqual([
      expect.stringContaining('models.providers.ollama.models with compat.supportsTools: true'),
      'Fetch it: ollama pull mistral. Correct the name in the configuration, or remove it.',
      'Correct the name in the configuration, or remove it.',
    ]);
  });
});

test('the limit for all candidates names its configuration key, the clock of a provider does not', () => {
  expect(describeFailure(new ProviderError('timeout', 'Too long.', { clock: 'total' }))).toBe(
    'Too long. Raise agents.defaults.timeoutSeconds, or set it to 0 for no limit.',
  );
  expect(describeFailure(new ProviderError('timeout', 'Too long.', { clock: 'total', provider: 'ollama' }))).toBe(
    'Too long.',
  );
});

import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import type { CircuitStatus } from './circuit-breaker.ts';
import { createModelCatalog } from './model-catalog.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import type { Plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { planCandidates } from './plan-candidates.ts';

const catalog = createModelCatalog(
  [
    catalogModel('ollama/gpt-oss:20b'),
    catalogModel('ollama/llama3.3:latest'),
    catalogModel('ollama/gemma:2b', { tools: false }),
    catalogModel('ollama/llava', { tools: false, input: ['text', 'image'] }),
    catalogModel('vllm/qwen-vl', { input: ['text', 'image'] }),
    catalogModel('vllm/unknown', { tools: undefined }),
  ],
  {
    providers: [{ id: 'ollama', defaultTag: 'latest', commands: { start: 'ollama serve' } }],
    aliases: { small: 'ollama/gemma:2b' },
  },
);

const plan = (input: Partial<PlanInput>): Plan => planCandidates({ catalog, ...input });
const order = (input: Partial<PlanInput>): string[] =>
  plan(input).candidates.map(({ model, reason }) => `${model.ref} (${reason.code})`);

function failure(input: Partial<PlanInput>): ModelSelectionError {
  try {
    plan(input);
  } catch (error) {
    if (error instanceof ModelSelectionError) return error;
  }
  throw new Error('There was a plan.');
}

function circuit(state: CircuitStatus['state'], target: { endpoint: string; model?: string }): CircuitStatus {
  const scope = target.model === undefined ? 'endpoint' : 'model';
  const retryInMs = state === 'open' ? 12_400 : 0;
  return { scope, ...target, state, failures: 1, code: 'server-error', message: 'It broke.', openedAt: 0, retryInMs };
}

describe('the order', () => {
  test('is the primary model and then its fallbacks, each once', () => {
    const input = {
      primary: 'ollama/gpt-oss:20b',
      fallbacks: ['small', 'gpt-oss:20b', 'ollama/Llama3.3', 'ollama/gemma:2b'],
    };

    expect(order(input)).toEqual([
      'ollama/gpt-oss:20b (primary)',
      'ollama/gemma:2b (fallback)',
      'ollama/llama3.3:latest (fallback)',
    ]);
    expect(plan(input).candidates.map(({ reason }) => reason.text)).toEqual([
      'the primary model',
      'fallback 1 of 4',
      'fallback 3 of 4',
    ]);
  });

  test('is one model alone when the request names one', () => {
    const input = { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'], requested: 'small' };

    expect(order(input)).toEqual(['ollama/gemma:2b (requested)']);
  });

  test('puts fallbacks and primary after a named model with allowFallbacks', () => {
    const input = {
      primary: 'ollama/gpt-oss:20b',
      fallbacks: ['ollama/llama3.3', 'small'],
      requested: 'small',
      allowFallbacks: true,
    };

    expect(order(input)).toEqual([
      'ollama/gemma:2b (requested)',
      'ollama/llama3.3:latest (fallback)',
      'ollama/gpt-oss:20b (primary)',
    ]);
  });

  test('is the same for the same input, and changes none of it', () => {
    const input = {
      primary: 'small',
      fallbacks: ['ollama/llama3.3'],
      circuits: [circuit('open', { endpoint: 'http://ollama.test/v1' })],
    };
    const before = structuredClone(input);

    expect(plan(input)).toEqual(plan(input));
    expect(input).toEqual(before);
  });

  test('has the commands of each provider', () => {
    expect(plan({ primary: 'small' }).candidates[0]?.commands).toEqual({ start: 'ollama serve' });
  });
});

describe('circuits', () => {
  const input = { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3', 'vllm/qwen-vl'] };

  test.each(['open', 'probing'] as const)('that are %s move a model to the end and never out', (state) => {
    const circuits = [circuit(state, { endpoint: 'http://ollama.test/v1', model: 'ollama/gpt-oss:20b' })];

    expect(order({ ...input, circuits })).toEqual([
      'ollama/llama3.3:latest (fallback)',
      'vllm/qwen-vl (fallback)',
      'ollama/gpt-oss:20b (circuit-open)',
    ]);
  });

  test('of an endpoint move all its models, which keep their order', () => {
    const circuits = [circuit('open', { endpoint: 'http://ollama.test/v1' })];

    expect(order({ ...input, circuits })).toEqual([
      'vllm/qwen-vl (fallback)',
      'ollama/gpt-oss:20b (circuit-open)',
      'ollama/llama3.3:latest (circuit-open)',
    ]);
    expect(plan({ ...input, circuits }).candidates[1]?.reason.text).toBe(
      'the primary model, moved to the end: http://ollama.test/v1 failed (server-error); it is probed again in 13 s',
    );
  });

  test('that are due for a probe leave a model where it is', () => {
    const circuits = [circuit('probe-due', { endpoint: 'http://ollama.test/v1', model: 'ollama/gpt-oss:20b' })];

    expect(order({ ...input, circuits })[0]).toBe('ollama/gpt-oss:20b (probe)');
  });

  test('of other endpoints change nothing', () => {
    const circuits = [
      circuit('open', { endpoint: 'http://elsewhere.test/v1' }),
      circuit('open', { endpoint: 'http://elsewhere.test/v1', model: 'ollama/gpt-oss:20b' }),
    ];

    expect(order({ ...input, circuits })[0]).toBe('ollama/gpt-oss:20b (primary)');
  });
});

describe('a request with tools', () => {
  const needs = { tools: true };

  test('skips models that report none, and uses those that report nothing', () => {
    const input = { primary: 'small', fallbacks: ['vllm/unknown', 'ollama/llama3.3'], needs };

    expect(order(input)).toEqual(['vllm/unknown (fallback)', 'ollama/llama3.3:latest (fallback)']);
    expect(plan(input).leftOut).toMatchObject([
      {
        name: 'small',
        model: { ref: 'ollama/gemma:2b' },
        rank: 0,
        reason: { code: 'no-tools', text: expect.stringContaining('ollama/gemma:2b does not call tools') },
      },
    ]);
  });

  test('that no candidate can take is refused with models that could', () => {
    expect(failure({ primary: 'small', fallbacks: ['ollama/llava'], needs })).toMatchObject({
      code: 'no-tool-model',
      candidates: ['ollama/gpt-oss:20b', 'ollama/llama3.3:latest', 'vllm/qwen-vl'],
      message: expect.stringContaining('Suitable models: ollama/gpt-oss:20b, '),
    });
  });

  test('for a named model that calls none is refused without a fallback', () => {
    expect(failure({ primary: 'ollama/gpt-oss:20b', requested: 'small', needs })).toMatchObject({
      code: 'no-tool-model',
      wanted: 'small',
      leftOut: [{ name: 'small', role: 'requested' }],
    });
  });
});

describe('a request with images', () => {
  const needs = { images: true };

  test('goes to the image model when the primary cannot see, and to fallbacks that can', () => {
    const input = {
      primary: 'ollama/gpt-oss:20b',
      fallbacks: ['vllm/qwen-vl', 'ollama/llama3.3'],
      imageModel: { primary: 'ollama/llava', fallbacks: ['vllm/qwen-vl'] },
      needs,
    };

    expect(order(input)).toEqual(['ollama/llava (image-primary)', 'vllm/qwen-vl (image-fallback)']);
    expect(plan(input).leftOut.map(({ name, rank, reason }) => `${name} ${rank} ${reason.code}`)).toEqual([
      'ollama/gpt-oss:20b 2 no-images',
      'ollama/llama3.3 4 no-images',
    ]);
  });

  test('stays with a primary that can see, with the image model after it', () => {
    const input = { primary: 'vllm/qwen-vl', fallbacks: ['small'], imageModel: { primary: 'ollama/llava' }, needs };

    expect(order(input)).toEqual(['vllm/qwen-vl (primary)', 'ollama/llava (image-primary)']);
  });

  test('that no candidate accepts is refused with models that do', () => {
    expect(failure({ primary: 'ollama/gpt-oss:20b', needs })).toMatchObject({
      code: 'no-image-model',
      candidates: ['ollama/llava', 'vllm/qwen-vl'],
      message: expect.stringContaining('Suitable models: ollama/llava, vllm/qwen-vl.'),
    });
  });

  test('and tools goes to a model that takes both', () => {
    const input = {
      primary: 'ollama/gpt-oss:20b',
      imageModel: { primary: 'ollama/llava', fallbacks: ['vllm/qwen-vl'] },
      needs: { images: true, tools: true },
    };

    expect(order(input)).toEqual(['vllm/qwen-vl (image-fallback)']);
  });

  test('for a named model that cannot see does not go to the image model in silence', () => {
    const input = { requested: 'ollama/gpt-oss:20b', imageModel: { primary: 'ollama/llava' }, needs };

    expect(failure(input).code).toBe('no-image-model');
    expect(order({ ...input, allowFallbacks: true })).toEqual(['ollama/llava (image-primary)']);
  });

  test('goes to models with unknown input, after the image model', () => {
    const unlisted = createModelCatalog([catalogModel('ollama/llava', { input: ['text', 'image'] })], {
      providers: [{ id: 'openai', assume: (model) => catalogModel(`openai/${model}`, { source: 'assumed' }) }],
    });
    const input = { catalog: unlisted, primary: 'openai/gpt-4o', needs };

    expect(order(input)).toEqual(['openai/gpt-4o (primary)']);
    expect(order({ ...input, imageModel: { primary: 'ollama/llava' } })).toEqual([
      'ollama/llava (image-primary)',
      'openai/gpt-4o (primary)',
    ]);
  });

  test('leaves the image model alone when there are no images', () => {
    expect(order({ primary: 'small', imageModel: { primary: 'ollama/llava' } })).toEqual(['ollama/gemma:2b (primary)']);
  });
});

describe('unknown names', () => {
  test('are excluded with the reason while there is another candidate', () => {
    const input = { primary: 'ollama/gone', fallbacks: ['small'] };

    expect(order(input)).toEqual(['ollama/gemma:2b (fallback)']);
    expect(plan(input).leftOut).toMatchObject([
      { name: 'ollama/gone', role: 'primary', rank: 0, reason: { code: 'unknown' } },
    ]);
  });

  test('are refused with the catalog’s own error when named in the request', () => {
    expect(failure({ requested: 'ollama/gpt-os:20b', primary: 'small' })).toMatchObject({
      code: 'unknown-model',
      candidates: ['ollama/gpt-oss:20b'],
    });
  });

  test('are all listed when there is no other', () => {
    const error = failure({ primary: 'ollama/gone', fallbacks: ['no-such/model'] });

    expect(error.code).toBe('no-usable-model');
    expect(error.message).toMatch(/"ollama\/gone".*"no-such\/model".*Suitable models:/);
  });

  test('differ from no configuration at all', () => {
    expect(failure({})).toMatchObject({
      code: 'no-model-configured',
      message: expect.stringContaining('Suitable models:'),
    });
    expect(failure({ catalog: createModelCatalog([]) }).message).toBe(
      'No model is configured. No known model is suitable.',
    );
  });
});

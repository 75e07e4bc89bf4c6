import { describe, expect, test } from 'vitest';
import { catalogModel } from '../test/catalog-model.ts';
import { createModelCatalog } from './model-catalog.ts';
import type { ModelSelectionError } from './model-selection-error.ts';

const ollama = { id: 'ollama', defaultTag: 'latest', commands: { start: 'ollama serve', pull: 'ollama pull' } };
const models = [
  catalogModel('ollama/gpt-oss:20b'),
  catalogModel('ollama/llama3.3:latest'),
  catalogModel('ollama/hf.co/User/Repo:Q4_K_M'),
  catalogModel('ollama/Mixed-Case:7B'),
  catalogModel('openai/gpt-4o'),
  catalogModel('openrouter/gpt-4o'),
  catalogModel('openai/llama3.3'),
];
const catalog = createModelCatalog(models, {
  providers: [ollama],
  aliases: { Fast: 'ollama/llama3.3', small: 'ollama/gone' },
});

function failure(name: string, from = catalog): ModelSelectionError {
  try {
    from.resolve(name);
  } catch (error) {
    return error as ModelSelectionError;
  }
  throw new Error(`${name} was resolved.`);
}

describe('a reference', () => {
  test.each([
    ['ollama/gpt-oss:20b', 'ollama/gpt-oss:20b'],
    ['OLLAMA/gpt-oss:20b', 'ollama/gpt-oss:20b'],
    ['ollama/llama3.3', 'ollama/llama3.3:latest'],
    ['ollama/LLAMA3.3:Latest', 'ollama/llama3.3:latest'],
    ['ollama/mixed-case:7b', 'ollama/Mixed-Case:7B'],
    ['ollama/hf.co/user/repo:q4_k_m', 'ollama/hf.co/User/Repo:Q4_K_M'],
  ])('%s means %s, in the spelling that is stored', (name, ref) => {
    expect(catalog.resolve(name).ref).toBe(ref);
  });

  test('compares names with case where the provider has no default tag', () => {
    expect(failure('openai/GPT-4o')).toMatchObject({
      code: 'unknown-model',
      candidates: ['openai/gpt-4o', 'openrouter/gpt-4o'],
    });
  });

  test('prefers the exact spelling when two differ in case only', () => {
    const both = createModelCatalog([catalogModel('ollama/Qwen:4b'), catalogModel('ollama/qwen:4b')], {
      providers: [ollama],
    });

    expect(both.resolve('ollama/qwen:4b').ref).toBe('ollama/qwen:4b');
    expect(failure('ollama/QWEN:4b', both).code).toBe('ambiguous-name');
  });

  test('never turns into another provider’s model', () => {
    expect(failure('ollama/gpt-4o').code).toBe('unknown-model');
    expect(failure('openai/gpt-oss:20b').code).toBe('unknown-model');
    expect(failure('anthropic/gpt-oss:20b')).toMatchObject({
      code: 'unknown-provider',
      candidates: ['ollama/gpt-oss:20b'],
    });
  });
});

describe('a bare name', () => {
  test('means the one model that has it', () => {
    expect(catalog.resolve('gpt-oss:20b').ref).toBe('ollama/gpt-oss:20b');
    expect(catalog.resolve('hf.co/user/repo:Q4_K_M').ref).toBe('ollama/hf.co/User/Repo:Q4_K_M');
  });

  test('is refused with its candidates when several models bear it', () => {
    expect(failure('gpt-4o')).toMatchObject({
      code: 'ambiguous-name',
      candidates: ['openai/gpt-4o', 'openrouter/gpt-4o'],
      message: '"gpt-4o" can mean openai/gpt-4o or openrouter/gpt-4o. Write one of these references.',
    });
    expect(failure('llama3.3').candidates).toEqual(['ollama/llama3.3:latest', 'openai/llama3.3']);
  });

  test('is refused with the nearest models when no model has it', () => {
    expect(failure('gpt-os:20b').candidates).toEqual(['ollama/gpt-oss:20b']);
    expect(failure('gpt-oss').candidates[0]).toBe('ollama/gpt-oss:20b');
    expect(failure('ollama/gpt-os').candidates[0]).toBe('ollama/gpt-oss:20b');
    expect(failure('qqqqqqqqqqqqqqqqqqqq').candidates).toEqual([]);
  });
});

describe('an alias', () => {
  test('means its reference, without case', () => {
    expect(catalog.resolve('fast').ref).toBe('ollama/llama3.3:latest');
    expect(catalog.resolve(' FAST ').ref).toBe('ollama/llama3.3:latest');
  });

  test('to a model that there is not says so about the model', () => {
    expect(failure('small')).toMatchObject({ code: 'unknown-model', wanted: 'ollama/gone' });
  });

  test('comes before a bare name', () => {
    const shadowing = createModelCatalog(models, { aliases: { 'gpt-oss:20b': 'openai/gpt-4o' } });

    expect(shadowing.resolve('gpt-oss:20b').ref).toBe('openai/gpt-4o');
  });

  test('with a slash is never looked up', () => {
    const sly = createModelCatalog(models, { aliases: { 'ollama/gpt-oss:20b': 'openai/gpt-4o' } });

    expect(sly.resolve('ollama/gpt-oss:20b').ref).toBe('ollama/gpt-oss:20b');
  });

  test('of two models is refused', () => {
    const twice = createModelCatalog(models, { aliases: { fast: 'openai/gpt-4o', FAST: 'ollama/gpt-oss:20b' } });

    expect(failure('fast', twice)).toMatchObject({
      code: 'ambiguous-name',
      candidates: ['openai/gpt-4o', 'ollama/gpt-oss:20b'],
    });
  });

  test('is listed with its model, whichever way the reference is spelled', () => {
    expect(catalog.models.find(({ ref }) => ref === 'ollama/llama3.3:latest')?.aliases).toEqual(['Fast']);
  });

  test('that an entry brings itself works as well', () => {
    const own = createModelCatalog([catalogModel('ollama/gpt-oss:20b', { aliases: ['oss'] })]);

    expect(own.resolve('OSS').ref).toBe('ollama/gpt-oss:20b');
  });
});

describe('a model that is not listed', () => {
  test('is used all the same while its provider’s list is not available', () => {
    const blind = createModelCatalog([], {
      providers: [{ ...ollama, assume: (model) => catalogModel(`ollama/${model}`, { source: 'assumed' }) }],
      aliases: { big: 'ollama/qwen3:32b' },
    });

    expect(blind.resolve('Ollama/llama3.3')).toMatchObject({ ref: 'ollama/llama3.3', source: 'assumed' });
    expect(blind.resolve('big')).toMatchObject({ ref: 'ollama/qwen3:32b', aliases: ['big'] });
    expect(failure('llama3.3', blind).message).toContain('The models of ollama could not be listed');
  });

  test('is an error with the commands of its provider', () => {
    expect(failure('ollama/mistral')).toMatchObject({
      message: 'There is no model "ollama/mistral".',
      commands: { pull: 'ollama pull' },
    });
  });
});

test('keeps the first of two entries with one reference', () => {
  const twice = createModelCatalog([catalogModel('a/m', { name: 'first' }), catalogModel('a/m', { name: 'second' })]);

  expect(twice.models).toHaveLength(1);
  expect(twice.resolve('a/m').name).toBe('first');
});

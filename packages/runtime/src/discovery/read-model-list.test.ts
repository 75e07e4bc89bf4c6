import { expect, test } from 'vitest';
import { readModelList } from './read-model-list.ts';

const models = (body: unknown) => readModelList(body)?.models;
const FREE = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const TEXT = { input: ['text'], tools: undefined, reasoning: false, cost: FREE };

test('LM Studio says window, kind and tools', () => {
  const entry = {
    object: 'model',
    publisher: 'lmstudio-community',
    compatibility_type: 'gguf',
    quantization: 'Q4_K_M',
  };
  const list = readModelList({
    object: 'list',
    data: [
      { id: 'qwen2-vl-7b-instruct', type: 'vlm', state: 'not-loaded', max_context_length: 32_768, ...entry },
      {
        id: 'meta-llama-3.1-8b-instruct',
        type: 'llm',
        state: 'loaded',
        max_context_length: 131_072,
        loaded_context_length: 4096,
        capabilities: ['tool_use'],
        ...entry,
      },
      { id: 'nomic-embed', type: 'embeddings', state: 'not-loaded', max_context_length: 2048, ...entry },
    ],
  });
  expect(list?.models).toEqual([
    { ...TEXT, name: 'qwen2-vl-7b-instruct', input: ['text', 'image'], contextWindow: 32_768 },
    { ...TEXT, name: 'meta-llama-3.1-8b-instruct', tools: true, contextWindow: 4096 },
  ]);
  expect(list?.hidden).toMatchObject([{ name: 'nomic-embed', message: expect.stringMatching(/embedding model/) }]);
});

test('LM Studio’s OpenAI list says names, and those of embedding models', () => {
  const list = readModelList({
    data: [
      { id: 'qwen3-8b', object: 'model', owned_by: 'organization_owner' },
      { id: 'text-embedding-nomic-embed-text-v1.5', object: 'model', owned_by: 'organization_owner' },
    ],
  });
  expect(list?.models).toEqual([{ ...TEXT, name: 'qwen3-8b' }]);
  expect(list?.hidden).toHaveLength(1);
});

test('vLLM says the window, and an adapter has that of its model', () => {
  const data = [
    {
      id: 'Qwen/Qwen3-8B',
      owned_by: 'vllm',
      root: 'Qwen/Qwen3-8B',
      parent: null,
      max_model_len: 40_960,
      permission: [],
    },
    { id: 'sql-lora', owned_by: 'vllm', root: '/lora', parent: 'Qwen/Qwen3-8B', max_model_len: null, permission: [] },
  ];
  expect(models({ object: 'list', data })).toMatchObject([
    { name: 'Qwen/Qwen3-8B', contextWindow: 40_960 },
    { name: 'sql-lora', contextWindow: 40_960 },
  ]);
});

test('SGLang says the window', () => {
  const data = [{ id: 'deepseek', owned_by: 'sglang', root: 'deepseek', max_model_len: 163_840 }];
  expect(models({ object: 'list', data })).toEqual([{ ...TEXT, name: 'deepseek', contextWindow: 163_840 }]);
});

test.each([
  [{ n_ctx_train: 131_072, n_embd: 4096 }, 131_072],
  [{ n_ctx_train: 131_072, n_ctx: 8192 }, 8192],
  [null, undefined],
])('llama.cpp says the window in %j', (meta, window) => {
  const id = '/models/gemma.gguf';
  const body = {
    models: [{ name: id, model: id, type: 'model', capabilities: ['completion', 'multimodal'] }],
    object: 'list',
    data: [{ id, object: 'model', created: 1, owned_by: 'llamacpp', meta }],
  };
  expect(models(body)).toEqual([
    { ...TEXT, name: id, input: ['text', 'image'], ...(window !== undefined && { contextWindow: window }) },
  ]);
});

test('LocalAI says names alone', () => {
  expect(models({ object: 'list', data: [{ id: 'gpt-4', object: 'model' }] })).toEqual([{ ...TEXT, name: 'gpt-4' }]);
});

test('Lemonade says labels and the window it was set up with', () => {
  const list = readModelList({
    object: 'list',
    data: [
      {
        id: 'Qwen3-4B-GGUF',
        owned_by: 'lemonade',
        recipe: 'llamacpp',
        labels: ['reasoning', 'tool-calling', 'vision'],
        recipe_options: { ctx_size: 8192 },
      },
      { id: 'nomic-embed-text-v1-GGUF', owned_by: 'lemonade', recipe: 'llamacpp', labels: ['embeddings'] },
      { id: 'Whisper-Tiny', owned_by: 'lemonade', recipe: 'whispercpp', labels: ['transcription'] },
    ],
  });
  expect(list?.models).toEqual([
    { ...TEXT, name: 'Qwen3-4B-GGUF', input: ['text', 'image'], tools: true, reasoning: true, contextWindow: 8192 },
  ]);
  expect(list?.hidden.map(({ name }) => name)).toEqual(['nomic-embed-text-v1-GGUF', 'Whisper-Tiny']);
});

test('OpenRouter says window, input, tools, reasoning, length and price', () => {
  const list = readModelList({
    data: [
      {
        id: 'qwen/qwen3-235b',
        context_length: 262_144,
        architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
        pricing: { prompt: '0.00000013', completion: '0.0000006', image: '0' },
        top_provider: { context_length: 131_072, max_completion_tokens: 32_768, is_moderated: false },
        supported_parameters: ['max_tokens', 'reasoning', 'tools'],
      },
      { id: 'old/instruct', context_length: 4096, pricing: { prompt: '-1' }, supported_parameters: ['max_tokens'] },
      { id: 'black/flux', architecture: { input_modalities: ['text'], output_modalities: ['image'] } },
    ],
  });
  expect(list?.models).toEqual([
    {
      name: 'qwen/qwen3-235b',
      input: ['text', 'image'],
      tools: true,
      reasoning: true,
      contextWindow: 131_072,
      maxTokens: 32_768,
      cost: { ...FREE, input: 0.13, output: 0.6 },
    },
    { ...TEXT, name: 'old/instruct', tools: false, contextWindow: 4096 },
  ]);
  expect(list?.hidden).toMatchObject([{ name: 'black/flux' }]);
});

test('what is no list is undefined, and what is no entry is skipped', () => {
  for (const body of [undefined, null, 'x', {}, { data: {} }, { models: [] }])
    expect(readModelList(body)).toBeUndefined();
  expect(
    models({ data: [null, 7, {}, { id: '' }, { id: 'a', max_model_len: -1, meta: [], pricing: 'free' }] }),
  ).toEqual([{ ...TEXT, name: 'a' }]);
  expect(models([{ id: 'bare', context_length: 10 }])).toEqual([{ ...TEXT, name: 'bare', contextWindow: 10 }]);
});

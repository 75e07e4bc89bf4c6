import { expect, test } from 'vitest';
import { parseChat, parseGenerate } from './parse-request.ts';

const messages = [{ role: 'user', content: 'Hi' }];
const chat = (more: Record<string, never> | object) => parseChat({ model: 'm', messages, ...more }).request;

test('streams unless the client says otherwise', () => {
  expect(parseChat({ model: 'm', messages }).stream).toBe(true);
  expect(parseChat({ model: 'm', messages, stream: null }).stream).toBe(true);
  expect(parseGenerate({ model: 'm', prompt: 'Hi', stream: false }).stream).toBe(false);
});

test('reads the options that the contract has fields for', () => {
  const options = {
    temperature: 0.5,
    top_p: 0.9,
    top_k: 40,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    seed: 7,
    stop: ['END'],
    num_predict: 100,
  };
  expect(chat({ options })).toEqual({
    model: 'm',
    messages,
    temperature: 0.5,
    topP: 0.9,
    topK: 40,
    frequencyPenalty: 0.1,
    presencePenalty: 0.2,
    seed: 7,
    stop: ['END'],
    maxTokens: 100,
  });
  expect(chat({ options: { stop: 'END', num_predict: -1 } })).toEqual({ model: 'm', messages, stop: ['END'] });
});

test('takes null for what is left out', () => {
  const nothing = { options: null, format: null, think: null, tools: null, keep_alive: null };
  expect(chat(nothing)).toEqual({ model: 'm', messages });
  expect(chat({ options: { temperature: null, num_ctx: null }, format: '', tools: [] })).toEqual({
    model: 'm',
    messages,
  });
});

test('hands on what the contract has no field for, in the words of Ollama', () => {
  expect(chat({ options: { num_ctx: 4096, min_p: 0.1, temperature: 1 }, keep_alive: '5m', truncate: false })).toEqual({
    model: 'm',
    messages,
    temperature: 1,
    raw: { dialect: 'ollama', value: { keep_alive: '5m', truncate: false, options: { num_ctx: 4096, min_p: 0.1 } } },
  });
});

test.each([
  ['json', { type: 'json' }],
  [{ type: 'object' }, { type: 'json-schema', name: 'answer', schema: { type: 'object' } }],
])('reads the format %j', (format, responseFormat) => {
  expect(chat({ format }).responseFormat).toEqual(responseFormat);
});

test.each([
  [true, undefined],
  [false, 'none'],
  ['high', 'high'],
  ['', undefined],
])('reads think: %j', (think, effort) => {
  expect(chat({ think }).reasoningEffort).toBe(effort);
});

test('reads tools', () => {
  const parameters = { type: 'object', $defs: {} };
  const tools = [
    { type: 'function', function: { name: 'f', description: 'd', parameters } },
    { function: { name: 'g' } },
  ];
  expect(chat({ tools }).tools).toEqual([{ name: 'f', description: 'd', parameters }, { name: 'g' }]);
});

test.each([
  ['openclaw:latest', 'openclaw'],
  ['openclaw/coder:latest', 'openclaw/coder'],
  ['gpt-oss:20b', 'gpt-oss:20b'],
  [' qwen3:latest ', 'qwen3:latest'],
])('reads the model %s', (model, read) => {
  expect(parseChat({ model, messages }).request.model).toBe(read);
});

test('reads the older name of the field `model`', () => {
  expect(parseChat({ model: '', name: 'm', messages }).request.model).toBe('m');
});

test('asks a question of /api/generate like a chat', () => {
  const body = {
    model: 'm',
    prompt: 'What is it?',
    system: 'Be short.',
    images: ['/9j/4AAQ'],
    suffix: '',
    context: [1],
    options: {},
  };
  expect(parseGenerate(body).request).toEqual({
    model: 'm',
    messages: [
      { role: 'system', content: 'Be short.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image', url: 'data:image/jpeg;base64,/9j/4AAQ' },
        ],
      },
    ],
  });
});

test.each([
  ['body', []],
  ['model', { messages }],
  ['model', { model: 'x'.repeat(513), messages }],
  ['stream', { model: 'm', messages, stream: 'yes' }],
  ['options', { model: 'm', messages, options: [] }],
  ['options.num_predict', { model: 'm', messages, options: { num_predict: '5' } }],
  ['options.stop', { model: 'm', messages, options: { stop: 1 } }],
  ['format', { model: 'm', messages, format: 'xml' }],
  ['think', { model: 'm', messages, think: 3 }],
  ['tools[0].function', { model: 'm', messages, tools: [{ type: 'function' }] }],
  ['tools[0].function.name', { model: 'm', messages, tools: [{ function: { name: '' } }] }],
  [undefined, { model: 'm', messages, ...Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`k${n}`, 1])) }],
])('names the field %s that is wrong', (param, body) => {
  expect(() => parseChat(body)).toThrow(expect.objectContaining({ code: 'invalid-request', param }));
});

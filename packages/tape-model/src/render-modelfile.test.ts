import { expect, test } from 'vitest';
import { createModelSettings, selectScript } from './model-settings.ts';
import { renderModelfile } from './render-modelfile.ts';

test('writes the template of a model with tools and thinking', () => {
  const text = renderModelfile('./tape.gguf', createModelSettings({ tools: true, thinking: true }));
  expect(text).toMatch(/^FROM \.\/tape\.gguf\nTEMPLATE """/);
  for (const part of ['.Tools', '<tool_call>', '.Thinking', '+nothink']) expect(text).toContain(part);
});

test('leaves out of the template what a model cannot do', () => {
  const text = renderModelfile('./tape.gguf', createModelSettings());
  for (const part of ['.Tools', '<tool_call>', '.Thinking', '+nothink']) expect(text).not.toContain(part);
});

test('names a built-in parser in place of a template', () => {
  expect(renderModelfile('./t.gguf', createModelSettings({ parser: 'qwen3-coder' }))).toBe(
    'FROM ./t.gguf\nRENDERER qwen3-coder\nPARSER qwen3-coder\nPARAMETER num_thread 1\n',
  );
});

test('writes system prompt, license and parameters', () => {
  const settings = createModelSettings({
    parser: 'qwen3-coder',
    system: 'You are a tape.',
    license: 'Free to play.',
    parameters: { num_ctx: 512, stop: ['<|stop|>', '<|halt|>'] },
  });
  expect(renderModelfile('./t.gguf', settings).split('\n').slice(3)).toEqual([
    'SYSTEM """You are a tape."""',
    'LICENSE """Free to play."""',
    'PARAMETER num_thread 1',
    'PARAMETER num_ctx 512',
    'PARAMETER stop "<|stop|>"',
    'PARAMETER stop "<|halt|>"',
    '',
  ]);
});

test('selects a script alone, or after other text', () => {
  expect([selectScript('hello'), selectScript('hello', { after: 'Many words' })]).toEqual([
    'hello',
    'Many words|><|say:hello',
  ]);
});

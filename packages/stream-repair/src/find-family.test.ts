import { expect, test } from 'vitest';
import { findFamily, findModelFamily } from './find-family.ts';
import { FAMILIES } from './syntaxes/families.ts';

test.each([
  // As Ollama and GGUF files name them.
  ['qwen3', 'qwen'],
  ['qwen3moe', 'qwen'],
  ['qwen35moe', 'qwen'],
  ['gptoss', 'gpt-oss'],
  ['gpt-oss', 'gpt-oss'],
  ['gemma3', 'gemma'],
  ['gemma3n', 'gemma'],
  ['llama4', 'llama'],
  ['mllama', 'llama'],
  ['mistral3', 'mistral'],
  ['glm4moe', 'glm'],
  ['lfm2', 'lfm'],
  ['lfm2moe', 'lfm'],
  ['granite', 'granite'],
  ['granitehybrid', 'granite'],
  ['cohere2', 'cohere'],
  ['command-r', 'cohere'],
  ['minimax-m2', 'minimax'],
  ['seed_oss', 'seed'],
  ['olmo2', 'olmo'],
  ['hunyuan-moe', 'hunyuan'],
  ['kimi-linear', 'kimi'],
  ['nemotron_h_moe', 'nemotron'],
  ['phi3', 'phi'],
  ['apertus', 'apertus'],
  ['dots1', 'dots'],
  ['internlm2', 'internlm'],
  ['deepseek4', 'deepseek'],
  // Of several families, of none, and unknown.
  ['llama', undefined],
  ['deepseek2', undefined],
  ['qwen2', undefined],
  ['nomic-bert', undefined],
  ['', undefined],
])('the architecture %s alone means the family %s', (architecture, family) => {
  expect(findModelFamily({ architecture })).toBe(family);
});

test.each<[string, string | undefined, readonly string[], string | undefined]>([
  ['Llama 3.3', 'llama', ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'], 'llama'],
  ['Mistral 7B as a GGUF file', 'llama', ['[AVAILABLE_TOOLS]', '[INST]', '[TOOL_CALLS]'], 'mistral'],
  ['Hermes 3, with the general tag', 'llama', ['<|im_start|>', '<|im_end|>', '<tool_call>', '</tool_call>'], undefined],
  ['DeepSeek R1 made from Qwen 3', 'qwen3', ['<｜User｜>', '<｜Assistant｜>', '<think>'], 'deepseek'],
  ['Kimi K2', 'deepseek2', ['<|im_user|>', '<|im_middle|>', '<|tool_calls_section_begin|>'], 'kimi'],
  ['GLM 4.7 Flash', 'deepseek2', ['[gMASK]', '<tool_call>', '<arg_key>', '<arg_value>'], 'glm'],
  ['Qwen 2.5', 'qwen2', ['<|im_start|>', '<tool_call>'], undefined],
  ['Qwen 3 Coder', 'qwen3moe', ['<|im_start|>', '<tool_call>', '<function=example_function_name>'], 'qwen'],
  ['a template of two families, one its own', 'gemma3', ['<start_of_turn>', '[TOOL_CALLS]'], 'gemma'],
  ['a template of two foreign families', 'qwen3', ['<|eot_id|>', '[TOOL_CALLS]'], undefined],
  ['a template without an architecture', undefined, ['<|START_OF_TURN_TOKEN|>'], 'cohere'],
])('the template of %s decides', (_, architecture, templateMarks, family) => {
  expect(findModelFamily({ architecture, templateMarks })).toBe(family);
});

test('every family is found by its id and by each of its architectures', () => {
  for (const family of FAMILIES)
    for (const name of [family.id, ...family.architectures]) expect(findFamily(name.toUpperCase())).toBe(family);
});

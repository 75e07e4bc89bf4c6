import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture } from '../test/scripted-server.ts';
import { modelDetails, parseModelDetails } from './model-details.ts';

test('reads capabilities, context and num_ctx from what Ollama 0.12 sends', () => {
  expect(modelDetails(fixture('ollama-0.12.6/show.json'))).toEqual({
    capabilities: ['completion', 'tools', 'thinking'],
    capabilitiesSource: 'reported',
    contextLength: 40_960,
    numCtx: 1_048_576,
  });
});

test('finds num_ctx on whichever line it stands', () => {
  const parameters = 'stop                           "num_ctx 5"\nnum_ctx                        16384\ntop_k 20';
  expect(modelDetails({ parameters }).numCtx).toBe(16_384);
});

test('reads the sampling that a Modelfile sets', () => {
  const details = modelDetails({ parameters: 'top_p                          0.95\ntemperature                    0' });
  expect(details).toMatchObject({ temperature: 0, topP: 0.95 });
  expect(modelDetails({ parameters: 'temperature -0' })).toMatchObject({ temperature: 0 });
});

test.each([
  [{ template: '{{ if .Tools }}{{ .Tools }}{{ end }}' }, ['completion', 'tools']],
  [{ template: '{{ range $.Tools }}{{ end }}{{ .Suffix }}' }, ['completion', 'tools', 'insert']],
  [{ template: '{{ .ToolsAreFun }}' }, ['completion']],
  [{ model_info: { 'nomic-bert.pooling_type': 1 } }, ['embedding']],
  [{ projector_info: { 'general.architecture': 'clip' } }, ['completion', 'vision']],
  [{ projector_info: {}, model_info: { 'mllama.vision.block_count': 32 } }, ['completion', 'vision']],
  [{}, ['completion']],
])('infers what a model can do where the server is too old to say (%j)', (show, capabilities) => {
  expect(modelDetails(show)).toMatchObject({ capabilities, capabilitiesSource: 'inferred' });
});

test('believes a server that reports capabilities, and only what it reports', () => {
  const details = modelDetails({ capabilities: ['completion', 'telepathy', 7], template: '{{ .Tools }}' });
  expect(details).toMatchObject({ capabilities: ['completion', 'telepathy'], capabilitiesSource: 'reported' });
});

test('takes the context length of the model and not of its vision encoder', () => {
  const model_info = { 'general.architecture': 'llama', 'clip.context_length': 77, 'llama.context_length': 8192 };
  expect(modelDetails({ model_info }).contextLength).toBe(8192);
});

test('takes the only context length there is when the architecture is not named', () => {
  expect(modelDetails({ model_info: { 'qwen2.context_length': 4096 } }).contextLength).toBe(4096);
  expect(modelDetails({ model_info: { 'a.context_length': 1, 'b.context_length': 2 } }).contextLength).toBeUndefined();
});

test.each([null, 0, -1, 1.5, '8192', [8192], Number.MAX_VALUE])('does not take %j for a context length', (length) => {
  const model_info = { 'general.architecture': 'llama', 'llama.context_length': length };
  expect(modelDetails({ model_info }).contextLength).toBeUndefined();
});

/** Bodies with the right keys and anything at all behind them. */
const oddShow = fc.record(
  {
    capabilities: fc.oneof(fc.jsonValue(), fc.array(fc.constantFrom('tools', 'vision', 'thinking', 'odd'))),
    details: fc.jsonValue(),
    model_info: fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom('general.architecture', 'a.context_length', 'a.vision.x', 'tokens'),
        fc.jsonValue(),
      ),
    ),
    projector_info: fc.jsonValue(),
    template: fc.oneof(fc.jsonValue(), fc.string()),
    parameters: fc.oneof(
      fc.jsonValue(),
      fc.string().map((text) => `num_ctx ${text}\ntemperature ${text}`),
    ),
    tensors: fc.jsonValue(),
    remote_host: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

test('makes something whole of anything a server may send, and reads it back from a file as it was', () => {
  fc.assert(
    fc.property(fc.oneof(oddShow, fc.jsonValue()), (show) => {
      const details = modelDetails(show);
      expect(details.capabilities.every((capability) => typeof capability === 'string')).toBe(true);
      for (const tokens of [details.contextLength, details.numCtx]) {
        expect(tokens === undefined || (Number.isSafeInteger(tokens) && tokens > 0)).toBe(true);
      }
      expect(parseModelDetails(JSON.parse(JSON.stringify(details)))).toEqual(details);
    }),
  );
});

test.each([
  ['{{ if .Tools }}[AVAILABLE_TOOLS] {{ .Tools }}[/AVAILABLE_TOOLS]{{ end }}', ['[AVAILABLE_TOOLS]']],
  [
    '{{ range .ToolCalls }}<tool_call>\n{{ . }}</tool_call>{{ end }}<|im_end|><|im_end|>',
    ['<tool_call>', '</tool_call>', '<|im_end|>'],
  ],
  ['{{ if lt (len .Messages) 2 }}a < b > c{{ end }}<｜User｜>{{ .Prompt }}', ['<｜User｜>']],
  ['{{ .Prompt }}', undefined],
])('reads the marks of the template %s', (template, templateMarks) => {
  expect(modelDetails({ template }).templateMarks).toEqual(templateMarks);
});

test('keeps a bounded number of marks of a template', () => {
  const template = Array.from({ length: 1000 }, (_, index) => `<tag${index}>`).join('');
  expect(modelDetails({ template }).templateMarks).toHaveLength(64);
});

test.each<[string, readonly string[], true | undefined]>([
  ['<|im_start|>assistant\n<think>\n', ['completion'], true],
  ['<|im_start|>assistant\n<think>\n{{ .Response }}<|im_end|>\n', ['completion'], true],
  ['{{ if .Prompt }}<|im_start|>assistant\n<think>{{- end }}', ['completion'], true],
  // The server takes it for reasoning itself.
  ['<|im_start|>assistant\n<think>\n', ['completion', 'thinking'], undefined],
  ['<|im_start|>assistant\n<think>\n\n</think>\n', ['completion'], undefined],
  ['<think>{{ .Thinking }}</think>{{ .Response }}', ['completion'], undefined],
  ['Use <think> to think. {{ .Prompt }}', ['completion'], undefined],
])('whether the template %j of a model with %j opens reasoning', (template, capabilities, opensReasoning) => {
  expect(modelDetails({ template, capabilities }).opensReasoning).toBe(opensReasoning);
});

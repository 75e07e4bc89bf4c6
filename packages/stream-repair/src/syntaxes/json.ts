import { readRestOfCall } from '../grammar/json-call.ts';
import { readToolCallsEnvelope } from '../grammar/json-envelope.ts';
import { readBracketed } from '../grammar/python-call.ts';
import type { ModelFamily } from '../model-family.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

/** JSON and Python without a marker, of any model. */
export const JSON_CALLS: ModelFamily = {
  id: 'json',
  models: 'Any model',
  architectures: [],
  grammar: [
    '`{"name": "NAME", "arguments": JSON}`, with `parameters`, in any order, `{"type": "function", "function": {…}}`',
    '`[{…}, {…}]`, several in a row, joined by `;`',
    '`[NAME(KEY=VALUE, …)]`',
    '`{"tool_calls": [{…}], "content": "VALUE"}` as the whole answer',
  ],
  source: "Ollama's own parser; ggml-org/llama.cpp#15186, lmstudio-ai/lmstudio-bug-tracker#1071",
  syntaxes: [
    { opening: '{', form: 'bare', label: 'bare JSON', read: readBareObject },
    { opening: '{', form: 'bare', label: 'a JSON message', read: readToolCallsEnvelope },
    { opening: '[', form: 'bare', label: 'a bare list', read: readBracketed },
  ],
  samples: [
    { text: '{"name": "get_weather", "arguments": {"city": "Oslo"}}', calls: [['get_weather', { city: 'Oslo' }]] },
    {
      text: '[{"name": "get_weather", "arguments": {"city": "Oslo"}}, {"name": "list_dir", "arguments": {}}]',
      calls: [
        ['get_weather', { city: 'Oslo' }],
        ['list_dir', {}],
      ],
    },
    { text: '[get_weather(city="Oslo", days=3)]', calls: [['get_weather', { city: 'Oslo', days: 3 }]] },
    {
      text: '{"tool_calls": [{"name": "list_dir", "arguments": {"path": "."}}], "content": "I look."}',
      calls: [['list_dir', { path: '.' }]],
      rest: 'I look.',
    },
  ],
};

function* readBareObject(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const call = yield* readRestOfCall(reader, tools);
  return typeof call === 'string' ? undefined : [call];
}

import { readJsonCalls } from '../grammar/json-call.ts';
import type { ModelFamily } from '../model-family.ts';
import { readBlanks, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

const FENCES = ['```json', '```'];
const FENCE_END = ['```'];

/** Cohere's Command models. */
export const COHERE: ModelFamily = {
  id: 'cohere',
  models: 'Command A, Command R, Command R+',
  architectures: ['cohere', 'command'],
  grammar: [
    '`<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "NAME", "parameters": JSON}]<|END_ACTION|>`',
    '`Action:`, then the list in a code block (Command R+)',
  ],
  source: 'Blaizzy/mlx-vlm#1298, smg-project/smg#305, #306, ddalcu/mlx-serve#213',
  syntaxes: [
    { opening: '<|START_ACTION|>', form: 'marked', label: '<|START_ACTION|>', read: readAction },
    { opening: ['Action:'], form: 'bare', label: 'Action:', read: readFencedAction },
  ],
  closings: ['<|END_ACTION|>', '<|END_OF_TURN_TOKEN|>'],
  reasoning: [{ opening: '<|START_THINKING|>', closings: ['<|END_THINKING|>'] }],
  answer: [{ opening: '<|START_RESPONSE|>', closings: ['<|END_RESPONSE|>'], closesAlone: true }],
  endTokens: ['<|END_OF_TURN_TOKEN|>'],
  samples: [
    {
      text: '<|START_THINKING|>A lookup.<|END_THINKING|><|START_ACTION|>[\n    {"tool_call_id": "0", "tool_name": "get_weather", "parameters": {"city": "Oslo"}}\n]<|END_ACTION|>',
      reasoning: 'A lookup.',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: 'Action: ```json\n[\n    {\n        "tool_name": "get_weather",\n        "parameters": {\n            "city": "Oslo"\n        }\n    }\n]```',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<|START_THINKING|>A sum.<|END_THINKING|><|START_RESPONSE|>Four.<|END_RESPONSE|>',
      reasoning: 'A sum.',
      rest: 'Four.',
    },
  ],
};

function* readAction(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  const found = yield* readJsonCalls(reader, tools, { nameKey: 'tool_name', argumentsOptional: true });
  return typeof found === 'string' ? undefined : found;
}

function* readFencedAction(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  yield* readBlanks(reader);
  if ((yield* readWord(reader, FENCES)).word === undefined) return undefined;
  const calls = yield* readAction(reader, tools);
  yield* readBlanks(reader);
  return (yield* readWord(reader, FENCE_END)).word === undefined ? undefined : calls;
}

import { readRawValue } from '../grammar/json-value.ts';
import type { AnswerMarks, ModelFamily, ReasoningMarks } from '../model-family.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import type { FoundCall, ToolIndex } from '../tool-index.ts';

const MAX_HEADER_LENGTH = 200;
const MESSAGE = ['<|message|>'];
const MESSAGE_ENDS = ['<|end|>', '<|return|>', '<|call|>'];

/** The headers of a message without a recipient. */
const headers = (channel: string): readonly string[] =>
  ['', '<|start|>assistant'].flatMap((start) =>
    ['', ' <|constrain|>json', '<|constrain|>json', ' json'].map(
      (constraint) => `${start}<|channel|>${channel}${constraint}<|message|>`,
    ),
  );

const REASONING: readonly ReasoningMarks[] = ['analysis', 'commentary'].flatMap((channel) =>
  headers(channel).map((opening) => ({
    opening,
    closings: MESSAGE_ENDS,
    endsBefore: ['<|start|>assistant', '<|channel|>'],
    closesAlone: false,
    jsonIsText: channel === 'commentary',
  })),
);
const ANSWER: readonly AnswerMarks[] = headers('final').map((opening) => ({ opening, closings: MESSAGE_ENDS }));

/** The harmony format of gpt-oss. */
export const GPT_OSS: ModelFamily = {
  id: 'gpt-oss',
  models: 'gpt-oss',
  architectures: ['gptoss', 'gpt-oss'],
  grammar: [
    '`<|channel|>commentary to=functions.NAME <|constrain|>json<|message|>JSON<|call|>`, with `<|start|>assistant` before it',
    'a name such as `NAME<|channel|>analysis` of a call from the server',
  ],
  source: 'the harmony format; kekzl/imp#768, scouzi1966/maclocal-api#121, NVIDIA/TensorRT-LLM#9256',
  syntaxes: [
    { opening: '<|channel|>', form: 'marked', label: '<|channel|>', read: readHarmonyCall },
    { opening: '<|start|>', form: 'marked', label: '<|start|>', read: readHarmonyCall },
  ],
  closings: ['<|call|>', '<|end|>', '<|return|>'],
  reasoning: REASONING,
  answer: ANSWER,
  endTokens: ['<|end|>', '<|return|>'],
  samples: [
    {
      text: '<|channel|>analysis<|message|>A lookup.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "Oslo"}<|call|>',
      reasoning: 'A lookup.',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<|channel|>analysis<|message|>A sum.<|end|><|start|>assistant<|channel|>final<|message|>Four.<|return|>',
      reasoning: 'A sum.',
      rest: 'Four.',
    },
    { text: '<|channel|>commentary<|message|>{"city": "Oslo"}<|end|>', rest: '{"city": "Oslo"}' },
  ],
};

/** Reads the text after `<|channel|>` or `<|start|>`: `commentary to=functions.name <|message|>{json}`. */
function* readHarmonyCall(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  let header = '';
  for (;;) {
    const { read, word } = yield* readWord(reader, MESSAGE);
    if (word !== undefined) break;
    const more = read === '' ? yield* readWhile(reader, /[^<]/y, MAX_HEADER_LENGTH) : read;
    header += more;
    if (more === '' || header.length > MAX_HEADER_LENGTH) return undefined;
  }
  const name = /\bto=(?:functions\.)?([^\s<]+)/.exec(header)?.[1];
  const tool = name === undefined ? undefined : tools.get(name);
  yield* readBlanks(reader);
  if (!tool || reader.peek() !== '{') return undefined;
  const value = yield* readRawValue(reader);
  return value.end === 'whole' ? [{ name: tool.name, argumentsText: value.text }] : undefined;
}

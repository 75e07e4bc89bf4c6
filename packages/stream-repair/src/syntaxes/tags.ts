import { readFunction, readFunctionWithAttribute } from '../grammar/function-xml.ts';
import { readFunctioncall, readTaggedCalls } from '../grammar/tagged-call.ts';
import type { ModelFamily, ToolCallSyntax } from '../model-family.ts';

/** Tags that hold JSON or XML up to a closing tag of the same name. */
const TAGS = ['tool_call', 'tool_calls', 'toolcall', 'tools', 'tool', 'function_call', 'function_calls'];

/** Tags and XML that several families use: Qwen 2.5 and 3, Hermes, MiniCPM, community templates. */
export const TAGGED_CALLS: ModelFamily = {
  id: 'tags',
  models: 'Qwen 2.5 and 3, Hermes, MiniCPM and others',
  architectures: [],
  grammar: [
    ...TAGS.map((tag) => `\`<${tag}>JSON</${tag}>\``),
    '`<functioncall JSON>`',
    '`<function=NAME><parameter=KEY>VALUE</parameter></function>`, also in a tag above',
    '`<function=NAME(JSON)>`, `<function=NAMEJSON>`, `<function=NAME=JSON>`',
    '`<function name="NAME"><param name="KEY">VALUE</param></function>`, `<invoke name="NAME">…</invoke>`',
    '`<tool_call><function>NAME</function>JSON`',
    '`JSON</tool_call>`: the opening tag is missing',
  ],
  source: "the models' chat templates; jundot/omlx#3429, ollama/ollama#9680, openclaw/openclaw#45000",
  syntaxes: [
    ...TAGS.map((tag): ToolCallSyntax => ({
      opening: `<${tag}>`,
      form: 'marked',
      label: `<${tag}>`,
      read: (reader, tools) => readTaggedCalls(reader, tools, { closingTag: `</${tag}>` }),
    })),
    { opening: '<functioncall', form: 'marked', label: '<functioncall>', read: readFunctioncall },
    { opening: '<function=', form: 'marked', label: '<function=…>', read: readFunction },
    // Other XML has such elements, too, so they are judged like JSON.
    { opening: '<function ', form: 'bare', label: '<function name=…>', read: readFunctionWithAttribute },
    { opening: '<invoke ', form: 'bare', label: '<invoke name=…>', read: readFunctionWithAttribute },
  ],
  closings: [...TAGS.map((tag) => `</${tag}>`), '</functioncall>', '</function>', '</invoke>', '<|im_end|>', '</s>'],
  endTokens: ['<|im_end|>', '<|endoftext|>'],
  reasoning: [
    { opening: '<think>', closings: ['</think>'] },
    { opening: '<thinking>', closings: ['</thinking>'] },
  ],
  samples: [
    {
      text: '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo"}}\n</tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<tool>\n{"name": "get_weather", "parameters": {"city": "Oslo"}}\n</tool>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<tool_call>\n<function=get_weather>\n<parameter=city>\nOslo\n</parameter>\n</function>\n</tool_call>',
      calls: [['get_weather', { city: 'Oslo' }]],
    },
    {
      text: '<function name="list_dir"><param name="path"><![CDATA[a</param>b]]></param></function>',
      calls: [['list_dir', { path: 'a</param>b' }]],
    },
    { text: '<think>\nA sum.\n</think>\n\nFour.', reasoning: 'A sum.', rest: 'Four.' },
  ],
};

/** Calls as models have leaked them into text: shapes from the field, words invented. */
export interface TrueLeak {
  readonly title: string;
  readonly text: string;
  readonly calls: readonly (readonly [name: string, args: unknown])[];
  /** The text that remains. */
  readonly rest?: string;
}

const OSLO = { city: 'Oslo' };
const WEATHER = '{"name": "get_weather", "arguments": {"city": "Oslo"}}';
const LIST = '{"name": "list_dir", "arguments": {"path": "."}}';
const XML = '<function=read_file>\n<parameter=path>\nREADME.md\n</parameter>\n</function>';
const README = { path: 'README.md' };

export const TRUE_LEAKS: readonly TrueLeak[] = [
  // bare JSON: qwen2.5-coder, qwen3, llama3.1, Hermes 3, gemma4
  { title: 'bare JSON', text: WEATHER, calls: [['get_weather', OSLO]] },
  {
    title: 'bare JSON, pretty',
    text: '{\n  "name": "get_weather",\n  "arguments": {\n    "city": "Oslo"\n  }\n}\n',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, parameters',
    text: '{"name": "get_weather", "parameters": {"city": "Oslo"}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, arguments first',
    text: '{"arguments": {"city": "Oslo"}, "name": "get_weather"}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON with type',
    text: '{"type": "function", "name": "get_weather", "parameters": {"city": "Oslo"}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, function object',
    text: '{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo"}}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, function object with parameters',
    text: '{"type":"function","function":{"name":"get_weather","parameters":{"city":"Oslo"}}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, function as name',
    text: '{"type": "function", "function": "get_weather", "parameters": {"city": "Oslo"}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON with an id',
    text: '{"id": "call_1", "name": "get_weather", "arguments": {"city": "Oslo"}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON, arguments as a string',
    text: '{"name": "get_weather", "arguments": "{\\"city\\": \\"Oslo\\"}"}',
    calls: [['get_weather', OSLO]],
  },
  { title: 'bare JSON, no arguments', text: '{"name": "list_dir", "arguments": {}}', calls: [['list_dir', {}]] },
  { title: 'bare JSON, null arguments', text: '{"name": "list_dir", "arguments": null}', calls: [['list_dir', {}]] },
  { title: 'bare JSON behind blanks', text: '\n\n  ' + WEATHER, calls: [['get_weather', OSLO]] },
  { title: 'bare JSON behind a sentence', text: 'Sure! ' + WEATHER, calls: [['get_weather', OSLO]], rest: 'Sure! ' },
  {
    title: 'bare JSON behind a paragraph',
    text: 'I will look that up.\n\n' + WEATHER + '\n',
    calls: [['get_weather', OSLO]],
    rest: 'I will look that up.\n\n',
  },
  {
    title: 'bare JSON, then words',
    text: WEATHER + '\n\nI will tell you when I know.',
    calls: [['get_weather', OSLO]],
    rest: 'I will tell you when I know.',
  },
  {
    title: 'bare JSON, two lines',
    text: WEATHER + '\n' + LIST,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'bare JSON, two lines with a comma between',
    text: WEATHER + ',\n' + LIST,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'bare JSON behind an announcement',
    text: 'Here is the function call in the required format:\n\n' + WEATHER,
    calls: [['get_weather', OSLO]],
    rest: 'Here is the function call in the required format:\n\n',
  },
  {
    title: 'bare JSON, back to back',
    text: WEATHER + LIST,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'bare JSON, semicolons',
    text: WEATHER + '; ' + LIST + ';' + WEATHER,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
      ['get_weather', OSLO],
    ],
  },
  {
    title: 'bare JSON, equal calls stay two',
    text: WEATHER + '\n' + WEATHER,
    calls: [
      ['get_weather', OSLO],
      ['get_weather', OSLO],
    ],
  },
  {
    title: 'bare JSON, an array',
    text: `[${WEATHER}, ${LIST}]`,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'bare JSON, an array over lines',
    text: `[\n  ${WEATHER},\n  ${LIST}\n]\n`,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'bare JSON without the last brace',
    text: '{"name": "get_weather", "arguments": {"city": "Oslo"}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON without both last braces',
    text: '{"name": "get_weather", "arguments": {"city": "Oslo"',
    calls: [['get_weather', OSLO]],
  },
  { title: 'bare JSON with one brace too many', text: WEATHER + '}', calls: [['get_weather', OSLO]] },
  {
    title: 'bare JSON in single quotes',
    text: "{'name': 'get_weather', 'arguments': {'city': 'Oslo'}}",
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON with line ends in a string',
    text: '{"name": "write_file", "arguments": {"path": "a.py", "content": "one\ntwo"}}',
    calls: [['write_file', { path: 'a.py', content: 'one\ntwo' }]],
  },
  {
    title: 'bare JSON with braces in a string',
    text: '{"name": "write_file", "arguments": {"path": "a.js", "content": "if (x) { y(\\"}\\") }"}}',
    calls: [['write_file', { path: 'a.js', content: 'if (x) { y("}") }' }]],
  },
  {
    title: 'bare JSON with a trailing comma',
    text: '{"name": "get_weather", "arguments": {"city": "Oslo",},}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'bare JSON with letters beyond ASCII',
    text: '{"name": "get_weather", "arguments": {"city": "Tromsø 🌊 \\u00e5"}}',
    calls: [['get_weather', { city: 'Tromsø 🌊 å' }]],
  },
  {
    title: 'bare JSON, a name with a dot',
    text: '{"name": "web.search", "arguments": {"query": "x"}}',
    calls: [['web.search', { query: 'x' }]],
  },
  {
    title: 'bare JSON with a closing tag: the opening one is missing',
    text: WEATHER + '\n</tool_call>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'a missing opening tag behind words',
    text: 'Let me see.\n' + WEATHER + '\n</tool_call>\nDone.',
    calls: [['get_weather', OSLO]],
    rest: 'Let me see.\nDone.',
  },
  {
    title: 'a bare list of Python calls',
    text: "[get_weather(city='Oslo', days=2), list_dir()]",
    calls: [
      ['get_weather', { city: 'Oslo', days: 2 }],
      ['list_dir', {}],
    ],
  },

  // fenced: qwen2.5-coder, llama3, phi-4, gemma4
  { title: 'fenced JSON', text: '```json\n' + WEATHER + '\n```', calls: [['get_weather', OSLO]] },
  { title: 'fenced JSON without a language', text: '```\n' + WEATHER + '\n```\n', calls: [['get_weather', OSLO]] },
  {
    title: 'fenced JSON behind words',
    text: 'Let me look at the sky:\n\n```json\n' + WEATHER + '\n```',
    calls: [['get_weather', OSLO]],
    rest: 'Let me look at the sky:\n\n',
  },
  {
    title: 'fenced JSON, function object',
    text: '```json\n{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo"}}}\n```',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'fenced JSON, an array',
    text: '```json\n[\n' + WEATHER + ',\n' + LIST + '\n]\n```',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'fenced JSON, two objects',
    text: '```json\n' + WEATHER + '\n' + LIST + '\n```',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: 'two fences',
    text: '```json\n' + WEATHER + '\n```\n\n```json\n' + LIST + '\n```',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  { title: 'a fence called tool_call', text: '```tool_call\n' + WEATHER + '\n```', calls: [['get_weather', OSLO]] },
  {
    title: 'a tag in a fence',
    text: '```xml\n<tool_call>\n' + WEATHER + '\n</tool_call>\n```',
    calls: [['get_weather', OSLO]],
  },
  { title: 'a fence that is not closed', text: '```json\n' + WEATHER + '\n', calls: [['get_weather', OSLO]] },

  // <tool_call> and its kin: qwen, Hermes, nemotron-mini
  { title: '<tool_call>', text: '<tool_call>\n' + WEATHER + '\n</tool_call>', calls: [['get_weather', OSLO]] },
  { title: '<tool_call> on one line', text: '<tool_call>' + WEATHER + '</tool_call>', calls: [['get_weather', OSLO]] },
  {
    title: '<tool_call> behind and before words',
    text: 'I look.\n<tool_call>\n' + WEATHER + '\n</tool_call>\nOne moment.',
    calls: [['get_weather', OSLO]],
    rest: 'I look.\nOne moment.',
  },
  {
    title: '<tool_call> glued to words',
    text: 'I look.<tool_call>' + WEATHER + '</tool_call>',
    calls: [['get_weather', OSLO]],
    rest: 'I look.',
  },
  {
    title: '<tool_call> between glued words keeps them apart',
    text: 'I look.<tool_call>' + WEATHER + '</tool_call>\nDone.',
    calls: [['get_weather', OSLO]],
    rest: 'I look.\nDone.',
  },
  {
    title: '<tool_call> at the end of a sentence without a period',
    text: 'Let me check <tool_call>' + WEATHER + '</tool_call>',
    calls: [['get_weather', OSLO]],
    rest: 'Let me check ',
  },
  {
    title: '<tool_call> twice',
    text: '<tool_call>\n' + WEATHER + '\n</tool_call>\n<tool_call>\n' + LIST + '\n</tool_call>',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: '<tool_call> with two objects',
    text: '<tool_call>\n' + WEATHER + '\n' + LIST + '\n</tool_call>',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  { title: '<tool_call> without its closing tag', text: '<tool_call>\n' + WEATHER, calls: [['get_weather', OSLO]] },
  {
    title: '<tool_call> with a brace forgotten',
    text: '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo"}\n</tool_call>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '<tool_call> with a brace too many',
    text: '<tool_call>\n' + WEATHER + '}\n</tool_call>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '<tool_call> with keys unquoted',
    text: '<tool_call>\n{name: "get_weather", arguments: {city: "Oslo"}}\n</tool_call>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '<tool_call> without arguments',
    text: '<tool_call>\n{"name": "list_dir"}\n</tool_call>',
    calls: [['list_dir', {}]],
  },
  {
    title: '<tool_call> with XML inside',
    text: '<tool_call>\n' + XML + '\n</tool_call>',
    calls: [['read_file', README]],
  },
  {
    title: '<tool_call> with the name in a tag',
    text: 'Let me check.\n<tool_call>\n<function>read_file</function>\n{"path": "README.md"}\n</tool_call>',
    calls: [['read_file', README]],
    rest: 'Let me check.\n',
  },
  { title: '<toolcall>', text: '<toolcall> ' + WEATHER + ' </toolcall>', calls: [['get_weather', OSLO]] },
  { title: '<tools>', text: '<tools>\n' + WEATHER + '\n</tools>', calls: [['get_weather', OSLO]] },
  { title: '<functioncall {…}>', text: '<functioncall ' + WEATHER + '>', calls: [['get_weather', OSLO]] },
  {
    title: '<functioncall> {…}',
    text: '<functioncall> ' + WEATHER + ' </functioncall>',
    calls: [['get_weather', OSLO]],
  },
  { title: '<function_call>', text: '<function_call>' + WEATHER + '</function_call>', calls: [['get_weather', OSLO]] },

  // <function=…>: qwen3-coder, llama3.1, devstral
  {
    title: '<function=…>, the opening <tool_call> is missing',
    text: 'I will look.\n' + XML + '\n</tool_call>',
    calls: [['read_file', README]],
    rest: 'I will look.\n',
  },
  { title: '<function=…> alone', text: XML, calls: [['read_file', README]] },
  {
    title: '<function=…> behind a blank line',
    text: 'First the readme.\n\n' + XML + '\n</tool_call>',
    calls: [['read_file', README]],
    rest: 'First the readme.\n\n',
  },
  {
    title: '<function=…> twice',
    text: XML + '\n</tool_call>\n' + XML + '\n</tool_call>',
    calls: [
      ['read_file', README],
      ['read_file', README],
    ],
  },
  {
    title: '<function=…> with types of the schema',
    text: '<function=get_weather>\n<parameter=city>\n5\n</parameter>\n<parameter=days>\n3\n</parameter>\n<parameter=metric>\nTrue\n</parameter>\n<parameter=place>\n{"lat": 59.9, "lon": 10.7}\n</parameter>\n</function>',
    calls: [['get_weather', { city: '5', days: 3, metric: true, place: { lat: 59.9, lon: 10.7 } }]],
  },
  {
    title: '<function=…> with a value of several lines',
    text: '<function=write_file>\n<parameter=path>\na.html\n</parameter>\n<parameter=content>\n<p>\n  one < two\n</p>\n\n</parameter>\n</function>',
    calls: [['write_file', { path: 'a.html', content: '<p>\n  one < two\n</p>\n' }]],
  },
  {
    title: '<function=…> with a closing tag in a value',
    text: '<function=write_file>\n<parameter=path>\na.xml\n</parameter>\n<parameter=content>\n<parameter>x</parameter> y\n</parameter>\n</function>',
    calls: [['write_file', { path: 'a.xml', content: '<parameter>x</parameter> y' }]],
  },
  {
    title: '<function=…> with a closing tag forgotten',
    text: '<function=read_file>\n<parameter=path>\nREADME.md\n<parameter=line>\n3\n</parameter>\n</function>',
    calls: [['read_file', { path: 'README.md', line: 3 }]],
  },
  {
    title: '<function=…> without </function>',
    text: '<function=read_file>\n<parameter=path>\nREADME.md\n</parameter>\n</tool_call>',
    calls: [['read_file', README]],
  },
  { title: '<function=…> without parameters', text: '<function=list_dir>\n</function>', calls: [['list_dir', {}]] },
  {
    title: '<function=…> with a parameter called __proto__',
    text: '<function=list_dir>\n<parameter=__proto__>\nx\n</parameter>\n</function>',
    calls: [['list_dir', JSON.parse('{"__proto__": "x"}')]],
  },
  {
    title: '<function=…> with JSON',
    text: '<function=web.search>{"query": "Hello!"}</function>',
    calls: [['web.search', { query: 'Hello!' }]],
  },
  {
    title: '<function name="…">',
    text: '<function name="read_file"><param name="path">README.md</param></function>',
    calls: [['read_file', README]],
  },
  {
    title: '<invoke name="…">',
    text: '<invoke name="read_file">\n<parameter name="path">README.md</parameter>\n</invoke>',
    calls: [['read_file', README]],
  },
  {
    title: '<function_calls> with <invoke name="…">, twice',
    text: '<function_calls>\n<invoke name="read_file">\n<parameter name="path">README.md</parameter>\n</invoke>\n<invoke name="list_dir">\n</invoke>\n</function_calls>',
    calls: [
      ['read_file', README],
      ['list_dir', {}],
    ],
  },

  // [TOOL_CALLS]: devstral, mistral-small, mistral-nemo
  { title: '[TOOL_CALLS] with an array', text: '[TOOL_CALLS] [' + WEATHER + ']', calls: [['get_weather', OSLO]] },
  {
    title: '[TOOL_CALLS] with an array without commas',
    text: '[TOOL_CALLS][' + WEATHER + LIST + ']</s>',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: '[TOOL_CALLS] with an object',
    text: '[TOOL_CALLS]' + WEATHER + '[/TOOL_CALLS]',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '[TOOL_CALLS]name[ARGS]',
    text: '[TOOL_CALLS]get_weather[ARGS]{"city": "Oslo"}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '[TOOL_CALLS]name[ARGS], twice',
    text: '[TOOL_CALLS]get_weather[ARGS]{"city": "Oslo"}[TOOL_CALLS]list_dir[ARGS]{}',
    calls: [
      ['get_weather', OSLO],
      ['list_dir', {}],
    ],
  },
  {
    title: '[TOOL_CALLS]name[CALL_ID]',
    text: '[TOOL_CALLS]get_weather[CALL_ID]a1b2c3d4e[ARGS]{"city": "Oslo"}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '[TOOL_CALLS] behind words',
    text: 'I check.[TOOL_CALLS]get_weather{"city": "Oslo"}',
    calls: [['get_weather', OSLO]],
    rest: 'I check.',
  },

  // <|python_tag|>, <|python_start|>: llama3.1, llama4
  {
    title: '<|python_tag|>',
    text: '<|python_tag|>{"name": "get_weather", "parameters": {"city": "Oslo"}}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: '<|python_tag|> with semicolons',
    text: `<|python_tag|>${WEATHER}; ${LIST}<|eom_id|>`,
    calls: [
      ['get_weather', OSLO],
      ['list_dir', { path: '.' }],
    ],
  },
  {
    title: '<|python_tag|> with Python',
    text: '<|python_tag|>get_weather(city="Oslo", metric=True)',
    calls: [['get_weather', { city: 'Oslo', metric: true }]],
  },
  {
    title: '<|python_start|> with JSON',
    text: `<|python_start|>${WEATHER}<|python_end|>`,
    calls: [['get_weather', OSLO]],
  },
  {
    title: '<|python_start|> with Python',
    text: '<|python_start|>[get_weather(city="Oslo", place={"lat": 59.9})]<|python_end|>',
    calls: [['get_weather', { city: 'Oslo', place: { lat: 59.9 } }]],
  },

  // gemma4
  {
    title: 'Gemma behind a token of its own',
    text: '<|channel>thought\n<channel|><|tool_call>call:list_dir{}<tool_call|>',
    calls: [['list_dir', {}]],
    rest: '<|channel>thought\n<channel|>',
  },
  {
    title: 'Gemma',
    text: '<|tool_call>call:get_weather{city:<|"|>Oslo<|"|>}<tool_call|>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'Gemma, types and quotes',
    text: '<|tool_call>call:get_weather{city:<|"|>"Oslo", {Norway}<|"|>,days:3,metric:true,place:{lat:59.9,lon:10.7}}<tool_call|>',
    calls: [['get_weather', { city: '"Oslo", {Norway}', days: 3, metric: true, place: { lat: 59.9, lon: 10.7 } }]],
  },
  {
    title: 'Gemma, lists',
    text: '<|tool_call>call:write_file{content:<|"|>x<|"|>,path:<|"|>y<|"|>,tags:[<|"|>a<|"|>,<|"|>b<|"|>]}<tool_call|>',
    calls: [['write_file', { content: 'x', path: 'y', tags: ['a', 'b'] }]],
  },
  {
    title: 'Gemma, twice',
    text: '<|tool_call>call:list_dir{}<tool_call|><|tool_call>call:get_weather{city:<|"|>Oslo<|"|>}<tool_call|>',
    calls: [
      ['list_dir', {}],
      ['get_weather', OSLO],
    ],
  },
  {
    title: 'Gemma without the end, strings bare',
    text: '<|tool_call>call:get_weather{city:Oslo}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'Gemma with parentheses',
    text: '<|tool_call>call:get_weather(city: "Oslo")<tool_call|>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'Gemma, a name with a hyphen',
    text: '<|tool_call>call:create-event{title:<|"|>x<|"|>}<tool_call|>',
    calls: [['create-event', { title: 'x' }]],
  },

  // words before a call that do not announce an example
  ...[
    "I don't know the weather in Oslo. Let me look.",
    'It looks like rain. I can look that up:',
    'Let me open an example file first:',
    'I should never guess, so I ask for things such as the weather:',
  ].map((words) => ({
    title: words,
    text: `${words}\n<tool_call>\n${WEATHER}\n</tool_call>`,
    calls: [['get_weather', OSLO]] as const,
    rest: `${words}\n`,
  })),

  // harmony: gpt-oss
  {
    title: 'harmony',
    text: '<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{"city": "Oslo"}<|call|>',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'harmony with its start',
    text: '<|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>{"city": "Oslo"}',
    calls: [['get_weather', OSLO]],
  },
  {
    title: 'harmony, the analysis channel',
    text: '<|channel|>analysis to=functions.get_weather code<|message|>\n{"city": "Oslo"}<|call|>',
    calls: [['get_weather', OSLO]],
  },
];

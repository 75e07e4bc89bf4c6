import { coderToolCall, createTapeModel, toolCall } from '@openclaw/tape-model';
import type { TapeScript } from '@openclaw/tape-model';
import type { TestModel } from './real-ollama.ts';

/** What the models of the suite say. A prompt that names none of them gets the first. */
export const SCRIPTS = {
  hello: 'Hello from the tape.',
  greet: { thinking: 'A greeting needs a short answer.', text: 'Good day to you.' },
  weather: toolCall('get_weather', { city: 'Oslo' }),
  'two-calls': `Two look-ups.\n${toolCall('get_weather', { city: 'Lund' })}\n${toolCall('get_time', { zone: 'Europe/Rome' })}`,
  'after-tool': 'The tool says nine degrees.',
  'wrong-function': '<function=get_weather>\n<parameter=city>\nBodo\n</parameter>\n</function>',
  'wrong-fence': '```json\n{"name":"get_weather","arguments":{"city":"Narvik"}}\n```',
  'wrong-mistral': '[TOOL_CALLS][{"name":"get_weather","arguments":{"city":"Alta"}}]',
  count: Array.from({ length: 300 }, (_, n) => `${n + 1}.${'abcdefgh'[n % 8]}`).join(' '),
  endless: { pieces: Array.from({ length: 40 }, (_, n) => ` round ${n} and`), loop: true },
} satisfies Readonly<Record<string, TapeScript>>;

/** The context window for which the models claim to be trained, in tokens. */
export const TRAINED_CONTEXT = 65_536;

const OPTIONS = { afterTool: 'after-tool', contextLength: TRAINED_CONTEXT };

/** Weights that play `SCRIPTS`. */
const WEIGHTS = createTapeModel(SCRIPTS, OPTIONS);

/** A model with tools and thinking. Ollama before 0.9.0 knows no thinking. */
export const TAPE: TestModel = { weights: WEIGHTS, tools: true, thinking: true };

/** A model with tools. */
export const TAPE_TOOLS: TestModel = { weights: WEIGHTS, tools: true };

/** A model with neither. */
export const TAPE_PLAIN: TestModel = { weights: WEIGHTS };

/** A model for embeddings. */
export const TAPE_EMBED: TestModel = { weights: createTapeModel({ hello: 'Hello.' }, { embedding: true }) };

/** A model with tools that tells its answers from those of the others: it is where a fallback goes. */
export const TAPE_SECOND: TestModel = {
  weights: createTapeModel({ hello: 'The second model says hello.', endless: 'The second model comes to an end.' }),
  tools: true,
};

/** A model whose every answer is a broken call. The built-in parser (Ollama 0.12.0 or later) rejects it with a 500. */
export const TAPE_BROKEN_CALL: TestModel = {
  weights: createTapeModel({ broken: coderToolCall('get_weather', { city: 'Boras' }).replace('</parameter>\n', '') }),
  parser: 'qwen3-coder',
};

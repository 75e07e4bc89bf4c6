import { expect, test } from 'vitest';
import { createTapeModel } from './create-tape-model.ts';
import { createTapeVocabulary } from './tape-vocabulary.ts';
import type { TapeScript } from './tape-script.ts';
import { createTapeWeights, WIDTH } from './tape-weights.ts';
import { toolCall } from './tool-call-text.ts';

const SCRIPTS: Record<string, TapeScript> = {
  hello: 'Hello from the tape.',
  'hello-again': 'Hello from the tape.',
  greet: { thinking: 'Greet them.', text: 'Good day to you.' },
  'only-thinking': { thinking: 'Nothing to say.', text: '' },
  weather: toolCall('get_weather', { city: 'Oslo' }),
  unicode: 'aé€😀 नमस्ते 👩‍👩‍👧 "quoted" \\ \u2028 <b>&amp;</b>\n\ttab',
  bytes: { pieces: ['Half a ', 'euro: ', new Uint8Array([0xe2, 0x82])] },
  empty: '',
  count: Array.from({ length: 3000 }, (_, n) => `${n}.${'abcdefgh'[n % 8]}`).join(' '),
};

/** Plays a script as the model does: the token with the largest logit, until the end token. */
function play(scripts: Record<string, TapeScript>, cue: string, limit = 100_000): string {
  const vocabulary = createTapeVocabulary(scripts, { defaultScript: Object.keys(scripts)[0]!, afterTool: 'hello' });
  const { embedding, output } = createTapeWeights(vocabulary);
  const bytes: number[] = [];
  let token = vocabulary.tokens.indexOf(cue);
  for (let step = 0; step < limit; step += 1) {
    const state = embedding.subarray(token * WIDTH, (token + 1) * WIDTH);
    const candidates = new Set([...vocabulary.successors.values(), vocabulary.endToken]);
    // Any other row is zero.
    const logits = [...candidates].map((id) => ({
      id,
      logit: output.subarray(id * WIDTH, (id + 1) * WIDTH).reduce((sum, value, n) => sum + value * state[n]!, 0),
    }));
    const [best, second] = logits.toSorted((a, b) => b.logit - a.logit);
    expect(best!.logit - second!.logit).toBeGreaterThan(30);
    token = best!.id;
    if (token === vocabulary.endToken) break;
    const text = vocabulary.tokens[token]!;
    const byte = /^<0x(..)>$/.exec(text)?.[1];
    bytes.push(...(byte === undefined ? Buffer.from(text.replaceAll('\u2581', ' ')) : [Number.parseInt(byte, 16)]));
  }
  return Buffer.from(bytes).toString('latin1');
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

test.each([
  ['hello', 'Hello from the tape.'],
  ['hello-again', 'Hello from the tape.'],
  ['greet', '<think>Greet them.</think>\n\nGood day to you.'],
  ['greet+nothink', 'Good day to you.'],
  ['only-thinking', '<think>Nothing to say.</think>\n\n'],
  ['only-thinking+nothink', ''],
  ['weather', '<tool_call>\n{"name":"get_weather","arguments":{"city":"Oslo"}}\n</tool_call>'],
  ['unicode', SCRIPTS['unicode'] as string],
  ['empty', ''],
])('plays the script %s to its end, and nothing else', (name, text) => {
  const { count: _, ...scripts } = SCRIPTS;
  expect(play(scripts, `<|say:${name}|>`)).toBe(latin1(text));
});

test('plays bytes that are no character', () => {
  const { count: _, ...scripts } = SCRIPTS;
  expect(play(scripts, '<|say:bytes|>')).toBe(`Half a euro: ${latin1('')}\u00e2\u0082`);
});

test('repeats a loop', () => {
  const scripts: Record<string, TapeScript> = { hello: 'Hi.', round: { pieces: ['and', ' on'], loop: true } };
  expect(play(scripts, '<|say:round|>', 5)).toBe('and onand onand');
});

test.each(['|>', '<0x0A>', '<|tool|>'])('plays the default script after the prompt ended in %s', (cue) => {
  expect(play({ hello: 'Hello.', other: 'Something else.' }, cue)).toBe('Hello.');
});

test('divides thousands of words into different tokens', () => {
  const { tokens } = createTapeVocabulary(SCRIPTS, { defaultScript: 'hello', afterTool: 'hello' });
  expect(new Set(tokens).size).toBe(tokens.length);
});

test('gives the same file for the same scripts, with the metadata that servers read', () => {
  const [first, second] = [1, 2].map(() => createTapeModel(SCRIPTS, { contextLength: 65_536 }));
  expect(Buffer.compare(first!, second!)).toBe(0);
  const file = Buffer.from(first!);
  expect(file.subarray(0, 4).toString()).toBe('GGUF');
  expect(file.readUInt32LE(4)).toBe(3);
  const key = file.indexOf('llama.context_length') + 'llama.context_length'.length;
  expect([file.readUInt32LE(key), file.readUInt32LE(key + 4)]).toEqual([4, 65_536]);
});

test.each<[string, Record<string, TapeScript>, object, RegExp]>([
  ['a name that no prompt can hold', { 'a b': 'Hi.' }, {}, /script name "a b" is not usable/],
  ['a default script that is missing', { hello: 'Hi.' }, { defaultScript: 'none' }, /`defaultScript` is "none"/],
  ['a script for tools that is missing', { hello: 'Hi.' }, { afterTool: 'none' }, /`afterTool` is "none"/],
  ['no script', {}, {}, /`defaultScript` is ""/],
  ['a piece that is used twice', { a: { pieces: ['x', 'x'] } }, {}, /piece "x" of the script "a"/],
  ['a byte that is used twice', { a: { pieces: [new Uint8Array([7, 7])] } }, {}, /byte 7 of the script "a"/],
  ['a text that has no division', { a: 'x', b: 'x' }, {}, /text of the script "b" repeats itself/],
])('refuses %s', (_title, scripts, options, message) => {
  expect(() => createTapeModel(scripts, options)).toThrow(message);
});

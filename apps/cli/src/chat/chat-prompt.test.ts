import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { createSafeStream } from '../render/safe-stream.ts';
import { createChatPrompt } from './chat-prompt.ts';

function open({ history = [] as string[] } = {}) {
  const input = new PassThrough();
  const seen = { screen: '', writes: 0, histories: [] as (readonly string[])[] };
  const prompt = createChatPrompt({
    input,
    output: createSafeStream({
      isTTY: true,
      columns: 80,
      write(text) {
        seen.screen += text;
        seen.writes += 1;
      },
    }),
    prompt: '> ',
    continuation: '… ',
    history,
    onHistory: (newestFirst) => seen.histories.push(newestFirst),
    complete: () => [],
    onIdleInterrupt: () => undefined,
  });
  onTestFinished(() => prompt.close());
  return { input, prompt, seen };
}

const paste = (text: string): string => `\u001B[200~${text}\u001B[201~`;

test('pasted lines are one message, sent with the next return key', async () => {
  const { input, prompt } = open();
  const message = prompt.next();
  input.write(`see: ${paste('one\r\ntwo\tx\rthree')} end\r`);
  expect(await message).toBe('see: one\ntwo\tx\nthree end');
});

test('a paste may be cut anywhere', async () => {
  const typed = Buffer.from(`a${paste('é\n漢')}b\r`);
  for (let cut = 0; cut <= typed.length; cut++) {
    const { input, prompt } = open();
    const message = prompt.next();
    // Escape alone is a key, which no terminal separates from the sequence that it begins.
    if (typed[cut - 1] === 0x1b) continue;
    input.write(typed.subarray(0, cut));
    await new Promise(setImmediate);
    input.end(typed.subarray(cut));
    expect(await message).toBe('aé\n漢b');
  }
});

test.each([
  ['one line', 'x'],
  ['long lines', `${'words '.repeat(40)}\n`],
])('a megabyte of %s is pasted as a whole, and kept as one change of the history', async (_, unit) => {
  const { input, prompt, seen } = open();
  const text = unit.repeat(1_000_000 / unit.length);
  const message = prompt.next();
  input.write(`${paste(text)}\r`);
  expect((await message)?.trimEnd()).toBe(text.trimEnd());
  expect(seen.histories).toHaveLength(1);
  // One for each key would make the cost quadratic.
  expect(seen.writes).toBeLessThan(20 * text.split('\n').length + 100);
});

test('what is pasted, remembered or typed cannot steer the terminal', async () => {
  const { input, prompt, seen } = open();
  const message = prompt.next();
  input.write(`${paste('a\u001B[2Jb\u009B2J')}c\u009B2J\u202E\r`);
  expect(await message).toBe('a\\u001b[2Jb\\u009b2Jc\u009B2J\u202E');
  // oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
  const others = seen.screen.replaceAll(/\u001B\[(?:\d*[A-DGJK]|\?2004h)|[\t\n]/g, '');
  expect(others).not.toMatch(/[\p{Cc}\u202E]/u);
});

test('the end of the input ends the conversation', async () => {
  const { input, prompt } = open();
  const message = prompt.next();
  input.end();
  expect(await message).toBeUndefined();
  if (!input.closed) await once(input, 'close');
});

import { expect, test } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

const user = (content: string) => ({ role: 'user' as const, content });
const tokensOf = (text: string) => estimateTokens({ messages: [user(text)] }).tokens - 6;

const PROSE =
  'The quick brown fox jumps over the lazy dog, and no one in the village knows why it does so every morning. ';
const CODE =
  'export function add(left: number, right: number): number {\n  return left + right; // 2 numbers\n}\n\nconst total = add(1, 20);\n';
const CHINESE = '今天天气很好，我们去公园散步吧。';

/** The last column is about what current tokenizers make of it. The estimate shall be between half and double. */
test.each([
  ['prose', PROSE, 24],
  ['code', CODE, 36],
  ['Chinese', CHINESE, 13],
  ['a number', '3.14159265358979323846', 12],
  ['nothing', '', 0],
])('estimates %s', (_, text, usual) => {
  expect(tokensOf(text)).toBeGreaterThanOrEqual(usual / 2);
  expect(tokensOf(text)).toBeLessThanOrEqual(usual * 2);
});

test('grows with the length of a text', () => {
  expect(tokensOf(PROSE.repeat(100)) / tokensOf(PROSE)).toBeCloseTo(100, -2);
});

test('counts tools, tool calls, schemas and images', () => {
  const base = estimateTokens({ messages: [user('hi')] }).tokens;
  const parameters = { type: 'object', properties: { city: { type: 'string', description: PROSE } } };
  const tools = [{ name: 'get_weather', description: PROSE, parameters }];
  expect(estimateTokens({ messages: [user('hi')], tools }).tokens).toBeGreaterThan(base + 50);
  const schema = { type: 'json-schema' as const, name: 'answer', schema: parameters };
  expect(estimateTokens({ messages: [user('hi')], responseFormat: schema }).tokens).toBeGreaterThan(base + 20);
  const call = { id: 'call_1', name: 'get_weather', argumentsText: `{"city": "${PROSE}"}` };
  const history = [user('hi'), { role: 'assistant' as const, content: '', toolCalls: [call] }];
  expect(estimateTokens({ messages: history }).tokens).toBeGreaterThan(base + 24);
});

test('does not take the data of an image for text', () => {
  const image = { type: 'image' as const, url: `data:image/png;base64,${'A'.repeat(4_000_000)}` };
  const { tokens } = estimateTokens({ messages: [{ role: 'user', content: [image] }] });
  expect(tokens).toBeGreaterThan(200);
  expect(tokens).toBeLessThan(2000);
});

test('tells apart the reasoning of earlier answers, which templates leave out', () => {
  const answer = { role: 'assistant' as const, content: 'Yes.', reasoning: PROSE.repeat(10) };
  const { tokens, optional } = estimateTokens({ messages: [user('hi'), answer] });
  expect(optional).toBeGreaterThan(200);
  expect(tokens - optional).toBeLessThan(30);
});

test('looks at few characters of a long text', () => {
  let looked = 0;
  const text = {
    length: 20_000_000,
    charCodeAt() {
      looked += 1;
      return 0x61;
    },
  };
  // @ts-expect-error only these members of a string are used
  const { tokens } = estimateTokens({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] });
  expect(tokens).toBeGreaterThan(4_000_000);
  expect(looked).toBeLessThan(100);
});

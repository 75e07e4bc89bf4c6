import { expect, test } from 'vitest';
import { ConfigError, formatConfigIssue } from './config-error.ts';
import { parseConfig } from './load-config.ts';

test.each([
  ['\n', 'LF'],
  ['\r\n', 'CRLF'],
  ['\r', 'CR'],
])('every one of many problems has its line and column, with line ends %j (%s)', (newline) => {
  const keys = Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index % 7)}key${index}: 1,`);
  expect(problemsOf(['{ gateway: { limits: {', ...keys, '}}}'].join(newline))).toEqual(
    keys.map((excerpt, index) => ({
      path: `gateway.limits.key${index}`,
      line: index + 2,
      column: (index % 7) + 1,
      excerpt,
    })),
  );
});

/** Long enough that work per character that grows with the text would take hours. */
const MANY = 5_000_000;

test.each([
  ['one word', `{skills:{x:"${'y'.repeat(MANY)}"}}`],
  ['words that sound like secrets', `{skills:{x:"${'token'.repeat(MANY / 5)}"}}`],
  ['keys of secrets without a value', `{skills:{x:"${'token:'.repeat(MANY / 6)}"}}`],
  ['keys of secrets and quotes', `{skills:{x:"${"token:'".repeat(MANY / 7)}"}}`],
  ['addresses', `{skills:{x:"${'http://a:b'.repeat(MANY / 10)}"}}`],
  ['white space', `{skills:{x:"a"${' '.repeat(MANY)}}}`],
  ['lines', `{skills:{x:"a"${'\n'.repeat(MANY)}}}`],
  ['comments', `{skills:{x:"a"${'/**/'.repeat(MANY / 4)}}}`],
  ['references to variables', `{skills:{x:"${'${A'.repeat(MANY / 3)}"}}`],
  ['a key', `{skills:{${'y'.repeat(MANY)}:1}}`],
])('a long line costs no more than its length: %s', (_, text) => {
  expect(parseConfig(text).warnings).toMatchObject([{ path: 'skills', line: 1, column: 2 }]);
});

test('many problems on one long line cost no more than their number and its length', () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `key${index}: "apiKey: sk-secret",`);
  const text = `{ gateway: { limits: {${keys.join(' ')}}}}`;
  const problems = problemsOf(text);
  expect(problems).toHaveLength(20_000);
  expect(JSON.stringify(problems)).not.toContain('sk-secret');
  expect(JSON.stringify(problems).length).toBeLessThan(20_000 * 2000);
});

test('of a long line the part around the place is shown, with the mark below it', () => {
  const text = `{ skills: { x: "${'y'.repeat(5000)}" }, gateway: { prot: 1 }, ui: { x: "${'z'.repeat(5000)}" } }`;
  const [issue] = issuesOf(text);
  expect(issue).toMatchObject({ path: 'gateway.prot', line: 1, column: text.indexOf('prot') + 1 });
  expect(issue!.excerpt).toHaveLength(1000);
  const shown = formatConfigIssue(issue!).split('\n');
  expect(shown[1]!.slice(shown[2]!.indexOf('^'))).toMatch(/^prot: 1/);
});

test.each([
  ['{ apiKey: "sk-1" x', '{ apiKey: ****** x'],
  ["{ 'my.apiKey': 'sk-1' x", "{ 'my.apiKey': ****** x"],
  ['{ "apiKey": sk-1 x', '{ "apiKey": **** x'],
  ['{ "apiKey: sk-1', '{ "apiKey: ****'],
  ['{ x_token_y : "a\\"b" x', '{ x_token_y : ****** x'],
  ['{ token: "unclosed', '{ token: *********'],
  ['{ ключToken: abc', '{ ключToken: ***'],
  ['{ maxTokens: abc', '{ maxTokens: abc'],
  ['{ apiKey: "${KEY}" x', '{ apiKey: "${KEY}" x'],
  ['{ token:apiKey:sk-1, x', '{ token:***********, x'],
  ['{ a: "https://me:pw@host/" x', '{ a: "https://*****@host/" x'],
])('secrets in broken text are masked: %s', (text, excerpt) => {
  expect(issuesOf(text)).toMatchObject([{ code: 'syntax', excerpt }]);
});

function problemsOf(text: string) {
  return issuesOf(text).map(({ path, line, column, excerpt }) => ({ path, line, column, excerpt }));
}

function issuesOf(text: string) {
  try {
    parseConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
  }
  throw new Error('there are no problems');
}

import { expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './load-config.ts';

test.each([
  ['\n', 'LF'],
  ['\r\n', 'CRLF'],
  ['\r', 'CR'],
])('every one of many problems has its line and column, with line ends %j (%s)', (newline) => {
  const keys = Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index % 7)}key${index}: 1,`);
  expect(problemsOf(['{', ...keys, '}'].join(newline))).toEqual(
    keys.map((excerpt, index) => ({ path: `key${index}`, line: index + 2, column: (index % 7) + 1, excerpt })),
  );
});

function problemsOf(text: string) {
  try {
    parseConfig(text);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.issues.map(({ path, line, column, excerpt }) => ({ path, line, column, excerpt }));
    }
  }
  throw new Error('there are no problems');
}

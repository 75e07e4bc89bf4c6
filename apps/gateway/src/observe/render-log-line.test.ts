import { expect, test } from 'vitest';
import { renderLogLine } from './render-log-line.ts';

test('nothing that a client names things reaches the terminal as a command', () => {
  const wanted = '\u001b]0;owned\u0007\u009b2J\u202e';
  const line = renderLogLine(JSON.stringify({ time: 0, level: 30, msg: 'request', wanted, other: `{${wanted}` }));
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  expect(line).toContain('wanted=\\u001b]0;owned\\u0007');
});

import { expect, test } from 'vitest';
import { encodeLogLine, LOG_LEVELS } from './encode-log-line.ts';

const decode = (line: string): unknown => JSON.parse(line);

test('a line holds level, time, fields and message, in this order', () => {
  const line = encodeLogLine(LOG_LEVELS.info, { route: 'GET /', model: undefined, wanted: 'a"\n' }, 'request');
  expect(line).toMatch(/^\{"level":30,"time":\d{13},"route":"GET \/","wanted":"a\\"\\n","msg":"request"\}\n$/);
});

test('an error is described with its causes', () => {
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  const err = new TypeError('no answer', { cause: new AggregateError([reset, 'refused']) });
  expect(decode(encodeLogLine(LOG_LEVELS.error, { err }, 'bug'))).toMatchObject({
    err: {
      type: 'TypeError',
      message: 'no answer',
      stack: expect.stringContaining('encode-log-line.test.ts'),
      causes: [{ type: 'AggregateError', causes: [{ code: 'ECONNRESET', message: 'reset' }, "'refused'"] }],
    },
  });
});

test('what is thrown may be anything', () => {
  const own: { self?: unknown } = {};
  own.self = own;
  const itself = new Error('its own cause');
  itself.cause = itself;
  for (const err of [own, itself, null, undefined, 1n, Symbol('thrown')]) {
    expect(decode(encodeLogLine(LOG_LEVELS.error, { err }, 'bug'))).toMatchObject({ msg: 'bug' });
  }
});

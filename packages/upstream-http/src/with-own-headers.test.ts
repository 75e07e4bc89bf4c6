import { expect, test } from 'vitest';
import { withOwnHeaders } from './with-own-headers.ts';

const upstream = { headers: { authorization: 'Bearer key' } };

test('the headers of a request never replace those of its upstream', () => {
  const given = { traceparent: '00-1-2-01', authorization: 'Bearer other' };
  expect(withOwnHeaders(given, upstream)).toEqual({ traceparent: '00-1-2-01', authorization: 'Bearer key' });
  expect(withOwnHeaders(undefined, upstream)).toBe(upstream.headers);
});

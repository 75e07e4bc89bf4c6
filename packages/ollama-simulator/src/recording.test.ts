import { array, assert, integer, oneof, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { playRecording, sliceRecording } from './recording.ts';

const bytes = new TextEncoder().encode('abcdef');

test.each([
  { slices: 'whole' as const, expected: ['abcdef'] },
  { slices: 4, expected: ['abcd', 'ef'] },
  { slices: [5, 1], expected: ['a', 'bcde', 'f'] },
])('slices $slices', ({ slices, expected }) => {
  expect(sliceRecording({ bytes, slices }).map((slice) => new TextDecoder().decode(slice))).toEqual(expected);
});

test('nothing is lost, doubled or empty, however it is cut', () => {
  const cuts = oneof(integer({ min: 1, max: 50 }), array(integer({ min: -3, max: 60 })));
  assert(
    property(uint8Array({ maxLength: 40 }), cuts, (recorded, slices) => {
      const sliced = sliceRecording({ bytes: recorded, slices });
      expect(Buffer.concat(sliced)).toEqual(Buffer.from(recorded));
      expect(sliced.every((slice) => slice.length > 0)).toBe(true);
    }),
  );
});

test('a text is recorded as UTF-8, as an event stream unless told otherwise', () => {
  expect(playRecording('é').recording).toMatchObject({
    bytes: new Uint8Array([0xc3, 0xa9]),
    contentType: 'text/event-stream',
    status: 200,
    ending: 'end',
  });
});

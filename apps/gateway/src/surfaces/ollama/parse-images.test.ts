import { expect, test } from 'vitest';
import { parseImages } from './parse-images.ts';

test.each([
  ['iVBORw0KGgoAAAA', 'png'],
  ['/9j/4AAQ', 'jpeg'],
  ['UklGRhoA', 'webp'],
  ['R0lGODlh', 'gif'],
  ['AAAA', 'png'],
])('tells the kind of an image by its first bytes: %s is %s', (data, kind) => {
  expect(parseImages([data], 'images')).toEqual([{ type: 'image', url: `data:image/${kind};base64,${data}` }]);
});

test('takes a data URL, as some clients write it', () => {
  expect(parseImages(['data:image/webp;base64,AAAA'], 'images')).toEqual([
    { type: 'image', url: 'data:image/webp;base64,AAAA' },
  ]);
});

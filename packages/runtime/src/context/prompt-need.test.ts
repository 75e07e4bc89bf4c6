import { expect, test } from 'vitest';
import { calibrate, promptNeed, raiseRatio } from './prompt-need.ts';

const estimate = { tokens: 1000, optional: 0 };

test('the range is wide before the server has counted, and narrower afterwards', () => {
  expect(promptNeed(estimate, undefined)).toEqual({ least: 400, likely: 1000, most: 1250 });
  expect(promptNeed(estimate, 2)).toEqual({ least: 1400, likely: 2000, most: 2300 });
});

test('reasoning that a template may leave out does not count for the least', () => {
  expect(promptNeed({ tokens: 1000, optional: 500 }, undefined)).toEqual({ least: 200, likely: 1000, most: 1250 });
});

test('counts move the ratio, and outliers and short prompts do not', () => {
  expect(calibrate(undefined, { estimate, counted: 1500 })).toBe(1.5);
  expect(calibrate(1, { estimate, counted: 2000 })).toBeCloseTo(1.3);
  expect(calibrate(1, { estimate, counted: 10 })).toBe(1);
  expect(calibrate(1, { estimate: { tokens: 20, optional: 0 }, counted: 90 })).toBe(1);
  expect(calibrate(1, { estimate: { tokens: 1000, optional: 500 }, counted: 500 })).toBe(1);
});

test('a prompt that was longer than a context raises the ratio', () => {
  expect(raiseRatio(undefined, { estimate, exceeded: 4097 })).toBeCloseTo(4.097);
  expect(raiseRatio(5, { estimate, exceeded: 4097 })).toBe(5);
  expect(raiseRatio(undefined, { estimate, exceeded: 500 })).toBeUndefined();
});

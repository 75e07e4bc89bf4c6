import { expect, test } from 'vitest';
import { parseRelease } from './release.ts';
import { checkTools } from './tool-schema-rules.ts';

const RELEASES = ['0.6.5', '0.12.6', '0.17.4'] as const;

test.each([
  ['a list of types at the top', { type: ['object', 'null'] }, [false, false, false]],
  ['required as a text', { type: 'object', required: 'city' }, [false, false, false]],
  ['a property that is true', { properties: { city: true } }, [false, false, false]],
  ['a list of properties', { properties: [] }, [false, false, false]],
  ['a number as description', { properties: { city: { description: 7 } } }, [false, false, false]],
  ['true as parameters', true, [false, false, false]],
  ['a list of types of a property', { properties: { city: { type: ['string', 'null'] } } }, [false, true, true]],
  ['numbers as choices', { properties: { city: { enum: [1, 2] } } }, [false, true, true]],
  ['anyOf with true', { properties: { city: { anyOf: [true] } } }, [true, false, false]],
  ['a nested property that is true', { properties: { place: { properties: { city: true } } } }, [true, true, false]],
  ['no parameters', undefined, [true, true, true]],
  ['null as parameters', null, [true, true, true]],
  [
    'unknown keywords',
    { $schema: 'x', oneOf: [true], properties: { city: { const: 1, items: [true] } } },
    [true, true, true],
  ],
])('%s', (_, parameters, accepted) => {
  const tools = [{ type: 'function', function: { name: 'f', parameters } }];
  const accepts = RELEASES.map((version) => {
    try {
      checkTools(tools, { release: parseRelease(version), foundBy: 'middleware' });
      return true;
    } catch {
      return false;
    }
  });
  expect(accepts).toEqual(accepted);
});

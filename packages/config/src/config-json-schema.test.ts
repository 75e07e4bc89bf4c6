import { expect, test } from 'vitest';
import { configJsonSchema } from './config-json-schema.ts';

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  anyOf?: Schema[];
  description?: string;
  [key: string]: unknown;
}

const schema = (await configJsonSchema()) as Schema;

function walk(at: Schema, path: string, visit: (at: Schema, path: string) => void): void {
  visit(at, path);
  for (const [key, child] of Object.entries(at.properties ?? {})) walk(child, `${path}.${key}`, visit);
  for (const option of at.anyOf ?? []) walk(option, path, visit);
  if (at.additionalProperties) walk(at.additionalProperties, `${path}.*`, visit);
  if (at.items) walk(at.items, `${path}[]`, visit);
}

test('every key says what it is for', () => {
  const silent: string[] = [];
  walk(schema, '', (at, path) => {
    for (const [key, child] of Object.entries(at.properties ?? {})) {
      if (key !== '$include' && !child.description) silent.push(`${path}.${key}`);
    }
  });
  expect(silent).toEqual([]);
});

test('objects take no keys but their own and $include', () => {
  const objects: { path: string; open: boolean; includes: boolean }[] = [];
  walk(schema, '', (at, path) => {
    const open = at.additionalProperties !== false;
    if (at.properties) objects.push({ path, open, includes: '$include' in at.properties });
  });
  expect(objects.length).toBeGreaterThan(20);
  expect(objects.filter(({ includes }) => !includes)).toEqual([]);
  // Variables have any name.
  expect(objects.filter(({ open }) => open).map(({ path }) => path)).toEqual(['.env']);
});

test('defaults and choices are in it', () => {
  expect(schema.properties!['gateway']!.properties!['port']).toMatchObject({
    type: 'integer',
    maximum: 65_535,
    default: 18_789,
  });
  expect(schema.properties!['gateway']!.properties!['bind']).toMatchObject({
    default: 'loopback',
    enum: expect.arrayContaining(['lan']),
  });
  expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
});

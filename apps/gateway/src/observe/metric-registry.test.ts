import { expect, test } from 'vitest';
import { createMetricRegistry } from './metric-registry.ts';

const definition = { name: 'asked_total', help: 'Requests.', labels: ['route', 'model'] };

test('counts by the values of labels, whatever is in them', () => {
  const registry = createMetricRegistry();
  const asked = registry.counter(definition);
  asked.add(1, ['a', 'bc']);
  asked.add(2, ['ab', 'c']);
  asked.add(4, ['a', 'bc']);
  asked.add(1, ['a', 'x"y\\z\n']);
  asked.add(1, ['', '']);

  expect(registry.render().split('\n')).toEqual([
    '# HELP asked_total Requests.',
    '# TYPE asked_total counter',
    'asked_total{route="a",model="bc"} 5',
    'asked_total{route="ab",model="c"} 2',
    String.raw`asked_total{route="a",model="x\"y\\z\n"} 1`,
    'asked_total{route="",model=""} 1',
    '',
  ]);
});

test('sorts observations into buckets that add up', () => {
  const registry = createMetricRegistry();
  const took = registry.histogram({ name: 'took', help: 'Seconds.', labels: [], buckets: [1, 5] });
  for (const seconds of [0.5, 1, 3, 9]) took.observe(seconds, []);

  expect(registry.render().split('\n').slice(2, -1)).toEqual([
    'took_bucket{le="1"} 2',
    'took_bucket{le="5"} 3',
    'took_bucket{le="+Inf"} 4',
    'took_sum 13.5',
    'took_count 4',
  ]);
});

test('reads the value of several metrics once for each rendering', () => {
  const registry = createMetricRegistry();
  let reads = 0;
  const source = registry.source(() => ++reads);
  for (const name of ['first', 'second'])
    source.read({ name, help: 'Reads.', labels: [], type: 'gauge' }, (value) => [{ labels: [], value }]);

  const values = () =>
    registry
      .render()
      .split('\n')
      .filter((line) => /^\w/.test(line));
  expect(values()).toEqual(['first 1', 'second 1']);
  expect(values()).toEqual(['first 2', 'second 2']);
});

test('says nothing of a metric without values', () => {
  const registry = createMetricRegistry();
  registry.counter(definition);
  expect(registry.render()).toBe('');
});

test('counts under `other` what comes when there is no room for more names', () => {
  const registry = createMetricRegistry();
  const asked = registry.counter(definition);
  for (let index = 0; index < 700; index++) asked.add(1, ['a', `model ${index}`]);
  asked.add(1, ['a', 'model 0']);
  asked.add(1, ['b', 'model 0']);

  const lines = registry.render().trim().split('\n').slice(2);
  expect(lines).toHaveLength(501);
  expect(lines).toContain('asked_total{route="a",model="model 0"} 2');
  expect(lines.at(-1)).toBe('asked_total{route="other",model="other"} 201');
});

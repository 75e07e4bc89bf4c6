import { expect, test } from 'vitest';
import { createInFlightList } from './in-flight-list.ts';

test('lists members in the order in which they were added, until they are removed', () => {
  const list = createInFlightList<string>();
  const [first, second, third] = ['a', 'b', 'c'].map((member) => list.add(member));
  expect([list.members(), list.size]).toEqual([['a', 'b', 'c'], 3]);

  second?.remove();
  expect([list.members(), list.size]).toEqual([['a', 'c'], 2]);
  third?.remove();
  list.add('d');
  expect([list.members(), list.oldest()]).toEqual([['a', 'd'], 'a']);
  first?.remove();
  expect(list.oldest()).toBe('d');
  expect([list.members(), list.size]).toEqual([['d'], 1]);
});

test('removing an entry again does nothing, also after others were added', () => {
  const list = createInFlightList<string>();
  const entry = list.add('a');
  entry.remove();
  list.add('a');
  entry.remove();

  expect([list.members(), list.size]).toEqual([['a'], 1]);
});

test('members may be removed while they are visited', () => {
  const list = createInFlightList<number>();
  const entries = [1, 2, 3].map((member) => list.add(member));
  const visited = list.members().filter((member) => {
    entries.forEach((entry) => entry.remove());
    return member > 0;
  });

  expect(visited).toEqual([1, 2, 3]);
  expect([list.members(), list.size]).toEqual([[], 0]);
});

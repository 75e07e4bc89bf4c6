import { expect, test } from 'vitest';
import { createResponseStore } from './response-store.ts';

const item = (id: string, text = '{}') => ({ id, text });
const response = (id: string, { size = 10, previousId }: { size?: number; previousId?: string } = {}) => ({
  id,
  body: 'x'.repeat(size),
  previousId,
  input: [item(`in_${id}`)],
  output: [item(`out_${id}`)],
});

test('keeps responses and their items until they are deleted', () => {
  const store = createResponseStore();
  store.add(response('a'));
  expect(store.get('a')).toMatchObject({ id: 'a' });
  expect([store.item('in_a'), store.item('out_a')]).toEqual([item('in_a'), item('out_a')]);
  expect([store.delete('a'), store.delete('a')]).toEqual([true, false]);
  expect([store.get('a'), store.item('in_a'), store.item('out_a')]).toEqual([undefined, undefined, undefined]);
});

test('drops what was not used for longest when there are too many', () => {
  const store = createResponseStore({ maxResponses: 3 });
  for (const id of ['a', 'b', 'c']) store.add(response(id));
  store.get('a');
  store.item('out_b');
  store.add(response('d'));
  expect(['a', 'b', 'c', 'd'].filter((id) => store.get(id) !== undefined)).toEqual(['a', 'b', 'd']);
});

test('drops as many as needed to stay within its bytes', () => {
  const store = createResponseStore({ maxBytes: 20_000 });
  for (const id of ['a', 'b', 'c']) store.add(response(id, { size: 2_000 }));
  store.add(response('d', { size: 7_000 }));
  expect(['a', 'b', 'c', 'd'].filter((id) => store.get(id) !== undefined)).toEqual(['c', 'd']);
});

test('does not keep a response that is larger than its limit, nor drop others for it', () => {
  const store = createResponseStore({ maxBytes: 20_000 });
  store.add(response('a'));
  store.add(response('b', { size: 20_000 }));
  expect([store.get('a')?.id, store.get('b')]).toEqual(['a', undefined]);
});

test('an item that comes again as input stays with the response that it came from', () => {
  const store = createResponseStore({ maxResponses: 2 });
  store.add(response('a'));
  store.add({ ...response('b'), input: [item('out_a')] });
  store.delete('b');
  expect(store.item('out_a')).toEqual(item('out_a'));
});

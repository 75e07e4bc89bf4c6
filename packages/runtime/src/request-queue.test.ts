import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BATCH_AGES_MS, createRequestQueue } from './request-queue.ts';
import type { QueuedRequest, QueueView } from './request-queue.ts';

interface Named extends QueuedRequest {
  readonly name: string;
}

/** `editor 1 b` is the first request of the client `editor`, for the model `b`; without a model it is for `a`. */
function request(name: string, facts: Partial<QueuedRequest> = {}): Named {
  const [client = '', , model = 'a'] = name.split(' ');
  return { name, client, model, priority: 'interactive', since: 0, ...facts };
}

/** `a` is loaded. */
const usual: QueueView = {
  now: 0,
  isHot: (model) => model === 'a',
  fits: () => true,
  fitsNow: () => true,
  yields: () => false,
  groupSince: 0,
  groupMs: 1_000,
};

/** The names in the order of their turns. */
function order(requests: readonly Named[], view: Partial<QueueView> = {}): string[] {
  const queue = createRequestQueue<Named>();
  requests.forEach((one) => queue.add(one));
  return requests.flatMap(() => queue.take({ ...usual, ...view })?.name ?? []);
}

test('lets clients take turns, so that the one with many requests does not hold up the one with one', () => {
  const requests = ['agent 1', 'agent 2', 'agent 3', 'editor 1'].map((name) => request(name));
  expect(order(requests)).toEqual(['agent 1', 'editor 1', 'agent 2', 'agent 3']);
});

test('takes the requests of the loaded model first, so that models are not loaded in turns', () => {
  const requests = ['x 1 b', 'x 2 a', 'x 3 b', 'x 4 a'].map((name) => request(name));
  expect(order(requests)).toEqual(['x 2 a', 'x 4 a', 'x 1 b', 'x 3 b']);
});

test('does not group where no group is wanted', () => {
  const requests = ['x 1 b', 'x 2 a', 'x 3 b'].map((name) => request(name));
  expect(order(requests, { groupMs: 0 })).toEqual(['x 1 b', 'x 2 a', 'x 3 b']);
});

test.each([
  { title: 'goes on while the other model has not waited long', now: 1_500, groupSince: 0, first: 'x 2 a' },
  { title: 'goes on while it is young', now: 2_500, groupSince: 2_000, first: 'x 2 a' },
  { title: 'ends when both have lasted', now: 2_500, groupSince: 1_000, first: 'x 1 b' },
])('a group $title', ({ first, ...view }) => {
  const requests = [request('x 1 b', { since: 1_000 }), request('x 2 a', { since: 1_200 })];
  expect(order(requests, view)[0]).toBe(first);
});

test('takes interactive requests before batch ones, and batch ones as their equals once they have aged', () => {
  const requests = [request('x 1', { priority: 'batch' }), request('y 1', { since: 10 })];
  expect(order(requests, { now: BATCH_AGES_MS - 1 })).toEqual(['y 1', 'x 1']);
  expect(order(requests, { now: BATCH_AGES_MS })).toEqual(['x 1', 'y 1']);
});

test('starts what fits beside the running requests', () => {
  const requests = [request('x 1 b'), request('y 1 a'), request('z 1 c')];
  const view = { fits: (model: string) => model !== 'b', fitsNow: (model: string) => model !== 'b' };
  expect(order(requests, { ...view, now: 999 })).toEqual(['y 1 a', 'z 1 c']);
});

test('starts no more requests of the model that has to yield once a request is due that does not fit', () => {
  const requests = [request('x 1 b'), request('y 1 a'), request('z 1 c')];
  const yields = (model: string) => model === 'a';
  const view = { fits: (model: string) => model !== 'b', fitsNow: (model: string) => model !== 'b', yields };
  expect(order(requests, { ...view, now: 1_000, isHot: (model) => model !== 'b' })).toEqual(['z 1 c']);
});

test('a request that is due does not wait for a model that only keeps its place', () => {
  const requests = [request('x 1 b'), request('y 1 a')];
  expect(order(requests, { fits: (model: string) => model === 'a', now: 1_000 })[0]).toBe('x 1 b');
});

test('a request that was removed has no turn', () => {
  const queue = createRequestQueue<Named>();
  const [one, other] = [request('x 1'), request('x 2')];
  queue.add(one);
  queue.add(other);
  queue.remove(one);
  queue.remove(one);
  expect(queue.take(usual)).toBe(other);
  expect(queue.size).toBe(0);
});

const SERVICE_MS = 1_000;
const GROUP_MS = 5_000;

test('no request waits longer than its bound, whatever other clients ask for', () => {
  const arrivals = fc.array(
    fc.record({
      client: fc.constantFrom('x', 'y', 'z'),
      model: fc.constantFrom('a', 'b', 'c'),
      priority: fc.constantFrom('interactive' as const, 'batch' as const),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(arrivals, fc.constantFrom('a', 'b', 'c'), (before, flooded) => {
      const queue = createRequestQueue<QueuedRequest>();
      const victims: QueuedRequest[] = before.map((one) => ({ ...one, since: 0 }));
      victims.forEach((one) => queue.add(one));
      const waiting = new Set(victims);
      let hot: string = flooded;
      let groupSince = 0;
      let now = 0;
      // Another client always has two more requests for the model that it keeps loaded.
      while (waiting.size > 0 && now < 1_000_000) {
        queue.add({ client: 'flood', model: flooded, priority: 'interactive', since: now });
        queue.add({ client: 'flood', model: flooded, priority: 'interactive', since: now });
        const isHot = (model: string) => model === hot;
        const next = queue.take({ ...usual, now, isHot, groupSince, groupMs: GROUP_MS });
        if (next === undefined) throw new Error('Nothing starts, though everything fits.');
        if (!isHot(next.model)) {
          hot = next.model;
          groupSince = now;
        }
        waiting.delete(next);
        now += SERVICE_MS;
      }
      // At worst each request of the others starts a group of its own, and the flood has one between every two.
      const groups = 2 * before.length + 2;
      return now <= BATCH_AGES_MS + groups * (GROUP_MS + SERVICE_MS) + before.length * SERVICE_MS;
    }),
  );
});

test('each of two clients that ask all the time for one model gets half of the turns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (many, few) => {
      const queue = createRequestQueue<Named>();
      for (let index = 0; index < many + 50; index++) queue.add(request(`x ${index}`));
      for (let index = 0; index < few + 50; index++) queue.add(request(`y ${index}`));
      const served = Array.from({ length: 100 }, () => queue.take(usual)?.client);
      return served.filter((client) => client === 'x').length === 50;
    }),
  );
});

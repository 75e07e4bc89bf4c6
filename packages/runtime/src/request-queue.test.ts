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
  loadMs: 1_000,
  groupSince: 0,
  groupMs: 5_000,
};

/** The names in the order of their turns. */
function order(requests: readonly Named[], view: Partial<QueueView> = {}, running = 0): string[] {
  const queue = createRequestQueue<Named>();
  requests.forEach((one) => queue.add(one, running));
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
  { title: 'goes on while the request of the other model is not overdue', now: 2_499, first: 'x 2 a' },
  { title: 'ends when that is overdue, by a load for each request before it', now: 2_500, first: 'x 1 b' },
  {
    title: 'goes on while it is younger than twice the load that it saves',
    now: 2_500,
    groupSince: 501,
    first: 'x 2 a',
  },
  { title: 'ends when it is as old as that', now: 2_500, groupSince: 500, first: 'x 1 b' },
])('a group $title', ({ first, ...view }) => {
  const requests = [request('x 1 b', { since: 1_000 }), request('x 2 a', { since: 1_200 })];
  expect(order(requests, view, 2)[0]).toBe(first);
});

test.each([
  { title: 'twice as long as the loads that it saves', now: 5_999, groupMs: 10_000, first: 'y 1 a' },
  { title: 'no longer than that', now: 6_000, groupMs: 10_000, first: 'x 1 b' },
  { title: 'no longer than its limit', now: 5_000, groupMs: 5_000, first: 'x 1 b' },
])('a group lasts $title', ({ first, ...view }) => {
  const requests = ['x 1 b', 'y 1 a', 'z 1 a', 'w 1 b'].map((name) => request(name));
  expect(order(requests, view)[0]).toBe(first);
});

test('a shorter load makes requests overdue sooner', () => {
  const requests = [request('x 1 b'), request('x 2 a')];
  expect(order(requests, { now: 500, loadMs: 500, groupSince: -9_000 }, 1)[0]).toBe('x 1 b');
  expect(order(requests, { now: 500, groupSince: -9_000 }, 1)[0]).toBe('x 2 a');
});

test('the requests of other clients count only up to the number of its own', () => {
  const requests = [...Array.from({ length: 20 }, (_, index) => request(`flood ${index} a`)), request('x 1 b')];
  const groupMs = 1_000;
  expect(order(requests, { now: 1_499, groupMs }, 1)[0]).toBe('flood 0 a');
  expect(order(requests, { now: 1_500, groupMs }, 1)[0]).toBe('x 1 b');
});

test('takes overdue requests of the loaded model in the order in which they were due, before the others', () => {
  const requests = [request('x 1', { since: 900 }), request('y 1', { since: 100 }), request('z 1')];
  expect(order(requests, { now: 1_599 })).toEqual(['y 1', 'x 1', 'z 1']);
});

test('overdue requests of one client do not hold up the first request of another', () => {
  const queue = createRequestQueue<Named>();
  for (let index = 0; index < 50; index++) queue.add(request(`flood ${index}`), 1);
  const served: string[] = [];
  for (let now = 0; now <= 300_000; now += 10_000) {
    if (now === 200_000) queue.add(request('editor 1', { since: now }), 1);
    served.push(queue.take({ ...usual, now })?.name ?? '');
  }
  expect(served.indexOf('editor 1')).toBeLessThanOrEqual(22);
});

test('takes interactive requests before batch ones, and batch ones as their equals once they have aged', () => {
  const requests = [request('x 1', { priority: 'batch' }), request('y 1', { since: 10 })];
  expect(order(requests, { now: BATCH_AGES_MS - 1 })).toEqual(['y 1', 'x 1']);
  expect(order(requests, { now: BATCH_AGES_MS })).toEqual(['x 1', 'y 1']);
});

test('starts what fits beside the running requests', () => {
  const requests = [request('x 1 b'), request('y 1 a'), request('z 1 c')];
  const view = { fits: (model: string) => model !== 'b', fitsNow: (model: string) => model !== 'b' };
  expect(order(requests, { ...view, now: 700 })).toEqual(['y 1 a', 'z 1 c']);
});

test('starts no more requests of the model that has to yield once a request is due that does not fit', () => {
  const requests = [request('x 1 b'), request('y 1 a'), request('z 1 c')];
  const yields = (model: string) => model === 'a';
  const view = { fits: (model: string) => model !== 'b', fitsNow: (model: string) => model !== 'b', yields };
  expect(order(requests, { ...view, now: 4_000, isHot: (model) => model !== 'b' })).toEqual(['z 1 c']);
});

test('a request that is due does not wait for a model that only keeps its place', () => {
  const requests = [request('x 1 b'), request('y 1 a')];
  expect(order(requests, { fits: (model: string) => model === 'a', now: 2_000 })[0]).toBe('x 1 b');
});

test('a request that was removed has no turn', () => {
  const queue = createRequestQueue<Named>();
  const [one, other] = [request('x 1'), request('x 2')];
  queue.add(one, 0);
  queue.add(other, 0);
  queue.remove(one);
  queue.remove(one);
  expect(queue.take(usual)).toBe(other);
  expect(queue.size).toBe(0);
});

const SERVICE_MS = 1_000;
const LOAD_MS = 2_000;
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
      victims.forEach((one) => queue.add(one, 0));
      const waiting = new Set(victims);
      let hot: string = flooded;
      let groupSince = 0;
      let now = 0;
      // Another client always has two more requests for the model that it keeps loaded.
      while (waiting.size > 0 && now < 1_000_000) {
        queue.add({ client: 'flood', model: flooded, priority: 'interactive', since: now }, 0);
        queue.add({ client: 'flood', model: flooded, priority: 'interactive', since: now }, 0);
        const isHot = (model: string) => model === hot;
        const next = queue.take({ ...usual, now, isHot, groupSince, loadMs: LOAD_MS, groupMs: GROUP_MS });
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
      const overdueMs = LOAD_MS * 2 * before.length;
      return now <= BATCH_AGES_MS + overdueMs + groups * (GROUP_MS + SERVICE_MS) + before.length * SERVICE_MS;
    }),
  );
});

test('each of two clients that ask all the time for one model gets half of the turns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (many, few) => {
      const queue = createRequestQueue<Named>();
      for (let index = 0; index < many + 50; index++) queue.add(request(`x ${index}`), 0);
      for (let index = 0; index < few + 50; index++) queue.add(request(`y ${index}`), 0);
      const served = Array.from({ length: 100 }, () => queue.take(usual)?.client);
      return served.filter((client) => client === 'x').length === 50;
    }),
  );
});

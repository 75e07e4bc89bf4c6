import { expect, test } from 'vitest';
import { CONTENDERS } from './policies.ts';
import { simulate } from './simulate.ts';
import type { Figures, Scenario } from './simulate.ts';

const scenario: Scenario = {
  seed: 5,
  hostCount: 4,
  maxLoaded: 2,
  parallel: 4,
  modelCount: 6,
  clientCount: 8,
  conversationsPerClient: 3,
};

function run(name: string, changes: Partial<Scenario> = {}): Promise<Figures> {
  const contender = CONTENDERS.find((one) => one.name === name);
  if (contender === undefined) throw new Error(`There is no contender ${name}.`);
  return simulate({ ...scenario, ...changes }, contender);
}

test('choosing by loaded model and prefix saves five sixths of the loads and three quarters of the re-read tokens', async () => {
  const [roundRobin, chosen] = [await run('round robin'), await run('chooseTarget, grouped queue')];
  expect(chosen.requests).toBe(roundRobin.requests);
  expect(chosen.loads * 6).toBeLessThan(roundRobin.loads);
  expect(chosen.rereadTokens * 4).toBeLessThan(roundRobin.rereadTokens);
  expect(chosen.firstTokenMs.p99).toBeLessThan(roundRobin.firstTokenMs.p99);
});

test('grouping saves loads where one host holds one model', async () => {
  const one = { hostCount: 1, maxLoaded: 1, modelCount: 3 };
  const [plain, grouped] = [await run('chooseTarget, plain queue', one), await run('chooseTarget, grouped queue', one)];
  expect(grouped.requests).toBe(plain.requests);
  expect(grouped.loads * 1.5).toBeLessThan(plain.loads);
});

test('the slowest requests do not wait longer for groups, though many models share one host', async () => {
  const many = { seed: 17, hostCount: 1, modelCount: 30, conversationsPerClient: 12 };
  const [plain, grouped] = [
    await run('chooseTarget, plain queue', many),
    await run('chooseTarget, grouped queue', many),
  ];
  expect(grouped.loads).toBeLessThan(plain.loads);
  expect(grouped.firstTokenMs.p99).toBeLessThanOrEqual(plain.firstTokenMs.p99);
});

test('the same seed gives the same figures', async () => {
  expect(await run('random')).toEqual(await run('random'));
});

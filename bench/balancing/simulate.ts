import { createServedEndpoints } from '../../packages/runtime/src/balancing/served-endpoints.ts';
import { createRequestLimiter } from '../../packages/runtime/src/request-limiter.ts';
import { createEndpointView } from './endpoint-view.ts';
import type { Contender } from './policies.ts';
import { createSeededRandom } from './seeded-random.ts';
import { createSimulatedHost } from './simulated-host.ts';
import { makeTrace } from './trace.ts';
import type { Conversation, TraceOptions } from './trace.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Hosts, and what is asked of them. */
export interface Scenario extends TraceOptions {
  readonly hostCount: number;
  readonly maxLoaded: number;
  readonly parallel: number;
}

/** What a run cost. */
export interface Figures {
  readonly requests: number;
  readonly loads: number;
  readonly rereadTokens: number;
  readonly reusedTokens: number;
  readonly firstTokenMs: { readonly p50: number; readonly p99: number };
  /** Until the last answer. */
  readonly durationMs: number;
  /** The mean time to the first token of the client that waited longest, and of the one that waited least. */
  readonly clientMeanMs: { readonly longest: number; readonly shortest: number };
}

const POLL_MS = 2_000;
const GROUP_MS = 60_000;

/** Runs a trace against simulated hosts in virtual time, with the real choice of the endpoint and the real queues. */
export async function simulate(scenario: Scenario, { createPolicy, groups }: Contender): Promise<Figures> {
  const clock = createVirtualClock();
  const { now, schedule } = clock;
  const random = createSeededRandom(scenario.seed + 1);
  const trace = makeTrace(scenario);
  const models = new Map(trace.models.map((model) => [model.name, model]));
  const choose = createPolicy();
  const served = createServedEndpoints({ now });
  const endpoints = Array.from({ length: scenario.hostCount }, (_, index) => {
    const host = createSimulatedHost({ name: `host-${index}`, clock, ...scenario });
    const view = createEndpointView({ host, now, pollMs: POLL_MS });
    const limiter = createRequestLimiter({
      provider: host.name,
      maxConcurrent: scenario.parallel,
      maxQueued: Infinity,
      groupMs: groups ? GROUP_MS : 0,
      isLoaded: (model) => view.residency.isLoaded(model),
      loadMs: () => view.residency.meanLoadMs(),
      now,
      schedule,
    });
    return { host, view, limiter };
  });
  const waits = new Map<string, number[]>();

  async function ask(
    conversation: Conversation,
    turn: { client: string; promptTokens: number; newTokens: number; answerTokens: number },
  ) {
    const model = models.get(conversation.model);
    if (model === undefined) throw new Error(`The trace has no model ${conversation.model}.`);
    const askedAt = now();
    const affinityKey = `${model.name} ${conversation.id}`;
    const states = endpoints.map(({ view, limiter }) => view.state(model.name, limiter));
    const name = choose({ endpoints: states, affinityKey, lastServed: served.get(affinityKey), random });
    const chosen = endpoints.find(({ host }) => host.name === name);
    if (chosen === undefined) throw new Error('The policy chose no endpoint.');
    const { host, view, limiter } = chosen;
    if (groups)
      limiter.resize({
        maxConcurrent: scenario.parallel,
        maxQueued: Infinity,
        groupMs: GROUP_MS,
        maxModels: view.residency.maxModels(),
      });
    const permit = await limiter.acquire({ client: turn.client, model: model.name });
    view.residency.noteSent(model.name);
    await new Promise<void>((resolve) =>
      host.serve(
        { model, conversation, ...turn },
        {
          onFirstToken(loadMs) {
            view.residency.noteAnswer(model.name, { loadMs });
            served.set(affinityKey, name);
            waits.set(turn.client, [...(waits.get(turn.client) ?? []), now() - askedAt]);
          },
          onEnd: resolve,
        },
      ),
    );
    view.residency.noteEnd(model.name);
    permit.release();
  }

  async function run(client: string, conversations: readonly Conversation[]): Promise<void> {
    for (const conversation of conversations) {
      let promptTokens = conversation.programTokens;
      let isFirst = true;
      for (const { pauseMs, newTokens, answerTokens } of conversation.turns) {
        await new Promise<void>((resolve) => schedule(resolve, pauseMs));
        promptTokens += newTokens;
        const unread = isFirst ? promptTokens : newTokens;
        await ask(conversation, { client, promptTokens, newTokens: unread, answerTokens });
        promptTokens += answerTokens;
        isFirst = false;
      }
    }
  }

  for (const { name, startsAt, conversations } of trace.clients)
    schedule(() => void run(name, conversations), startsAt);
  await clock.run();

  const all = [...waits.values()].flat().toSorted((a, b) => a - b);
  const means = [...waits.values()].map(mean);
  const total = (count: (host: (typeof endpoints)[number]['host']) => number) =>
    endpoints.reduce((sum, { host }) => sum + count(host), 0);
  return {
    requests: all.length,
    loads: total(({ counts }) => counts.loads),
    rereadTokens: total(({ counts }) => counts.rereadTokens),
    reusedTokens: total(({ counts }) => counts.reusedTokens),
    firstTokenMs: { p50: quantile(all, 0.5), p99: quantile(all, 0.99) },
    durationMs: now(),
    clientMeanMs: { longest: Math.max(...means), shortest: Math.min(...means) },
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

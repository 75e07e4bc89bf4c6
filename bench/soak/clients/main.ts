/** The clients of the soak: a steady load, and on command the faults that clients cause. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../create-random.ts';
import type { Random } from '../create-random.ts';
import { onParentMessage, sendToParent } from '../process-messages.ts';
import type { AnswerOrder } from '../scripted-answer.ts';
import type { ClientCommand, ClientFault } from './client-protocol.ts';
import { holdConnections } from './hold-connections.ts';
import { createOutcomeLog } from './outcome-log.ts';
import { closeConnections, sendChat } from './send-chat.ts';
import type { ChatOptions, GatewayAddress } from './send-chat.ts';

const PAUSE_MS = 100;
const PROBE_INTERVAL_MS = 250;
const PROBE_LIMIT_MS = 60_000;
const HELD_AT_ONCE = 40;
const STALE_REQUESTS = 20;
const LARGE_BYTES = 6 * 1024 * 1024;
const MANY_KEYS = 900;

const log = createOutcomeLog();
const work = new Set<Promise<unknown>>();
let gateway: GatewayAddress = { port: 0, token: '' };
let finished = false;
let requests = 0;

onParentMessage<ClientCommand>((command) => {
  switch (command.type) {
    case 'start':
      gateway = command;
      for (let lane = 0; lane < command.lanes; lane++) track(runLane(createRandom(command.seed + lane)));
      track(probe());
      break;
    case 'fault':
      track(causeFault(command.kind, createRandom(command.seed)));
      break;
    case 'drain':
      for (let count = 0; count < 4; count++) track(chat(orderOf({ words: 30, pauseMs: 20 }), DEFAULT_STREAM));
      break;
    case 'finish':
      track(finish());
      break;
  }
});

const DEFAULT_STREAM: ChatOptions = { model: 'openclaw', stream: true };

function track(promise: Promise<unknown>): void {
  work.add(promise);
  void promise.finally(() => work.delete(promise));
}

/** Sends the report when every request has ended, and once more for those that run while the gateway drains. */
async function finish(): Promise<void> {
  finished = true;
  const others = [...work];
  await Promise.all(others);
  closeConnections();
  sendToParent(log.report());
}

function orderOf({ words, tool = false, pauseMs = 0 }: Partial<AnswerOrder> & { readonly words: number }): AnswerOrder {
  return { id: `r${requests++}`, words, tool, pauseMs };
}

async function chat(order: AnswerOrder, options: ChatOptions): Promise<string | undefined> {
  const reply = await sendChat({ ...gateway, order }, options);
  log.add(reply, { order, stream: options.stream });
  return reply?.answeredBy;
}

async function runLane(random: Random): Promise<void> {
  while (!finished) {
    const order = orderOf({
      words: random.between(2, 60),
      tool: random.next() < 0.2,
      pauseMs: random.next() < 0.2 ? 5 : 0,
    });
    await chat(order, { model: random.pick(['openclaw', 'openclaw/second']), stream: random.next() < 0.5 });
    await sleep(PAUSE_MS * random.next() * 2);
  }
}

/** Asks for health, and for something that needs the token without one. */
async function probe(): Promise<void> {
  while (!finished) {
    const startedAt = performance.now();
    await statusOf('/healthz');
    log.addHealth(performance.now() - startedAt);
    const status = await statusOf('/v1/models');
    if (status !== undefined) log.addUnauthorized(status);
    await sleep(PROBE_INTERVAL_MS);
  }
}

async function statusOf(path: string): Promise<number | undefined> {
  const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
  return fetch(`http://127.0.0.1:${gateway.port}${path}`, { signal }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => undefined,
  );
}

async function causeFault(kind: ClientFault, random: Random): Promise<void> {
  switch (kind) {
    case 'silent':
    case 'half-sent':
    case 'garbage':
      holdConnections({ port: gateway.port, count: HELD_AT_ONCE, start: kind, random });
      return;
    case 'stale':
      for (let count = 0; count < STALE_REQUESTS; count++) {
        log.addStale(await chat(orderOf({ words: 3 }), { model: 'openclaw/reused', stream: count % 2 === 0 }));
      }
      return;
    case 'leave':
      await inParallel(20, () =>
        chat(orderOf({ words: 500, pauseMs: 20 }), { ...DEFAULT_STREAM, leaveAfterChunks: random.between(0, 5) }),
      );
      return;
    case 'slow':
      await inParallel(4, () => chat(orderOf({ words: 20_000 }), { ...DEFAULT_STREAM, readPauseMs: 100 }));
      return;
    case 'large': {
      const padding = 'x'.repeat(LARGE_BYTES);
      const fields = Object.fromEntries(Array.from({ length: MANY_KEYS }, (_, key) => [`unknown_${key}`, key]));
      await Promise.all([
        inParallel(2, () => chat(orderOf({ words: 5 }), { ...DEFAULT_STREAM, padding })),
        inParallel(2, () => chat(orderOf({ words: 5 }), { model: 'openclaw', stream: false, fields })),
      ]);
      return;
    }
  }
}

async function inParallel(count: number, run: () => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: count }, run));
}

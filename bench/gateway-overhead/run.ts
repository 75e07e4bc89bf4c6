/**
 * Measures the overhead of a gateway: `node bench/gateway-overhead/run.ts` (build first; Linux, because it reads
 * /proc). All contenders run on loopback in interleaved rounds, so that a busy machine slows all of them. Compare
 * ratios, not numbers. `--seconds 2 --rounds 3 --connections 1,32,256 --warm-up 5 --without-peer`
 * `compare-builds.ts` compares two builds of this gateway, which differ by far less than these contenders.
 */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../soak/create-random.ts';
import { cpuMs, residentMiB, startOpenClaw, startPortkey, startRaw, startUpstream } from './servers.ts';
import type { Contender } from './servers.ts';
import { measure, messages } from './workloads.ts';
import type { Measured, Workload } from './workloads.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,32,256' },
    'warm-up': { type: 'string', default: '5' },
    'without-peer': { type: 'boolean', default: false },
  },
});
/** The text of each chunk of a paced stream. */
const WORD = ' word';

const durationMs = Number(values.seconds) * 1000;
const rounds = Number(values.rounds);
const random = createRandom(Date.now());
/** Warmed-up combinations of a contender's process, its path, the workload and the connections. */
const warm = new Set<string>();

/** Client APIs besides the chat completions: their path, and what they want in a body besides the messages. */
const OTHER_SURFACES = [
  { name: 'messages', path: '/v1/messages', body: { max_tokens: 100 } },
  { name: 'responses', path: '/v1/responses', body: { input: messages } },
  { name: 'ollama', path: '/api/chat', body: {} },
];

const upstream = await startUpstream();
const gateway = await startOpenClaw({ upstream: upstream.port });
const contenders: Contender[] = [
  upstream,
  await startRaw({ upstream: upstream.port, parsing: false }),
  await startRaw({ upstream: upstream.port, parsing: true }),
  gateway,
];
// What another client API costs beside the chat completions. A process of its own, because the JIT compiler fits code to
// all that it has run: with four APIs in one process, chat completions would cost more than in a build measured alone.
const otherSurfaces = await startOpenClaw({ upstream: upstream.port, name: 'gateway, other APIs' });
for (const { name, path, body } of OTHER_SURFACES) {
  contenders.push({ ...otherSurfaces, name: `gateway, ${name}`, path, body });
}
const peerIsThere = existsSync(join(import.meta.dirname, 'peer/node_modules/@portkey-ai/gateway'));
if (!values['without-peer'] && peerIsThere) contenders.push(await startPortkey({ upstream: upstream.port }));
else if (!values['without-peer'])
  console.log('The peer is not installed: run `npm ci` in bench/gateway-overhead/peer.\n');

await new Promise((resolve) => setTimeout(resolve, 1000));
console.log(
  `This gateway: ready ${gateway.readyMs.toFixed(0)} ms after its start, ${residentMiB(gateway).toFixed(0)} MiB idle.\n`,
);
for (const workload of ['whole', 'stream'] as const) {
  for (const connections of values.connections.split(',').map(Number)) await compare(workload, connections);
}
await pace();
process.exit(0);

async function compare(workload: Workload, connections: number): Promise<void> {
  const results = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await warmUp(contender, { workload, connections });
  for (let round = 0; round < rounds; round++) {
    // A fixed order could favour some of them.
    for (const contender of random.shuffle(contenders)) {
      results.get(contender.name)?.push(await measure(contender, { workload, connections, ms: durationMs }));
    }
  }
  console.log(
    `${workload === 'whole' ? 'whole' : 'stream of 100 chunks'}, ${connections} connection${connections === 1 ? '' : 's'}`,
  );
  const rows = contenders.map(({ name }) => {
    const runs = results.get(name) ?? [];
    const rate = median(runs.map(({ requests, seconds }) => requests / seconds));
    return {
      server: name,
      'req/s': Math.round(rate),
      ...(workload !== 'whole' && {
        'chunks/s': Math.round(median(runs.map(({ chunks, seconds }) => chunks / seconds))),
      }),
      'CPU ms/req': round3(median(runs.map(({ cost }) => cost))),
      'p50 ms': round3(median(runs.map(({ p50 }) => p50))),
      'p99 ms': round3(median(runs.map(({ p99 }) => p99))),
      'first byte ms': round3(median(runs.map(({ firstByte50 }) => firstByte50))),
      failures: runs.reduce((sum, { failures }) => sum + failures, 0),
    };
  });
  const floor = rows[2]?.['req/s'] ?? 1;
  console.table(rows.map((row) => ({ ...row, 'of raw, parsing': round3(row['req/s'] / floor) })));
}

/** Servers run for days, so the JIT compilation of the first seconds is excluded. */
async function warmUp(
  contender: Contender,
  { workload, connections }: { workload: Workload; connections: number },
): Promise<void> {
  // With as many connections as are measured, since code is compiled for what it has run, and with 32 at least, so that a
  // few seconds are many thousands of requests.
  const warming = Math.max(32, connections);
  const key = `${contender.port}${contender.path} ${workload} ${warming}`;
  if (warm.has(key)) return;
  warm.add(key);
  await measure(contender, { workload, connections: warming, ms: Number(values['warm-up']) * 1000 });
}

/** Measures pace and cost of 256 streams of 100 chunks per second each. */
async function pace(): Promise<void> {
  const rows = [];
  for (const contender of contenders.slice(1, 4)) {
    const seconds = 5;
    const body = JSON.stringify({
      model: 'bench/stream',
      messages,
      stream: true,
      paced: true,
    });
    const counts = await listen(contender, { body, streams: 256, seconds });
    rows.push({
      server: contender.name,
      'chunks/s per stream': round3(counts.perStream),
      'slowest stream': round3(counts.slowest),
      cores: round3(counts.cores),
    });
  }
  console.log('256 streams, 100 chunks/s each');
  console.table(rows);
}

async function listen(
  contender: Contender,
  { body, streams, seconds }: { body: string; streams: number; seconds: number },
) {
  const counts = Array.from({ length: streams }, () => 0);
  const sockets = counts.map((_, index) => {
    const socket = connect(contender.port, '127.0.0.1');
    const headers = Object.entries({ host: 'localhost', ...contender.headers, 'content-length': String(body.length) });
    socket.write(
      `POST ${contender.path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
    );
    socket.on('data', (part) => {
      // Counts words, not events, because a gateway may join chunks.
      let words = counts[index] ?? 0;
      for (let at = part.indexOf(WORD); at !== -1; at = part.indexOf(WORD, at + WORD.length)) words++;
      counts[index] = words;
    });
    return socket;
  });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  counts.fill(0);
  const before = cpuMs(contender);
  const startedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - startedAt) / 1000;
  const cores = (cpuMs(contender) - before) / 1000 / elapsed;
  const rates = counts.map((count) => count / elapsed);
  for (const socket of sockets) socket.destroy();
  return { perStream: median(rates), slowest: Math.min(...rates), cores };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}

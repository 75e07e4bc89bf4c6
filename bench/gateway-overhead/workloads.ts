/** The requests of the benchmark, and what they cost a server. */
import { applyLoad } from './load.ts';
import type { LoadResult } from './load.ts';
import { cpuMs } from './servers.ts';
import type { Contender } from './servers.ts';

export const messages = [
  { role: 'system', content: 'You are a helpful assistant. Answer in one sentence.' },
  { role: 'user', content: 'What does a gateway cost? '.repeat(20) },
];

// Ollama's API streams unless it is told not to.
export const WORKLOADS = {
  whole: { model: 'bench/whole', messages, stream: false },
  stream: { model: 'bench/stream', messages, stream: true },
};
export type Workload = keyof typeof WORKLOADS;

export interface Measured extends LoadResult {
  /** CPU milliseconds of the server per request. */
  readonly cost: number;
}

export async function measure(
  contender: Contender,
  { workload, connections, ms }: { workload: Workload; connections: number; ms: number },
): Promise<Measured> {
  const body = JSON.stringify({ ...WORKLOADS[workload], ...contender.body });
  const before = cpuMs(contender);
  const result = await applyLoad({ ...contender, body, connections, durationMs: ms });
  return { ...result, cost: (cpuMs(contender) - before) / result.requests };
}

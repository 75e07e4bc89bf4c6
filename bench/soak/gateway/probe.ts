/**
 * Runs inside the gateway's process (`--import`): reports memory after a collection, and the timers that keep it alive.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayInside } from './gateway-process.ts';

/** Buffers are freed after the collection that found them unused. */
const BETWEEN_COLLECTIONS_MS = 200;

process.on('message', () => void report());

async function report(): Promise<void> {
  globalThis.gc?.();
  await sleep(BETWEEN_COLLECTIONS_MS);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const inside: GatewayInside = { heldMiB: (heapUsed + external) / 2 ** 20, timers };
  process.send?.(JSON.stringify(inside), undefined, undefined, () => {});
}

// The channel to the parent must not keep the gateway alive.
process.channel?.unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../clients/start-clients.ts';
import { createRandom } from '../create-random.ts';
import type { Random } from '../create-random.ts';
import type { GatewayProcess } from '../gateway/gateway-process.ts';
import type { FaultKind, PlannedFault } from '../plan-faults.ts';
import type { UpstreamMode } from '../upstreams/upstream-mode.ts';
import type { Upstream } from '../upstreams/start-upstream.ts';
import type { ConfigFile } from './config-file.ts';
import type { TinyDisk } from './tiny-disk.ts';

/** Everything that faults act on. */
export interface FaultTargets {
  readonly gateway: GatewayProcess;
  /** Each is the other one's fallback. */
  readonly upstreams: readonly Upstream[];
  readonly clients: Clients;
  readonly configFile: ConfigFile;
  /** Absent where it could not be mounted; then the fault `disk` is skipped. */
  readonly disk: TinyDisk | undefined;
}

export interface FaultInjector {
  /** Injects one fault, and takes it back when its time is over. Faults of one target wait for each other. */
  inject(fault: PlannedFault): Promise<void>;
  /** How many were injected, by kind. */
  counts(): Partial<Record<FaultKind, number>>;
}

export function createFaultInjector(targets: FaultTargets): FaultInjector {
  const counts: Partial<Record<FaultKind, number>> = {};
  const turns = new Map<object, Promise<void>>();

  /** After the fault that the target has now; a fault that fails must not hide the next one. */
  function inTurn(target: object, run: () => Promise<void>): Promise<void> {
    const before = turns.get(target) ?? Promise.resolve();
    const turn = before.then(run, run);
    turns.set(target, turn);
    return turn;
  }

  async function inject({ kind, forMs, seed }: PlannedFault): Promise<void> {
    const random = createRandom(seed);
    const { gateway, clients, configFile, disk } = targets;
    if (kind === 'disk' && disk === undefined) return;
    counts[kind] = (counts[kind] ?? 0) + 1;
    switch (kind) {
      case 'kill':
      case 'stop':
      case 'cut':
      case 'storm':
      case 'broken-replies':
        return disturbUpstream({ kind, forMs, random });
      case 'disk':
        return inTurn(configFile, async () => {
          disk?.fill();
          await sleep(forMs);
          disk?.free();
        });
      case 'log-stall':
        return inTurn(gateway, async () => {
          gateway.pauseLogReader();
          await sleep(forMs);
          gateway.resumeLogReader();
        });
      case 'config':
        return inTurn(configFile, () => configFile.edit({ random, forMs }));
      case 'stale':
      case 'leave':
      case 'slow':
      case 'silent':
      case 'half-sent':
      case 'garbage':
      case 'large':
        clients.send({ type: 'fault', kind, seed });
    }
  }

  function disturbUpstream({ kind, forMs, random }: Disturbance): Promise<void> {
    const upstream = random.pick(targets.upstreams);
    return inTurn(upstream, async () => {
      if (kind === 'kill') {
        await upstream.kill();
        await sleep(forMs);
        await upstream.restart();
      } else if (kind === 'stop') {
        upstream.pause();
        await sleep(forMs);
        upstream.resume();
      } else {
        upstream.setMode(MODES[kind]);
        await sleep(forMs);
        upstream.setMode('normal');
      }
    });
  }

  return { inject, counts: () => counts };
}

interface Disturbance {
  readonly kind: 'kill' | 'stop' | keyof typeof MODES;
  readonly forMs: number;
  readonly random: Random;
}

const MODES = { cut: 'cut', storm: 'storm', 'broken-replies': 'broken' } as const satisfies Record<
  string,
  UpstreamMode
>;

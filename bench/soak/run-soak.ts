import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@openclaw/ollama-simulator';
import { startClients } from './clients/start-clients.ts';
import { checkInvariants, MAX_DESCRIPTOR_GROWTH } from './check-invariants.ts';
import { createConfigFile } from './faults/config-file.ts';
import { createFaultInjector } from './faults/fault-injectors.ts';
import { mountTinyDisk } from './faults/tiny-disk.ts';
import { gatewayConfig, SHUTDOWN_TIMEOUT_MS } from './gateway/gateway-config.ts';
import { startGatewayProcess } from './gateway/gateway-process.ts';
import type { GatewayProcess } from './gateway/gateway-process.ts';
import { readGateway } from './gateway/read-gateway.ts';
import type { GatewayView } from './gateway/read-gateway.ts';
import { planFaults } from './plan-faults.ts';
import type { FaultKind } from './plan-faults.ts';
import type { RestingGateway, SoakFigures } from './soak-figures.ts';
import { startUpstream } from './upstreams/start-upstream.ts';
import type { Upstream } from './upstreams/start-upstream.ts';

export interface SoakOptions {
  /** How long the load lasts; settling and stopping come on top. */
  readonly seconds: number;
  /** Decides every fault. */
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
  /** Clients that ask one request after the other. */
  readonly lanes: number;
  /** Whether the built bundle is started, in place of the sources. */
  readonly built: boolean;
}

export interface SoakReport {
  readonly figures: SoakFigures;
  /** Empty when every invariant holds. */
  readonly violations: readonly string[];
}

const TOKEN = 'soak-token-0123456789';
const SAMPLE_MS = 500;
const SETTLE_LIMIT_MS = 30_000;
const RELOAD_LIMIT_MS = 15_000;
/** What the exit may take beyond the time that running answers get. */
const EXIT_SLACK_MS = 15_000;

/** Runs a gateway under load and faults, and checks its invariants. Linux only. */
export async function runSoak({ seconds, seed, kinds, lanes, built }: SoakOptions): Promise<SoakReport> {
  const directory = mkdtempSync(join(tmpdir(), 'openclaw-soak-'));
  const disk = kinds.includes('disk') ? mountTinyDisk(join(directory, 'disk')) : undefined;
  const [scripted, simulator, stale] = await Promise.all([
    startUpstream('scripted'),
    startUpstream('simulator'),
    startUpstream('scripted'),
  ]);
  stale.setMode('stale');
  const upstreams = [scripted, simulator, stale];
  const ports = { scripted: scripted.port, simulator: simulator.port, stale: stale.port };
  const logFile = disk === undefined ? undefined : join(disk.directory, 'gateway.log');
  const configFile = createConfigFile(
    join(directory, 'openclaw.json'),
    gatewayConfig({ token: TOKEN, ports, logFile }),
  );
  const address = { port: await findFreePort(), token: TOKEN };
  const gateway = await startGatewayProcess({ directory, port: address.port, built });
  const clients = startClients();
  try {
    await readGateway(address);
    const before = await look(gateway);
    const injector = createFaultInjector({
      gateway,
      upstreams: [scripted, simulator],
      clients,
      configFile,
      disk,
    });
    clients.send({ type: 'start', ...address, lanes, seed });
    const resident = sampleResident(gateway);
    const injected = planFaults({ seconds, seed, kinds }).map(async (fault) => {
      await sleep(fault.atMs);
      await injector.inject(fault);
    });
    await sleep(seconds * 1000);
    await Promise.allSettled(injected);
    const residentMiB = resident.stop();
    await clients.finish().catch(() => undefined);
    const earlier = await readGateway(address);
    configFile.writeChanged();
    const configApplied = await within(RELOAD_LIMIT_MS, async () => {
      const view = await readGateway(address);
      return view !== undefined && view.loadedAt > (earlier?.loadedAt ?? 0);
    });
    await within(SETTLE_LIMIT_MS, async () => gateway.descriptors() <= before.descriptors + MAX_DESCRIPTOR_GROWTH);
    const after = await look(gateway);
    const view = await readGateway(address);
    const activeUpstream = await countActive(upstreams);
    clients.send({ type: 'drain' });
    const exit = await stop(gateway, { stalled: kinds.includes('log-stall'), view });
    const figures: SoakFigures = {
      faults: injector.counts(),
      skipped: kinds.filter((kind) => kind === 'disk' && disk === undefined),
      clients: await clients.finish().catch(() => undefined),
      before,
      after,
      residentMiB,
      view,
      activeUpstream,
      configApplied,
      exit,
    };
    return { figures, violations: checkInvariants(figures) };
  } finally {
    await gateway.stop({ limitMs: 0 });
    clients.stop();
    await Promise.all(upstreams.map((upstream) => upstream.kill()));
    disk?.unmount();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function look(gateway: GatewayProcess): Promise<RestingGateway> {
  const inside = await gateway.inside();
  return { descriptors: gateway.descriptors(), residentMiB: gateway.residentMiB(), inside };
}

function sampleResident(gateway: GatewayProcess) {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(gateway.residentMiB()), SAMPLE_MS);
  const quarter = (number: number) =>
    median(samples.slice((samples.length * number) / 4, (samples.length * (number + 1)) / 4));
  return {
    stop() {
      clearInterval(timer);
      return { middle: quarter(1), thirdQuarter: quarter(2), lastQuarter: quarter(3) };
    },
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;
}

async function within(limitMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const endsAt = performance.now() + limitMs;
  while (performance.now() < endsAt) {
    if (await holds()) return true;
    await sleep(SAMPLE_MS);
  }
  return false;
}

async function countActive(upstreams: readonly Upstream[]): Promise<number> {
  const counts = await Promise.all(upstreams.map((upstream) => upstream.activeRequests()));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Stops the gateway during answers, and, if the log is among the faults, while its log has no reader. */
async function stop(
  gateway: GatewayProcess,
  { stalled, view }: { stalled: boolean; view: GatewayView | undefined },
): Promise<SoakFigures['exit']> {
  if (stalled) gateway.pauseLogReader();
  // The answers that run shall be under way.
  if (view !== undefined) await sleep(SAMPLE_MS);
  const startedAt = performance.now();
  const code = await gateway.stop({ limitMs: SHUTDOWN_TIMEOUT_MS + EXIT_SLACK_MS });
  return { code, ms: performance.now() - startedAt };
}

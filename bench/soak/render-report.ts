import { MAX_HELD_GROWTH_MIB, MAX_RESIDENT_GROWTH_MIB } from './check-invariants.ts';
import type { SoakReport } from './run-soak.ts';

/** The figures as a table, and the invariants that do not hold. */
export function renderReport({ figures, violations }: SoakReport): string {
  const { clients, before, after, residentMiB, view, faults, skipped, exit } = figures;
  const whole = (number: number | undefined) => (number === undefined ? '?' : String(Math.round(number)));
  const rows: readonly (readonly [string, string])[] = [
    ['requests', whole(clients?.requests)],
    ...Object.entries(clients?.outcomes ?? {}).map(([outcome, count]) => [`  ${outcome}`, String(count)] as const),
    ['  cancelled by the client', whole(clients?.left)],
    ['latency of complete answers', `p50 ${whole(clients?.latencyMs.p50)} ms, p99 ${whole(clients?.latencyMs.p99)} ms`],
    ['slowest /healthz', `${whole(clients?.slowestHealthMs)} ms`],
    ['stale connections', `${whole(clients?.stale.primary)} by the primary, ${whole(clients?.stale.other)} not`],
    [
      'resident memory',
      `start ${whole(before.residentMiB)}, middle ${whole(residentMiB.middle)}, end ${whole(after.residentMiB)} MiB`,
    ],
    [
      '  third and last quarter',
      `${whole(residentMiB.thirdQuarter)}, ${whole(residentMiB.lastQuarter)} MiB (may grow by ${MAX_RESIDENT_GROWTH_MIB})`,
    ],
    [
      'memory in use',
      `start ${whole(before.inside?.heldMiB)}, end ${whole(after.inside?.heldMiB)} MiB (may grow by ${MAX_HELD_GROWTH_MIB})`,
    ],
    ['descriptors', `start ${before.descriptors}, end ${after.descriptors}`],
    ['timers', `start ${whole(before.inside?.timers)}, end ${whole(after.inside?.timers)}`],
    ['in flight at the end', `${whole(view?.inFlight)} requests, ${figures.activeUpstream} at upstreams`],
    ['dropped log lines', view?.droppedLogLines === undefined ? 'not counted' : String(view.droppedLogLines)],
    ['exit', `code ${exit.code ?? 'none, killed'} after ${whole(exit.ms)} ms`],
    ...Object.entries(faults).map(([kind, count]) => [`fault ${kind}`, String(count)] as const),
    ...skipped.map((kind) => [`fault ${kind}`, 'skipped: mounting a small file system takes root'] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  if (violations.length === 0) return `${table}\n\nEvery invariant holds.\n`;
  const examples = clients?.examples.map((example) => `    ${example}`) ?? [];
  return [table, '', 'VIOLATED:', ...violations.map((line) => `  ${line}`), '  For example:', ...examples, ''].join(
    '\n',
  );
}

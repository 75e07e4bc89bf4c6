import { CLEAR_OUTCOMES } from './clients/classify-reply.ts';
import type { Outcome } from './clients/classify-reply.ts';
import type { SoakFigures } from './soak-figures.ts';

/** What the gateway may hold more after the soak than before it, after a collection. */
export const MAX_HELD_GROWTH_MIB = 24;
/** What resident memory may grow from the third quarter of the load to the last one. */
export const MAX_RESIDENT_GROWTH_MIB = 64;
/** Descriptors beyond those of the idle gateway: a connection that the soak itself uses to look. */
export const MAX_DESCRIPTOR_GROWTH = 3;
const MAX_TIMER_GROWTH = 2;
/** Requests over stale connections that may go to the fallback. */
const MAX_STALE_SHARE = 0.1;

/** What went wrong, one line each; empty when every invariant holds. */
export function checkInvariants(figures: SoakFigures): string[] {
  const { clients, before, after, residentMiB, view, activeUpstream, configApplied, exit } = figures;
  const violations: string[] = [];
  const check = (holds: boolean, violation: string) => void (holds || violations.push(violation));

  if (clients === undefined) violations.push('The clients did not finish: requests hang.');
  else {
    for (const [outcome, count] of Object.entries(clients.outcomes)) {
      check(isClear(outcome), `${count} requests ended as "${outcome}".`);
    }
    check((clients.outcomes.complete ?? 0) > 0, 'No request was answered.');
    check(clients.letIn === 0, `${clients.letIn} requests without a token were not refused with 401.`);
    const { primary, other } = clients.stale;
    const tooMany = other > (primary + other) * MAX_STALE_SHARE;
    check(!tooMany, `${other} of ${primary + other} requests over stale connections were not answered by the primary.`);
  }
  if (view === undefined) violations.push('The gateway does not answer /status and /metrics after the load.');
  else {
    check(view.inFlight === 0, `${view.inFlight} requests are still in flight by /status or /metrics.`);
    check(view.running === 0, `${view.running} requests still hold or wait for a place at a provider.`);
  }
  check(configApplied, 'A valid edit of the configuration was not put in force after the faults.');
  check(activeUpstream === 0, `${activeUpstream} requests are still open at upstreams.`);
  check(
    residentMiB.lastQuarter - residentMiB.thirdQuarter <= MAX_RESIDENT_GROWTH_MIB,
    `Resident memory grew by ${Math.round(residentMiB.lastQuarter - residentMiB.thirdQuarter)} MiB in the last quarter.`,
  );
  check(
    after.descriptors - before.descriptors <= MAX_DESCRIPTOR_GROWTH,
    `${after.descriptors} descriptors are open after the load, ${before.descriptors} before it.`,
  );
  if (before.inside === undefined || after.inside === undefined)
    violations.push('The process of the gateway has ended, or is frozen.');
  else {
    const heldMiB = after.inside.heldMiB - before.inside.heldMiB;
    check(heldMiB <= MAX_HELD_GROWTH_MIB, `Memory in use grew by ${Math.round(heldMiB)} MiB.`);
    const timers = after.inside.timers - before.inside.timers;
    check(timers <= MAX_TIMER_GROWTH, `${timers} more timers than before the load keep the process alive.`);
  }
  check(
    exit.code === 0,
    `SIGTERM did not lead to exit code 0 in time: ${exit.code ?? 'killed'} after ${Math.round(exit.ms)} ms.`,
  );
  return violations;
}

function isClear(outcome: string): boolean {
  const clear: ReadonlySet<string> = CLEAR_OUTCOMES satisfies ReadonlySet<Outcome>;
  return clear.has(outcome);
}

import { FALLBACK_POLICY } from '@openclaw/model-selection';
import type { CircuitRecord } from '@openclaw/model-selection';
import type { ProviderErrorCode } from '@openclaw/provider';

/** A circuit without what it is for. */
export type CircuitFields = Omit<CircuitRecord, 'endpoint' | 'model'>;

/**
 * Encodes a change for the store, in arguments of `CHANGE_CIRCUIT`: durations instead of times, as no two clocks agree.
 * The message of the failure stays here, since it may quote a server. Nothing for a closed circuit.
 */
export function encodeCircuit(
  fields: CircuitFields | undefined,
  { now }: { readonly now: number },
): readonly (string | number)[] {
  if (fields === undefined) return [];
  const { failures, code, openedAt, retryAt, probeUntil = 0 } = fields;
  return [
    failures,
    code,
    ...[now - openedAt, retryAt - now, probeUntil - now].map((ms) => Math.max(0, Math.round(ms))),
  ];
}

/** Decodes a circuit of the store into times of the local clock. `undefined` for a closed one. */
export function decodeCircuit(
  value: string,
  { now, serverNow }: { readonly now: number; readonly serverNow: number },
): CircuitFields | undefined {
  const [, failures, code = '', openedAt, retryAt, probeUntil] = value.split(' ');
  if (!isProviderErrorCode(code)) return undefined;
  const toLocal = (time: string | undefined): number => now + Number(time) - serverNow;
  return {
    failures: Number(failures),
    code,
    message: `Another gateway reported ${code}.`,
    openedAt: toLocal(openedAt),
    retryAt: toLocal(retryAt),
    ...(Number(probeUntil) > 0 && { probeUntil: toLocal(probeUntil) }),
  };
}

function isProviderErrorCode(code: string): code is ProviderErrorCode {
  return Object.hasOwn(FALLBACK_POLICY, code);
}

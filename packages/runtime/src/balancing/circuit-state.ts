import type { CircuitStatus, EndpointState } from '@openclaw/model-selection';

/**
 * The state of several circuits together: open if one of them lets no request pass, half-open if one is due for a
 * probe.
 *
 * @param circuits Those that are not closed.
 */
export function circuitState(circuits: readonly CircuitStatus[]): EndpointState['circuit'] {
  if (circuits.some(({ state }) => state !== 'probe-due')) return 'open';
  return circuits.length > 0 ? 'half-open' : 'closed';
}

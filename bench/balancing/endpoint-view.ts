import type { EndpointState } from '@openclaw/model-selection';
import { createModelResidency } from '../../packages/runtime/src/balancing/model-residency.ts';
import type { ModelResidency } from '../../packages/runtime/src/balancing/model-residency.ts';
import type { RequestLimiter } from '../../packages/runtime/src/request-limiter.ts';
import type { SimulatedHost } from './simulated-host.ts';

/** What a gateway knows of a host: what it saw itself, and what the host listed when it was last asked. */
export interface EndpointView {
  readonly residency: ModelResidency;
  state(model: string, limiter: RequestLimiter): EndpointState;
}

export interface EndpointViewOptions {
  readonly host: SimulatedHost;
  readonly now: () => number;
  /** The host is asked for its loaded models when a request finds the list older than this. */
  readonly pollMs: number;
}

export function createEndpointView({ host, now, pollMs }: EndpointViewOptions): EndpointView {
  const residency = createModelResidency({ now });
  return {
    residency,
    state(model, limiter) {
      if (residency.ageMs() >= pollMs) residency.update(host.loadedModels().map((name) => ({ name })));
      const { running, queued, maxConcurrent, busyMs } = limiter.counts();
      return {
        endpoint: host.name,
        weight: 1,
        circuit: 'closed',
        residency: 'known',
        outstanding: running,
        queued,
        maxConcurrent,
        ...(busyMs !== undefined && { busyMs }),
        ...residency.facts(model),
      };
    },
  };
}

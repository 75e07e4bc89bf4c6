import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ClusterStatus } from '@openclaw/cluster-store';
import type { Runtime } from '@openclaw/runtime/internal';
import type { GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import type { Cluster } from './cluster.ts';

/**
 * Joins the cluster of `gateway.cluster`, and lets the runtime share circuits and permits with it. The client of the
 * store is loaded only if there is one. A store that does not answer is no error.
 * @returns `undefined` without the setting
 * @throws {GatewayError} `invalid-settings`
 */
export async function openCluster(
  runtime: Runtime,
  { logger }: { readonly logger: GatewayLogger },
): Promise<Cluster | undefined> {
  const { cluster } = runtime.loaded.config.gateway;
  if (cluster === undefined) return undefined;
  const { ClusterStoreError, connectClusterStore } = await import('@openclaw/cluster-store');
  try {
    const store = await connectClusterStore({
      ...cluster,
      gatewayId: createGatewayId(),
      onChange: (status) => logState(logger, status),
    });
    runtime.share(store);
    const status = store.status();
    if (status.state === 'alone') logState(logger, status);
    return store;
  } catch (error) {
    if (!(error instanceof ClusterStoreError)) throw error;
    throw new GatewayError('invalid-settings', `gateway.cluster.url: ${error.message}`);
  }
}

/** Other members and people see it. The random part tells restarts of a gateway apart. */
function createGatewayId(): string {
  return `${hostname().replaceAll(/[^\w.-]/g, '')}-${randomBytes(4).toString('hex')}`;
}

function logState(logger: GatewayLogger, { state, reason, members }: ClusterStatus): void {
  if (state === 'joined') logger.info({ members }, 'joined the cluster: limits count for all gateways');
  else
    logger.warn({ reason, members }, 'the cluster store does not answer: going on alone, with a share of each limit');
}

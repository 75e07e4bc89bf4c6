import type { Endpoints } from './balancing/create-endpoints.ts';
import { isSameOllamaName } from './catalog-entries.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { OllamaRequest, OllamaServer } from './runtime.ts';
import type { Session } from './session.ts';

export interface FindOllamaSetupsOptions {
  readonly session: Session;
  readonly endpoints: Pick<Endpoints, 'inOrder'>;
}

/**
 * The servers that a request to the native API may go to, the best first: the endpoint that it names; otherwise those
 * that have the model of its body; otherwise the first one.
 */
export function findOllamaSetups(
  { provider, endpoint, body }: OllamaRequest,
  { session, endpoints }: FindOllamaSetupsOptions,
): readonly ProviderSetup[] {
  const servers = session.setups.filter(({ id, server }) => id === provider && server === 'ollama');
  if (endpoint !== undefined) return servers.filter((setup) => setup.endpoint?.name === endpoint);
  const name = body !== undefined && 'model' in body ? body.model : undefined;
  if (servers.length < 2 || typeof name !== 'string') return servers.slice(0, 1);
  const { inventory } = session.catalog();
  const model = [...inventory.models, ...inventory.hidden.map((hidden) => hidden.model)].find(
    (one) => one.provider === provider && isSameOllamaName(one.model, name),
  );
  const targets = model === undefined ? [] : endpoints.inOrder(model, session);
  const setups = targets.flatMap((target) => session.setupOf(target).setup ?? []);
  return setups.length === 0 ? servers.slice(0, 1) : setups;
}

/** The Ollama servers of the configuration, and the addresses of their native API. */
export function listOllamaServers(setups: readonly ProviderSetup[]): readonly OllamaServer[] {
  return setups.flatMap(({ id, endpoint, server, nativeUrl }) =>
    server !== 'ollama' || nativeUrl === undefined
      ? []
      : [{ provider: id, ...(endpoint !== undefined && { endpoint: endpoint.name }), url: nativeUrl }],
  );
}

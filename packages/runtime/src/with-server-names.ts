import { findDescribed } from './catalog-entries.ts';
import type { ServerInventory } from './discovery/server-inventory.ts';
import type { ProviderSetup } from './provider-setup.ts';
import { repeatsProvider } from './repeats-provider.ts';

/**
 * The setup with the listed models under the names that the server knows. An id that repeats its provider means the
 * model without that prefix, unless the server has a model of exactly that name. The same setup if nothing changes.
 */
export function withServerNames(setup: ProviderSetup, discovery: ServerInventory | undefined): ProviderSetup {
  const isRepeated = (id: string): boolean =>
    repeatsProvider(setup.id, id) && findDescribed(discovery, id) === undefined;
  if (setup.server !== 'ollama' || !setup.models.some(({ id }) => isRepeated(id))) return setup;
  const models = setup.models.map((model) =>
    isRepeated(model.id) ? { ...model, id: model.id.slice(setup.id.length + 1) } : model,
  );
  return { ...setup, models };
}

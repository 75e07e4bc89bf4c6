import { findCatalogModel } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { Inventory } from './runtime.ts';

/** A model that a client API lists. */
export interface ModelEntry {
  readonly type: 'model' | 'embedding-model';
  readonly model: CatalogModel;
  /** When the model was last changed on its server, or else when the configuration was read. Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface ModelEntriesOptions {
  /** When the configuration was read, in milliseconds since 1970. */
  readonly loadedAt: number;
}

/** The models that a client API lists: those that answer, then those for embeddings only. */
export function modelEntries(
  { models, hidden }: Pick<Inventory, 'models' | 'hidden'>,
  { loadedAt }: ModelEntriesOptions,
): readonly ModelEntry[] {
  const embedding = hidden.filter(({ code }) => code === 'embedding-only').map(({ model }) => model);
  const entry = (type: ModelEntry['type']) => (model: CatalogModel) => ({
    type,
    model,
    createdAt: model.modifiedAt ?? loadedAt,
  });
  return [...models.map(entry('model')), ...embedding.map(entry('embedding-model'))];
}

export interface FindModelEntryOptions extends Pick<Inventory, 'problems'> {
  /** A reference, an alias, or a bare name that only one provider has. */
  readonly id: string;
}

/**
 * The entry of a model, `undefined` if there is none.
 * @throws {ProviderError} `connection-failed` if there is none, and a server that may have it could not be reached
 */
export function findModelEntry(
  entries: readonly ModelEntry[],
  { id, problems }: FindModelEntryOptions,
): ModelEntry | undefined {
  const models = entries.map(({ model }) => model);
  const found = findCatalogModel(models, id);
  if (found !== undefined) return entries[models.indexOf(found)];
  const unreachable = problems.filter(({ code }) => code === 'unreachable').map(({ message }) => message);
  if (unreachable.length > 0) throw new ProviderError('connection-failed', unreachable.join(' '));
  return undefined;
}

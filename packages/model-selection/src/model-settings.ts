import type { CatalogModel } from './catalog-model.ts';
import { normalizeModelName } from './model-name.ts';
import { tryParseModelRef } from './model-ref.ts';

export interface FindModelSettingsOptions<Settings> {
  /** `agents.defaults.models`: settings by reference. */
  readonly models: Readonly<Record<string, Settings>>;
  /** For a provider that tags its models: the tag that a name without one means. Its names are compared without case. */
  readonly defaultTag?: string | undefined;
}

/** Finds what a configuration says of a model: under exactly its reference, or else under another spelling of it. */
export function findModelSettings<Settings>(
  { provider, model }: Pick<CatalogModel, 'provider' | 'model'>,
  { models, defaultTag }: FindModelSettingsOptions<Settings>,
): Settings | undefined {
  const ofProvider = Object.entries(models).flatMap(([ref, settings]) => {
    const parsed = tryParseModelRef(ref);
    return parsed?.provider === provider ? [{ name: parsed.model, settings }] : [];
  });
  const exact = ofProvider.find(({ name }) => name === model);
  if (exact !== undefined || defaultTag === undefined) return exact?.settings;
  const wanted = normalizeModelName(model, { defaultTag });
  return ofProvider.find(({ name }) => normalizeModelName(name, { defaultTag }) === wanted)?.settings;
}

/** The two places where a configuration says whether a model streams. */
export interface StreamingSettings {
  readonly streaming?: boolean | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether a model's settings switch streaming on or off; `undefined` when they say nothing. */
export function streamingSetting({ streaming, params }: StreamingSettings): boolean | undefined {
  const inParams = params?.['streaming'];
  return streaming ?? (typeof inParams === 'boolean' ? inParams : undefined);
}

import type { CatalogModel, CatalogProvider } from './catalog-model.ts';
import { tryParseModelRef } from './model-ref.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import { nearestNames } from './nearest-names.ts';
import { quoteName } from './quote-name.ts';

interface UnknownModelContext {
  readonly models: readonly CatalogModel[];
  readonly providers: readonly CatalogProvider[];
  /** Ids of all providers, in lower case. */
  readonly known: ReadonlySet<string>;
}

/** The error of an unknown name, with similar names. */
export function unknownModelError(
  wanted: string,
  { models, providers, known }: UnknownModelContext,
): ModelSelectionError {
  const ref = tryParseModelRef(wanted);
  const id = ref?.provider;
  const code = id === undefined || known.has(id) ? 'unknown-model' : 'unknown-provider';
  const candidates = nearestNames(wanted, {
    among: models.map((model) => ({ ref: model.ref, names: namesOf(model) })),
  });
  const provider = providers.find((one) => one.id.toLowerCase() === id);
  const parts = [
    `There is no model ${quoteName(wanted)}${code === 'unknown-provider' ? `: no provider ${quoteName(id ?? '')} is configured` : ''}.`,
    candidates.length > 0 && `Did you mean ${candidates.join(' or ')}?`,
    models.length === 0 && 'No models are known.',
    unlisted(providers),
  ];
  const message = parts.filter((part) => part !== false).join(' ');
  return new ModelSelectionError(code, message, { wanted, candidates, commands: provider?.commands });
}

function namesOf({ ref, provider, model, aliases }: CatalogModel): string[] {
  const untagged = model.replace(/:[^/:]*$/, '');
  return [ref, `${provider}/${untagged}`, model, untagged, ...aliases];
}

function unlisted(providers: readonly CatalogProvider[]): string | false {
  const ids = providers.filter(({ assume }) => assume !== undefined).map(({ id }) => id);
  return (
    ids.length > 0 && `The models of ${ids.join(', ')} could not be listed. Write their names as ${ids[0]}/<model>.`
  );
}

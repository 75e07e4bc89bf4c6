import { ModelSelectionError, tryParseModelRef } from '@openclaw/model-selection';
import type { ModelSelectionErrorCode } from '@openclaw/model-selection';
import { findDisabledOllama } from './find-disabled-ollama.ts';
import type { FindDisabledOllamaOptions } from './find-disabled-ollama.ts';
import type { ProviderProblem } from './runtime.ts';
import { NoModelFoundError } from './selection-errors.ts';
import type { Session } from './session.ts';

/** Errors that a list which could not be loaded may have caused. */
const DEPENDS_ON_LISTS: Readonly<Record<ModelSelectionErrorCode, boolean>> = {
  'ambiguous-name': false,
  'invalid-reference': false,
  'no-image-model': false,
  'no-model-configured': true,
  'no-tool-model': false,
  'no-usable-model': true,
  'unknown-model': true,
  'unknown-provider': true,
};

/**
 * Adds what the servers said to an error of the selection. If the list of a server that may have the model could not be
 * loaded, the request did not fail because of the name that the client sent.
 */
export async function explainNoModel(
  error: unknown,
  { session, ...options }: FindDisabledOllamaOptions & { readonly session: Session },
): Promise<unknown> {
  if (!(error instanceof ModelSelectionError) || !DEPENDS_ON_LISTS[error.code]) return error;
  const { inventory } = session.catalog();
  const unknown = [
    ...inventory.problems.filter(({ code }) => code === 'unreachable'),
    ...unansweredLists(session, options),
  ].filter(mayHave(error.wanted, session));
  if (unknown.length > 0) return new NoModelFoundError(error, { problems: unknown, hidden: [] });
  if (error.code !== 'no-model-configured' || inventory.models.length > 0) return error;
  const problems = [...inventory.problems, ...(await findDisabledOllama(session, options))];
  const { hidden } = inventory;
  return problems.length === 0 && hidden.length === 0 ? error : new NoModelFoundError(error, { problems, hidden });
}

/** Servers that have neither answered nor failed yet: the request waited as long as it may. */
function unansweredLists(
  { setups }: Session,
  { states }: Pick<FindDisabledOllamaOptions, 'states'>,
): readonly ProviderProblem[] {
  return setups
    .filter((setup) => setup.discovers && states.remembered(setup) === undefined)
    .map(({ id: provider, nativeUrl, baseUrl }) => {
      const url = nativeUrl ?? baseUrl;
      const message = `${provider} at ${url} has not listed its models yet.`;
      return { provider, code: 'unreachable', url, message, stale: false };
    });
}

/** A name that starts with a provider belongs to that provider. Any other name may belong to each of them. */
function mayHave(wanted: string | undefined, { setups }: Session): (problem: ProviderProblem) => boolean {
  const provider = tryParseModelRef(wanted ?? '')?.provider;
  const isKnown = setups.some(({ id }) => id === provider);
  return (problem) => !isKnown || problem.provider === provider;
}

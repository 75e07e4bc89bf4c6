import type { DiscoveryStates } from './discovery-state.ts';
import type { ProviderProblem } from './runtime.ts';
import type { Session } from './session.ts';

export interface FindDisabledOllamaOptions {
  readonly states: DiscoveryStates;
  readonly maxAgeMs: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal | undefined;
}

/** How many names a message lists. */
const MAX_NAMES = 5;

/** Looks for a running Ollama that the configuration does not enable. Its models are reported, and not used. */
export async function findDisabledOllama(
  { disabledOllama: setup }: Session,
  { states, ...options }: FindDisabledOllamaOptions,
): Promise<readonly ProviderProblem[]> {
  if (setup === undefined) return [];
  const state = await states.ask(setup, options);
  if (state?.discovery === undefined || state.problem !== undefined) return [];
  const { models, hidden } = state.discovery;
  const { nativeUrl: url = setup.baseUrl } = setup;
  const message = `Ollama is running at ${url} ${describeNames([...models, ...hidden])}, but it is not enabled, so no model of it is used.`;
  const nextCommand = 'openclaw config set models.providers.ollama.apiKey "ollama-local"';
  return [{ provider: setup.id, code: 'not-enabled', url, message, nextCommand, stale: false }];
}

function describeNames(models: readonly { readonly name: string }[]): string {
  if (models.length === 0) return 'without models';
  const names = models.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = models.length > MAX_NAMES ? ` and ${models.length - MAX_NAMES} more` : '';
  return `with ${models.length === 1 ? 'one model' : `${models.length} models`} (${names.join(', ')}${more})`;
}

import type { Discovery } from './discover-models.ts';
import type { DiscoveredModel } from './discovered-model.ts';
import { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';

/** A provider's entry (`models.providers.ollama`), as `@openclaw/config` accepts it. */
export interface ProviderEntry {
  /** Root of the OpenAI-compatible API: `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
  /** Ollama's own API: only it can set the context length. */
  readonly api: 'ollama';
  readonly models: readonly ProviderEntryModel[];
}

/** A model of such an entry. */
export type ProviderEntryModel = Pick<
  DiscoveredModel,
  'reasoning' | 'input' | 'contextWindow' | 'maxTokens' | 'cost'
> & {
  readonly id: string;
  readonly name: string;
};

/** Converts the offered models of a discovery to an entry that can be edited by hand. Hidden models are omitted. */
export function toProviderEntry({ baseUrl, models }: Discovery): ProviderEntry {
  return {
    baseUrl: resolveOllamaBaseUrl({ baseUrl }).openAiUrl,
    api: 'ollama',
    models: models.map(({ name, reasoning, input, contextWindow, maxTokens, cost }) => ({
      id: name,
      name,
      reasoning,
      input,
      contextWindow,
      maxTokens,
      cost,
    })),
  };
}

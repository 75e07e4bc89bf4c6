import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { createOpenAICompatProvider } from '@openclaw/provider-openai-compat';
import type { OpenAICompatProvider } from '@openclaw/provider-openai-compat';
import type { Timeouts } from '@openclaw/provider';
import type { Ask } from '../src/candidate-request.ts';
import type { CatalogModel } from '../src/catalog-model.ts';
import { catalogModel } from './catalog-model.ts';

/** Models on simulated servers, one each, and who of them was asked. */
export interface CandidatesOverSockets {
  readonly models: readonly CatalogModel[];
  readonly simulators: readonly OllamaSimulator[];
  readonly ask: (options?: { streaming?: boolean; timeouts?: Partial<Timeouts> }) => Ask;
  /** References in the order in which the servers were asked. */
  readonly asked: () => readonly string[];
  /** Forgets who was asked, and closes idle connections: on one of those, a request that is reset is sent once more. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

/** Starts so many servers, named `p0`, `p1`, …, which each have the model `m`. */
export async function startCandidates(count: number): Promise<CandidatesOverSockets> {
  const simulators = await Promise.all(Array.from({ length: count }, () => startOllamaSimulator({ models: ['m'] })));
  const models = simulators.map(({ url }, index) => catalogModel(`p${index}/m`, { endpoint: `${url}/v1` }));
  let order: string[] = [];
  const providers = new Map<string, OpenAICompatProvider>();
  const closing: Promise<void>[] = [];

  function providerOf({ provider, endpoint }: CatalogModel): OpenAICompatProvider {
    const known = providers.get(endpoint);
    if (known !== undefined) return known;
    const created = createOpenAICompatProvider({ id: provider, baseUrl: endpoint, server: 'ollama' });
    providers.set(endpoint, created);
    return created;
  }

  function closeProviders(): void {
    for (const provider of providers.values()) closing.push(provider.close());
    providers.clear();
  }

  return {
    models,
    simulators,
    ask:
      ({ streaming = true, timeouts } = {}) =>
      (candidate, { signal }) => {
        order.push(candidate.ref);
        const request = { model: candidate.model, messages: [{ role: 'user' as const, content: 'Hi' }], streaming };
        const provider = providerOf(candidate);
        return streaming
          ? provider.stream(request, { signal, timeouts })
          : provider.answer(request, { signal, timeouts });
      },
    asked: () => order,
    clear() {
      order = [];
      for (const { journal } of simulators) journal.clear();
      closeProviders();
    },
    async close() {
      closeProviders();
      await Promise.all(closing);
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

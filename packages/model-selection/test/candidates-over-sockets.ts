import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { createOpenAICompatProvider, openConnectionPool } from '@openclaw/provider-openai-compat';
import type { ConnectionPoolOptions, OpenAICompatProvider } from '@openclaw/provider-openai-compat';
import type { Timeouts } from '@openclaw/provider';
import type { Ask } from '../src/candidate-request.ts';
import type { CatalogModel } from '../src/catalog-model.ts';
import { catalogModel } from './catalog-model.ts';

/** Models on simulated servers, one each, and the requests that they got. */
export interface CandidatesOverSockets {
  readonly models: readonly CatalogModel[];
  readonly simulators: readonly OllamaSimulator[];
  /** Timeouts by candidate. @default none */
  readonly ask: (options?: { streaming?: boolean; timeouts?: Readonly<Record<string, Partial<Timeouts>>> }) => Ask;
  /** References in the order of the requests. */
  readonly asked: () => readonly string[];
  /** Clears `asked`. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

const UNLIMITED: Timeouts = { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: 0 };

/** Starts servers with the names `p0`, `p1`, …, each with the model `m`. */
export async function startCandidates(count: number): Promise<CandidatesOverSockets> {
  const simulators = await Promise.all(Array.from({ length: count }, () => startOllamaSimulator({ models: ['m'] })));
  const models = simulators.map(({ url }, index) => catalogModel(`p${index}/m`, { endpoint: `${url}/v1` }));
  let order: string[] = [];
  const providers = new Map<string, OpenAICompatProvider>();
  const dispatcher = await openConnectionPool({ connect: { lookup: findsNoName } });

  function providerOf({ provider, endpoint }: CatalogModel): OpenAICompatProvider {
    const known = providers.get(endpoint);
    if (known !== undefined) return known;
    const created = createOpenAICompatProvider({ id: provider, baseUrl: endpoint, server: 'ollama', dispatcher });
    providers.set(endpoint, created);
    return created;
  }

  return {
    models,
    simulators,
    ask:
      ({ streaming = true, timeouts = {} } = {}) =>
      (candidate, { signal }) => {
        order.push(candidate.ref);
        const request = { model: candidate.model, messages: [{ role: 'user' as const, content: 'Hi' }], streaming };
        const provider = providerOf(candidate);
        return provider.stream(request, { signal, timeouts: { ...UNLIMITED, ...timeouts[candidate.ref] } });
      },
    asked: () => order,
    clear() {
      order = [];
      for (const { journal } of simulators) journal.clear();
    },
    async close() {
      await Promise.all([...providers.values()].map((provider) => provider.close()));
      await dispatcher.destroy();
      await Promise.all(simulators.map((simulator) => simulator.close()));
    },
  };
}

/** A name server without any names. Does not use the network. */
const findsNoName: NonNullable<NonNullable<ConnectionPoolOptions['connect']>['lookup']> = (
  hostname,
  _options,
  callback,
) => callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname }), '');

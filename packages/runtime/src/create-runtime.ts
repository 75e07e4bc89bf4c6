import type { LoadedConfig } from '@openclaw/config';
import { createCircuitBreaker, tryParseModelRef } from '@openclaw/model-selection';
import type { CircuitBreaker } from '@openclaw/model-selection';
import type { DiscoveryCache, DiscoveryFetch } from '@openclaw/ollama-discovery';
import type { Dispatcher } from 'undici';
import { allowedPlan, requireAllowed } from './allowed-models.ts';
import { createChat } from './create-chat.ts';
import { createEndpoints } from './balancing/create-endpoints.ts';
import type { ModelResidency } from './balancing/model-residency.ts';
import { findDescribed } from './catalog-entries.ts';
import type { OllamaFacts } from './context/ask-ollama.ts';
import { countTokens } from './context/count-tokens.ts';
import { explainPlan } from './context/explain-plan.ts';
import { createServerContexts } from './context/server-contexts.ts';
import { isOllamaDescription } from './discovery/server-inventory.ts';
import { deadlineOf } from './deadline-of.ts';
import { discoveryCacheOf } from './discovery-cache-of.ts';
import { createDiscoveryStates } from './discovery-state.ts';
import { enforceResponseFormat } from './enforce-response-format.ts';
import { enforceToolChoice } from './enforce-tool-choice.ts';
import { findDisabledOllama } from './find-disabled-ollama.ts';
import { findOllamaSetups, listOllamaServers } from './find-ollama-setups.ts';
import { firstChoice } from './first-choice.ts';
import { createHttpClient } from './http-client.ts';
import { createLightFetch } from './light-fetch.ts';
import { passThrough } from './pass-through.ts';
import { passToFirstAble } from './pass-to-first-able.ts';
import { planRequest } from './plan-request.ts';
import { createProviders, fingerprint } from './provider-factories.ts';
import type { ProviderSetup } from './provider-setup.ts';
import { requestNeeds } from './request-needs.ts';
import { createRequestLimiters } from './request-limiters.ts';
import { createRunningRequests } from './running-requests.ts';
import type { InventoryOptions, Runtime } from './runtime.ts';
import { createTransportFetch } from './transport/transport-fetch.ts';
import { selectionFailure } from './selection-failure.ts';
import { openSession } from './session.ts';
import { createStateSwitch } from './shared-state.ts';

export interface CreateRuntimeOptions {
  readonly loaded: LoadedConfig;
  /** Connections for model requests; the caller closes it. @default an undici Agent, created for the first request */
  readonly dispatcher?: Dispatcher | undefined;
  /** For discovery: `globalThis.fetch`, or a subset. @default one over node:http, which loads faster */
  readonly fetch?: DiscoveryFetch | undefined;
  /** Cache of model details. @default files under `<stateDir>/cache`, once the state directory exists */
  readonly cache?: DiscoveryCache | undefined;
  /** The circuit breaker. @default one for this runtime */
  readonly circuits?: CircuitBreaker | undefined;
  /** Milliseconds, for durations; must never jump, as the time of day does. @default performance.now */
  readonly now?: (() => number) | undefined;
  readonly generateId?: (() => string) | undefined;
  /** Maximum age of a list of models before it is requested again. @default 5000 */
  readonly discoveryMaxAgeMs?: number | undefined;
  /** How long a chat request waits for a list of models before it continues without it. @default 1500 */
  readonly discoveryPatienceMs?: number | undefined;
}

/**
 * Joins configuration, discovery, selection, providers and repair for both apps. Opens no connection and reads no file
 * before the first request.
 */
export function createRuntime({
  loaded,
  dispatcher,
  fetch: givenFetch,
  cache = discoveryCacheOf(loaded),
  now = () => performance.now(),
  circuits: givenCircuits,
  generateId,
  discoveryMaxAgeMs = 5000,
  discoveryPatienceMs = 1500,
}: CreateRuntimeOptions): Runtime {
  const maxBackoffMs = () => session.loaded.config.agents.defaults.circuits.maxBackoffMs;
  const shared = createStateSwitch();
  const circuits = givenCircuits ?? createCircuitBreaker({ now, maxBackoffMs, store: shared.circuits });
  const light = createLightFetch();
  const http = createHttpClient({ dispatcher });
  const fetch = givenFetch ?? createTransportFetch({ fetch: light.fetch, http, setups: () => session.setups });
  const states = createDiscoveryStates({ fetch, cache, now });
  const modelDefaults = (setup: ProviderSetup, model: string) =>
    findDescribed(states.remembered(setup)?.discovery, model);
  const providers = createProviders({ http, generateId, modelDefaults });
  const limiters = createRequestLimiters({ now, permits: shared.permits, residencyOf });
  const ollama: OllamaFacts = {
    contexts: createServerContexts({ fetch, now }),
    describe: modelDefaults,
    fetch,
    now,
  };
  const closing = new AbortController();
  const endpoints = createEndpoints({
    fetch,
    now,
    signal: closing.signal,
    circuits,
    limiters,
    affinity: shared.affinity,
  });
  const planning = { states, circuits, maxAgeMs: discoveryMaxAgeMs, patienceMs: discoveryPatienceMs };
  const running = createRunningRequests();
  let session = openSession(loaded, { states });
  const chat = createChat({
    session: () => session,
    planning,
    providers,
    limiters,
    endpoints,
    ollama,
    generateId,
    circuits,
    running,
    fetch,
    now,
    sharesAffinity: () => shared.affinity() !== undefined,
    closing: closing.signal,
  });

  /** Only a server that lists its loaded models has its requests grouped by model. */
  function residencyOf(setup: ProviderSetup): ModelResidency | undefined {
    const record = endpoints.of(setup);
    return record?.listed() === undefined ? undefined : record.residency;
  }

  function isOllamaModel(ref: string): boolean {
    const provider = tryParseModelRef(ref)?.provider;
    return session.setups.some(({ id, server }) => id === provider && server === 'ollama');
  }

  return {
    get loaded() {
      return session.loaded;
    },
    async inventory({ signal, provider, refresh = false }: InventoryOptions = {}) {
      const current = provider === undefined ? session : openSession(session.loaded, { states, provider });
      const maxAgeMs = refresh ? 0 : discoveryMaxAgeMs;
      const asked = current.setups.filter(({ asksServer }) => asksServer);
      await Promise.all(
        asked.map((setup) => {
          // A server that did not respond the last time gets a shorter wait.
          const wasSilent = states.remembered(setup)?.problem?.code === 'timeout';
          return states.ask(setup, {
            maxAgeMs,
            signal,
            patienceMs: wasSilent && !refresh ? discoveryPatienceMs : undefined,
          });
        }),
      );
      void endpoints.refresh(asked);
      const { inventory } = current.catalog();
      if (inventory.models.length > 0) return inventory;
      const found = await findDisabledOllama(current, { states, maxAgeMs, patienceMs: discoveryPatienceMs, signal });
      return { ...inventory, problems: [...inventory.problems, ...found] };
    },
    chat: (request, { signal } = {}) =>
      enforceToolChoice(request, (asked) =>
        enforceResponseFormat(asked, { ask: (sent) => chat(sent, signal), mayIgnoreFormat: isOllamaModel }),
      ),
    async explain({ needsTools: tools = false, needsImages: images = false, ...query }, { signal } = {}) {
      const current = session;
      const { promptTokens = USUAL_PROMPT_TOKENS, ...names } = query;
      const plan = await planRequest(current, { query: names, needs: { tools, images }, signal, ...planning });
      return explainPlan(plan, { ...ollama, endpoints, session: current, promptTokens });
    },
    async countTokens({ model, agent, allowFallbacks, allows, ...chat }, { signal } = {}) {
      const current = session;
      const query = { model, agent, allowFallbacks };
      try {
        const planned = await planRequest(current, { query, needs: requestNeeds(chat), signal, ...planning });
        const plan = allowedPlan(planned, allows);
        return countTokens(chat, { ...ollama, session: current, model: plan.candidates[0]?.model });
      } catch (error) {
        throw selectionFailure(error, { signal, allows }) ?? error;
      }
    },
    async findModel(name, { signal, allows } = {}) {
      try {
        const plan = await planRequest(session, { query: { model: name }, signal, ...planning });
        return requireAllowed(firstChoice(plan, name), allows);
      } catch (error) {
        throw selectionFailure(error, { signal, allows }) ?? error;
      }
    },
    describeModel(model) {
      const { setup } = session.setupOf(model);
      const found = setup && findDescribed(states.remembered(setup)?.discovery, model.model);
      return found !== undefined && isOllamaDescription(found) ? found : undefined;
    },
    ollamaServers: () => listOllamaServers(session.setups),
    async requestOllama(request, { signal } = {}) {
      const setups = findOllamaSetups(request, { session, endpoints });
      const native = await import('./request-ollama.ts');
      const startBefore = deadlineOf(request.startWithinMs, now);
      return native.requestFirstOllama({ ...request, startBefore }, { setups, limiters, http, signal });
    },
    async passThrough(request, { signal } = {}) {
      const current = session;
      const { model: name, allows, startWithinMs, ...rest } = request;
      const startBefore = deadlineOf(startWithinMs, now);
      try {
        const plan = await planRequest(current, { query: { model: name }, signal, ...planning });
        const models =
          request.path === 'embeddings'
            ? [requireAllowed(firstChoice(plan, name), allows)]
            : allowedPlan(plan, allows).candidates.map(({ model }) => model);
        const targets = models.flatMap((model) => endpoints.inOrder(model, current));
        return await passToFirstAble(targets, (model) =>
          passThrough({ ...rest, startBefore }, { ...current, model, providers, limiters, signal }),
        );
      } catch (error) {
        throw selectionFailure(error, { signal, allows }) ?? error;
      }
    },
    circuits: () => circuits.status(),
    loads: () => limiters.loads(),
    share: shared.share,
    endpoints: () => endpoints.status(session.setups),
    reload(next) {
      const before = session.setups;
      session = openSession(next, { states });
      const unchanged = new Set(session.setups.map(fingerprint));
      for (const setup of before) if (!unchanged.has(fingerprint(setup))) circuits.forget(setup.baseUrl);
      limiters.keepOnly(session.setups);
      // Requests that are still running hold permits, and may fail at servers that are gone.
      void running.ended().then(() => {
        const urls = new Set(session.setups.map(({ baseUrl }) => baseUrl));
        for (const { baseUrl } of before) if (!urls.has(baseUrl)) circuits.forget(baseUrl);
        limiters.keepOnly(session.setups);
      });
      providers.keepOnly(session.setups);
      states.keepOnly(session.setups);
      endpoints.keepOnly(session.setups);
    },
    async close() {
      const discoveriesEnded = states.close();
      await running.ended();
      closing.abort();
      light.close();
      await Promise.all([discoveriesEnded, http.close()]);
    },
  };
}

/** A prompt of average length, for explanations. */
const USUAL_PROMPT_TOKENS = 500;

import { unloadModel } from '@openclaw/ollama-discovery';
import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import type { CatalogModel } from '@openclaw/model-selection';
import { createEventStream } from '@openclaw/provider';
import type { ChatRequest, EventStream } from '@openclaw/provider';
import type { ModelSetup } from '../model-settings.ts';
import type { DescribedModel } from '../discovery/server-inventory.ts';
import type { ProviderSetup } from '../provider-setup.ts';
import { contextExceededError } from './context-errors.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { OllamaAnswer } from './ollama-answer.ts';
import type { OllamaAnswerOptions } from './ollama-answer.ts';
import { planModelContext } from './plan-model-context.ts';
import type { ModelQuestion, PlannedContext } from './plan-model-context.ts';
import type { ServerContexts } from './server-contexts.ts';

/** What is known of Ollama servers, for all requests. */
export interface OllamaFacts {
  readonly contexts: ServerContexts;
  /** A model as its server describes it, as far as the server was asked. */
  readonly describe: (setup: ProviderSetup, model: string) => DescribedModel | undefined;
  readonly fetch: DiscoveryFetch;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** A chat request to one model of an Ollama server. */
export interface OllamaRequest extends ModelSetup {
  readonly setup: ProviderSetup;
  readonly model: CatalogModel;
  readonly chat: ChatRequest;
}

const UNLOAD_TIMEOUT_MS = 5000;

/**
 * Plans the context of a request and sends it. Waits only if the server was not asked lately what it has loaded.
 * @throws {ProviderError} `context-length-exceeded` if the prompt cannot fit
 */
export function askOllama(
  request: OllamaRequest,
  { send, ...known }: OllamaFacts & Pick<OllamaAnswerOptions, 'send'>,
): EventStream | Promise<EventStream> {
  const { model, setup } = request;
  const { fetch, now } = known;
  const { chat, ...rest } = request;
  const question = askQuestion({ ...rest, estimate: estimateTokens(chat), maxTokens: chat.maxTokens }, known);
  const { server, facts } = question;
  const { nativeUrl: baseUrl, apiKey, headers } = setup;

  function open(): EventStream {
    const planned = planModelContext(question);
    const { plan, need } = planned;
    if (plan.type === 'exceeded')
      throw contextExceededError(model, { neededTokens: need.likely, contextTokens: plan.contextTokens });
    const unload = () =>
      unloadModel({ model: model.model, baseUrl, apiKey, headers, fetch, requestTimeoutMs: UNLOAD_TIMEOUT_MS }).catch(
        () => undefined,
      );
    return createEventStream(new OllamaAnswer({ question, planned, send, unload, now }, plan));
  }

  return isPlannable(question) || server.isKnown(facts) ? open() : server.ask().then(open);
}

/** How a request with a prompt of so many tokens would be sent. Asks the server first, unless that was done lately. */
export async function explainContext(
  request: Omit<OllamaRequest, 'chat'>,
  { promptTokens, ...known }: OllamaFacts & { readonly promptTokens: number },
): Promise<PlannedContext> {
  const estimate = { tokens: promptTokens, optional: 0 };
  const question = askQuestion({ ...request, estimate, maxTokens: undefined }, known);
  if (!isPlannable(question) && !question.server.isKnown(question.facts)) await question.server.ask();
  return planModelContext(question);
}

function askQuestion(
  request: Omit<ModelQuestion, 'described' | 'server' | 'facts'>,
  { contexts, describe }: OllamaFacts,
): ModelQuestion {
  const { setup, model } = request;
  const server = contexts.of(setup);
  return { ...request, described: describe(setup, model.model), server, facts: server.model(model.model) };
}

/** Whether a plan does not depend on what the server has loaded. */
function isPlannable({ setup, model }: ModelQuestion): boolean {
  return setup.api === 'openai-completions' || model.remoteHost !== undefined;
}

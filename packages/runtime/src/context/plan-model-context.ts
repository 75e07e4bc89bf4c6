import { defaultContextLength } from '@openclaw/ollama-discovery';
import type { CatalogModel } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';
import type { DescribedModel } from '../discovery/server-inventory.ts';
import type { ModelSetup } from '../model-settings.ts';
import type { ProviderSetup } from '../provider-setup.ts';
import { answerRoom } from './answer-room.ts';
import { contextWindow } from './context-window.ts';
import type { TokenEstimate } from './estimate-tokens.ts';
import { planContext } from './plan-context.ts';
import type { ContextExceeded, ContextPlan } from './plan-context.ts';
import { promptNeed } from './prompt-need.ts';
import type { PromptNeed } from './prompt-need.ts';
import type { ModelContext, ServerContext } from './server-contexts.ts';

/** A request to one model of an Ollama server. */
export interface ModelQuestion extends Omit<ModelSetup, 'setup'> {
  readonly setup: ProviderSetup;
  readonly model: CatalogModel;
  readonly maxTokens: ChatRequest['maxTokens'];
  readonly estimate: TokenEstimate;
  /** The model as its server describes it, if it does. */
  readonly described: DescribedModel | undefined;
  readonly server: ServerContext;
  readonly facts: ModelContext;
}

/** How a request is sent, and what that was decided with. */
export interface PlannedContext {
  readonly plan: ContextPlan | ContextExceeded;
  readonly need: PromptNeed;
  /** The tokens that the answer gets room for. */
  readonly answer: number;
  /** The largest context length that the model may be loaded with; `Infinity` if no limit is known. */
  readonly window: number;
  /** What the server loads the model with by itself: seen, or the default of its release. */
  readonly served: number;
}

/** Plans the context of a request from what is known of the model and its server. */
export function planModelContext(question: ModelQuestion): PlannedContext {
  const { setup, model, described, server, facts, estimate, maxTokens, contextLength: pinned, keepAlive } = question;
  const need = promptNeed(estimate, facts.ratio);
  const window = contextWindow({ described, configured: question.contextWindow, pinned }) ?? Infinity;
  const served = facts.served ?? servedLength(question);
  const { remoteHost } = model;
  const onlyNative = keepAlive !== undefined;
  const api = setup.api ?? (server.lacksNativeApi ? 'openai-completions' : undefined);
  const answer = answerRoom(need.most, { reasoning: model.reasoning, maxTokens });
  const plan = planContext({
    need: need.most + answer,
    least: need.least,
    window,
    pinned,
    served,
    api,
    onlyNative,
    loaded: facts.loaded,
    previous: facts.previous,
  });
  if (remoteHost === undefined || plan.type === 'exceeded') return { plan, need, answer, window, served };
  const reason = `${remoteHost} runs the model and decides about its context`;
  const remote: ContextPlan = {
    type: 'plan',
    api: setup.api ?? (onlyNative ? 'ollama' : 'openai-completions'),
    reason,
  };
  return { plan: remote, need, answer, window, served };
}

function servedLength({ described, server }: ModelQuestion): number {
  const length = described?.numCtx ?? defaultContextLength(server.version);
  return Math.min(length, described?.contextLength ?? length);
}

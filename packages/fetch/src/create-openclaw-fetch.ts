import { isProviderError } from '@openclaw/provider';
import type { OpenClaw } from '@openclaw/runtime';
import { answerChat } from './answer-chat.ts';
import type { FetchContext } from './fetch-context.ts';
import { errorResponse, refusal } from './error-response.ts';
import { listModels, showModel } from './models.ts';
import { passThrough } from './pass-through.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';

export interface OpenClawFetchOptions {
  /** The models; its owner closes it. */
  readonly claw: OpenClaw;
}

/**
 * Creates a `fetch` that answers OpenAI's chat completions, embeddings, text completions and lists of models itself, as
 * the gateway does, whatever the host of the URL. A failed request is a response with OpenAI's error body. If the signal
 * is aborted, it rejects with its reason, as `fetch` does.
 */
export function createOpenClawFetch({ claw }: OpenClawFetchOptions): typeof globalThis.fetch {
  const openedAt = Date.now();
  return async (input, init) => {
    const call = readCall(input, init);
    call.signal?.throwIfAborted();
    try {
      return await answer(call, { claw, openedAt });
    } catch (error) {
      call.signal?.throwIfAborted();
      if (isProviderError(error)) return errorResponse(error);
      throw error;
    }
  };
}

async function answer(call: Call, context: FetchContext): Promise<Response> {
  const { path, method } = call;
  if (path.endsWith('/chat/completions')) return method === 'POST' ? answerChat(call, context) : onlyBy('POST', call);
  const passed = /\/(embeddings|completions)$/.exec(path)?.[1];
  if (passed === 'embeddings' || passed === 'completions')
    return method === 'POST' ? passThrough(call, { ...context, path: passed }) : onlyBy('POST', call);
  const [, id] = /\/models(?:\/(.+))?$/.exec(path) ?? [];
  if (id !== undefined) return method === 'GET' ? showModel(call, { ...context, id }) : onlyBy('GET', call);
  if (path.endsWith('/models')) return method === 'GET' ? listModels(call, context) : onlyBy('GET', call);
  const served = '/chat/completions, /embeddings, /completions, /models';
  return refusal(404, `@openclaw/fetch has no ${path}. It has ${served}. The gateway (openclaw gateway run) has more.`);
}

function onlyBy(method: string, { path }: Call): Response {
  return refusal(405, `${path} is requested with ${method}.`);
}

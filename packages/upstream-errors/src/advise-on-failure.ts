import type { MissingCapability } from '@openclaw/provider';
import type { Classification } from './classify-failure.ts';
import type { RequestContext } from './request-context.ts';

export interface FailedRequest {
  readonly context: RequestContext;
  readonly status: number;
  /** The server's message, or an empty string. */
  readonly message: string;
}

const WITHOUT: Readonly<Record<MissingCapability, string>> = {
  tools: 'Choose a model that can call tools, or send no tools.',
  reasoning: 'Choose a model that can reason, or omit the reasoning effort.',
  images: 'Choose a model that accepts images, and send them as data: URLs.',
  chat: 'Choose a model that can chat.',
  embeddings: 'Choose a model that makes embeddings.',
};

/** The next step for the person who can fix a failure; empty when there is none. */
export function adviseOnFailure(kind: Classification, { context, status, message }: FailedRequest): string {
  const ollama = context.server === 'ollama';
  if (kind.unknownRoute === true) return `The server does not know this path. ${adviseOnBaseUrl(context)}`;
  if (kind.capability !== undefined) return WITHOUT[kind.capability];
  if (kind.code === 'authentication-failed' && !ollama) return `Check the API key of provider "${context.provider}".`;
  if (ollama) return adviseOnOllama(kind, { context, status, message });
  return kind.code === 'model-not-found' ? 'Check the name against the models that the server lists.' : '';
}

/** The next step for a URL at which there is no API. */
export function adviseOnBaseUrl({ url }: RequestContext): string {
  const path = new URL(url).pathname;
  if (path.includes('/api/'))
    return 'Check the base URL: it should be that of an Ollama server, such as http://127.0.0.1:11434.';
  return path.includes('/v1/')
    ? 'Check the base URL: it has /v1, but the server may need another path.'
    : 'Check the base URL: for most servers it ends in /v1.';
}

function adviseOnOllama({ code }: Classification, { context, status, message }: FailedRequest): string {
  if (code === 'model-not-found' && context.model !== undefined) return `Get it with \`ollama pull ${context.model}\`.`;
  if (code === 'authentication-failed') {
    return status === 403
      ? 'Ollama rejects requests with an unknown Host or Origin: see OLLAMA_HOST and OLLAMA_ORIGINS.'
      : `For models in the cloud sign in with \`ollama signin\`; behind a proxy check the API key of provider "${context.provider}".`;
  }
  if (code === 'context-length-exceeded')
    return 'Give the model a larger context (OLLAMA_CONTEXT_LENGTH, or num_ctx in a Modelfile), or shorten the prompt.';
  if (code === 'overloaded' && /maximum pending/i.test(message)) return 'Wait, or raise OLLAMA_MAX_QUEUE.';
  if (code !== 'server-error' || /\blogs?\b/i.test(message)) return '';
  if (/system memory|unable to load full model/i.test(message))
    return 'Choose a smaller model or context, or stop other models with `ollama stop`.';
  return message === '' || /runner|llama-server/i.test(message)
    ? 'See the log of the server (~/.ollama/logs/server.log, or `journalctl -u ollama`).'
    : '';
}

import type { ServerApi } from '../provider-setup.ts';

/** What is known when a request to a model of an Ollama server is planned. All numbers are tokens. */
export interface ContextQuestion {
  /** A safe estimate of the prompt, and room for the answer. */
  readonly need: number;
  /** What the prompt has at the very least. A prompt between this and `need` is left to the server's count. @default `need` */
  readonly least?: number | undefined;
  /** The most that the model may be loaded with: see `contextWindow` of the catalog. */
  readonly window: number;
  /** `params.num_ctx` of the model's settings. */
  readonly pinned?: number | undefined;
  /** What the server has the model loaded with. Absent if it is not loaded, or not known. */
  readonly loaded?: number | undefined;
  /** What this runtime last loaded the model with, while it may still be loaded. */
  readonly previous?: number | undefined;
  /** What the server loads the model with if a request does not say: its default, or `num_ctx` of the Modelfile. */
  readonly served: number;
  /** The configured API. Absent: it is planned for each request. */
  readonly api?: ServerApi | undefined;
  /** Whether the request has something that only the native API can express, such as `keep_alive`. @default false */
  readonly onlyNative?: boolean | undefined;
}

/** How a request is sent. */
export interface ContextPlan {
  readonly type: 'plan';
  readonly api: ServerApi;
  /** The context length to load the model with, in tokens. Absent: what the server has loaded, or loads by itself. */
  readonly numCtx?: number;
  /** For people. */
  readonly reason: string;
}

/** The prompt does not fit, whatever the model is loaded with. */
export interface ContextExceeded {
  readonly type: 'exceeded';
  readonly neededTokens: number;
  readonly contextTokens: number;
}

/**
 * Decides the API and the context length of a request to an Ollama model. Each other context length makes the server load the
 * model again, so the context of a loaded model only grows, and all requests to a model share it.
 */
export function planContext(question: ContextQuestion): ContextPlan | ContextExceeded {
  const { need, least = need, window, pinned, served, api, onlyNative = false } = question;
  const limit = Math.min(pinned ?? window, window);
  if (api === 'openai-completions') {
    if (least > window) return { type: 'exceeded', neededTokens: least, contextTokens: window };
    return { type: 'plan', api, reason: 'api is "openai-completions", which has no field for the context length' };
  }
  if (least > limit) return { type: 'exceeded', neededTokens: least, contextTokens: limit };
  if (pinned !== undefined)
    return { type: 'plan', api: 'ollama', numCtx: limit, reason: 'params.num_ctx sets the context length' };
  const current = currentLength(question);
  if (need <= served && (current === 0 || current === served)) {
    const reason = `about ${need} tokens fit the ${served} that the server loads by itself`;
    return { type: 'plan', api: api ?? (onlyNative ? 'ollama' : 'openai-completions'), reason };
  }
  const length = need <= current ? current : Math.max(served, nextPowerOfTwo(need));
  const numCtx = Math.min(length, window);
  return { type: 'plan', api: 'ollama', numCtx, reason: reasonFor(numCtx, { need, current, window }) };
}

/**
 * The context length after `numCtx` was too small, which a server reports only after counting. `undefined` if there is
 * no larger one.
 * @param needed the tokens that the server counted, if it reported them
 */
export function nextContextLength(
  numCtx: number,
  { needed = 0, window }: { readonly needed?: number | undefined; readonly window: number },
): number | undefined {
  const next = Math.min(Math.max(nextPowerOfTwo(numCtx + 1), nextPowerOfTwo(needed)), window);
  return next > numCtx ? next : undefined;
}

/** What the model is loaded with, as far as is known; 0 if nothing is. */
function currentLength({ loaded = 0, previous = 0 }: ContextQuestion): number {
  return Math.max(loaded, previous);
}

function reasonFor(
  numCtx: number,
  { need, current, window }: { readonly need: number; readonly current: number; readonly window: number },
): string {
  if (numCtx === current) return `about ${need} tokens fit the ${current} that the model is loaded with`;
  if (numCtx === window) return `about ${need} tokens need the whole context window of ${window}`;
  return `about ${need} tokens need a context of ${numCtx}`;
}

function nextPowerOfTwo(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, tokens)));
}

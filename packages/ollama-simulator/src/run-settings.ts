import { parseModelOptions } from './model-options.ts';
import { type JsonObject, textList } from './json-value.ts';
import type { Release } from './release.ts';
import type { CompleteModel } from './simulated-model.ts';

/** How the runner of a model is asked to answer one request. */
export interface RunSettings {
  /** Tokens of the window (`num_ctx`). Another value than that of the loaded model reloads it. */
  contextLength: number;
  /** `num_predict` or `max_tokens`; without a limit `Infinity`. */
  maxTokens: number;
  stop: readonly string[];
  /** Cuts a prompt that is longer than the window; otherwise it is refused. */
  truncate: boolean;
  /** Drops the oldest tokens of a full window; otherwise the answer ends. */
  shift: boolean;
  /** Undefined leaves the duration as it is; `Infinity` keeps the model loaded for ever. */
  keepAliveMs?: number | undefined;
  /** The number of alternatives for each token, or undefined without log probabilities. */
  topLogprobs?: number | undefined;
}

/** The inputs of the settings. */
interface RunSettingsOptions {
  model: CompleteModel;
  release: Release;
  /** OLLAMA_CONTEXT_LENGTH. */
  serverContextLength: number | undefined;
}

/** The settings of a request to `/v1`, which cannot choose the window. */
export function compatibleRunSettings(body: JsonObject, options: RunSettingsOptions): RunSettings {
  const { max_tokens: maxTokens, stop } = body;
  return {
    contextLength: contextLengthOf(undefined, options),
    maxTokens: tokenLimit(maxTokens),
    stop: typeof stop === 'string' ? [stop] : textList(stop),
    truncate: true,
    shift: true,
    topLogprobs: topLogprobsOf(body, options.release),
  };
}

/**
 * The settings of a request to the native API.
 * @throws RequestFailure 500 if an option has a wrong type
 */
export function nativeRunSettings(
  body: JsonObject,
  { keepAliveMs, ...options }: RunSettingsOptions & { keepAliveMs: number | undefined },
): RunSettings {
  const { numCtx, numPredict, stop } = parseModelOptions(body['options']);
  const refuses = options.release.has('can-refuse-long-prompts');
  return {
    contextLength: contextLengthOf(numCtx, options),
    maxTokens: tokenLimit(numPredict),
    stop,
    truncate: !refuses || body['truncate'] !== false,
    shift: !refuses || body['shift'] !== false,
    keepAliveMs,
    topLogprobs: topLogprobsOf(body, options.release),
  };
}

/** Smaller windows are raised to these. */
const SMALLEST_CONTEXT = 4;
const SMALLEST_VISION_CONTEXT = 2048;

/** The window of a request: its own `num_ctx`, then the Modelfile's, OLLAMA_CONTEXT_LENGTH, and the release's default. */
function contextLengthOf(
  requested: number | undefined,
  { model, release, serverContextLength }: RunSettingsOptions,
): number {
  const standard = Math.min(release.has('has-context-of-4096') ? 4096 : 2048, model.contextLength);
  const wanted = requested ?? numCtxOfModelfile(model) ?? model.runningContextLength ?? serverContextLength ?? standard;
  const largest = release.has('clamps-context-to-trained') ? model.contextLength : Infinity;
  const sees = model.capabilities.includes('vision') && release.has('has-larger-vision-context');
  const smallest = sees ? SMALLEST_VISION_CONTEXT : SMALLEST_CONTEXT;
  return Math.max(smallest, Math.min(wanted, largest));
}

function numCtxOfModelfile({ parameters = '' }: CompleteModel): number | undefined {
  const line = /^num_ctx\s+(\S+)\s*$/m.exec(parameters);
  return line === null ? undefined : Number(line[1]);
}

function tokenLimit(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Infinity;
}

function topLogprobsOf(body: JsonObject, release: Release): number | undefined {
  if (body['logprobs'] !== true || !release.has('reports-logprobs')) return undefined;
  return typeof body['top_logprobs'] === 'number' ? body['top_logprobs'] : 0;
}

import type { ProviderRequest, ResponseFormat, ToolDefinition } from '@openclaw/provider';
import { addKeys, allowedTools } from '@openclaw/upstream-wire';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { encodeMessages } from './encode-messages.ts';
import { nativeKeysOf, requestKeysOf } from './native-keys.ts';

export interface EncodeChatOptions {
  /** Whether the model thinks, for a request without reasoning effort. @default as the server has it */
  readonly think?: boolean | undefined;
}

/**
 * The body of a request to `/api/chat` as JSON. Raw values add keys that the request has no field for; they never change
 * one that it has.
 */
export function encodeChat(request: ProviderRequest, { think }: EncodeChatOptions = {}): string {
  const { raw, rawDefaults } = request;
  const encoded = addKeys(encodeFields(request, { think }), requestKeysOf(raw));
  return JSON.stringify(addKeys(encoded, requestKeysOf(rawDefaults)));
}

/** Keys with `undefined` are not sent. */
function encodeFields(request: ProviderRequest, { think }: EncodeChatOptions): EncodedObject {
  const { model, messages, streaming = false, responseFormat, reasoningEffort, keepAlive } = request;
  const tools = allowedTools(request.tools ?? [], request.toolChoice);
  return {
    model,
    messages: encodeMessages(messages),
    stream: streaming,
    tools: tools.length === 0 ? undefined : tools.map(encodeTool),
    format: responseFormat === undefined ? undefined : encodeFormat(responseFormat),
    options: encodeOptions(request),
    think: reasoningEffort === undefined ? think : encodeThink(reasoningEffort),
    keep_alive: keepAlive,
    // A prompt or an answer that does not fit must fail, not lose its beginning. Releases before 0.12.6 ignore both.
    truncate: false,
    shift: false,
  };
}

function encodeTool({ name, description, parameters, raw }: ToolDefinition): EncodedObject {
  return addKeys({ type: 'function', function: { name, description, parameters } }, nativeKeysOf(raw));
}

function encodeFormat(format: ResponseFormat): unknown {
  if (format.type === 'json') return 'json';
  return format.type === 'json-schema' ? format.schema : undefined;
}

function encodeOptions(request: ProviderRequest): EncodedObject {
  return {
    num_ctx: request.contextLength,
    num_predict: request.maxTokens,
    temperature: request.temperature,
    top_k: request.topK,
    top_p: request.topP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop: request.stop === undefined || request.stop.length === 0 ? undefined : request.stop,
  };
}

/** Levels that releases since 0.11.0 know. Other words are sent as they are: `max` exists since 0.22.0. */
function encodeThink(effort: string): boolean | string {
  return THINK_LEVELS.get(effort) ?? effort;
}

const THINK_LEVELS: ReadonlyMap<string, boolean | string> = new Map<string, boolean | string>([
  ['none', false],
  ['minimal', 'low'],
  ['xhigh', 'high'],
  ['ultra', 'high'],
]);

import type { ChatRequest, ProviderRequest, ResponseFormat, ToolChoice, ToolDefinition } from '@openclaw/provider';
import { addRawKeys } from './add-raw-keys.ts';
import { allowedTools } from '@openclaw/upstream-wire';
import type { EncodedObject } from '@openclaw/upstream-wire';
import { OPENAI_CHAT } from './dialect.ts';
import { encodeMessages } from './encode-messages.ts';
import type { ServerQuirks } from './server-quirks.ts';

/** A model's own sampling values, for servers that would override them when they are absent. */
export interface ModelDefaults {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
}

export interface EncodeRequestOptions {
  readonly quirks: ServerQuirks;
  readonly modelDefaults?: ModelDefaults | undefined;
}

/**
 * The body of a chat completion request as JSON, as this server expects it. Raw values of this API add keys that the
 * request has no field for; they never change one that it has.
 */
export function encodeRequest(request: ProviderRequest, options: EncodeRequestOptions): string {
  const { raw, rawDefaults } = request;
  return JSON.stringify(addRawKeys(addRawKeys(encodeFields(request, options), raw), rawDefaults));
}

/** Keys with `undefined` are not sent. */
function encodeFields(request: ProviderRequest, { quirks, modelDefaults }: EncodeRequestOptions): EncodedObject {
  const streaming = request.streaming ?? true;
  const own = quirks.overridesAbsentSampling ? modelDefaults : undefined;
  return {
    model: request.model,
    messages: encodeMessages(request.messages, { quirks }),
    stream: streaming,
    stream_options: streaming && quirks.usageInStream ? { include_usage: true } : undefined,
    ...encodeTools(request, quirks),
    response_format:
      request.responseFormat === undefined ? undefined : encodeResponseFormat(request.responseFormat, quirks),
    temperature: request.temperature ?? own?.temperature,
    top_p: request.topP ?? own?.topP,
    top_k: request.topK,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    [quirks.maxTokensField]: request.maxTokens,
    stop: request.stop === undefined || request.stop.length === 0 ? undefined : request.stop,
    seed: request.seed,
    ...encodeReasoning(request.reasoningEffort, quirks),
  };
}

function encodeTools(
  { tools, toolChoice, parallelToolCalls }: ChatRequest,
  quirks: ServerQuirks,
): Record<string, unknown> {
  const offered = offerTools(tools ?? [], { toolChoice, quirks });
  // Servers refuse a choice, and OpenAI `parallel_tool_calls`, where there is nothing to choose from.
  if (offered.length === 0) return {};
  return {
    tools: offered.map(encodeTool),
    tool_choice: toolChoice === undefined ? undefined : encodeToolChoice(toolChoice, quirks),
    parallel_tool_calls: parallelToolCalls,
  };
}

function offerTools(
  tools: readonly ToolDefinition[],
  { toolChoice, quirks }: { readonly toolChoice: ToolChoice | undefined; readonly quirks: ServerQuirks },
): readonly ToolDefinition[] {
  if (quirks.toolChoice === 'any') return tools;
  // `words` has one for no tools.
  return quirks.toolChoice === 'words' && toolChoice === 'none' ? tools : allowedTools(tools, toolChoice);
}

function encodeTool({ name, description, parameters, strict, raw }: ToolDefinition): EncodedObject {
  return addRawKeys({ type: 'function', function: { name, description, parameters, strict } }, raw);
}

function encodeToolChoice(choice: ToolChoice, quirks: ServerQuirks): unknown {
  if (typeof choice === 'string') return choice;
  return quirks.toolChoice === 'words' ? 'required' : { type: 'function', function: { name: choice.name } };
}

/** A form that the server does not know is asked for in another one, which the raw keys of the first do not fit. */
function encodeResponseFormat(format: ResponseFormat, quirks: ServerQuirks): EncodedObject | undefined {
  switch (format.type) {
    case 'text':
      return addRawKeys({ type: 'text' }, format.raw);
    case 'json':
      if (quirks.jsonObjectFormat) return addRawKeys({ type: 'json_object' }, format.raw);
      return { type: 'json_schema', json_schema: { name: 'object', schema: { type: 'object' } } };
    case 'json-schema': {
      const { name, schema, description, strict, raw } = format;
      return addRawKeys({ type: 'json_schema', json_schema: { name, description, schema, strict } }, raw);
    }
    case 'raw':
      return format.dialect === OPENAI_CHAT ? format.value : undefined;
  }
}

function encodeReasoning(effort: string | undefined, quirks: ServerQuirks): Record<string, unknown> {
  if (effort === undefined) return {};
  const encoded = {
    reasoning_effort: (Object.hasOwn(quirks.reasoningEfforts, effort) && quirks.reasoningEfforts[effort]) || effort,
  };
  if (effort !== 'none' || !quirks.templateSwitchesReasoning) return encoded;
  return { chat_template_kwargs: { enable_thinking: false } };
}

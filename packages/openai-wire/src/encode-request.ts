import type { ChatRequest, ProviderRequest, ResponseFormat, ToolChoice, ToolDefinition } from '@openclaw/provider';
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

/** The body of a chat completion request as JSON, as this server expects it. The keys of `extraBody` win over others. */
export function encodeRequest(request: ProviderRequest, options: EncodeRequestOptions): string {
  const fields = encodeFields(request, options);
  const { extraBody } = request;
  if (extraBody === undefined) return JSON.stringify(fields);
  for (const name of Object.keys(fields)) if (Object.hasOwn(extraBody, name)) fields[name] = undefined;
  return joinObjects(JSON.stringify(fields), JSON.stringify(extraBody));
}

/** Joins the JSON of two objects. A client may send very many keys, and an object of all of them would cost as much again. */
function joinObjects(one: string, other: string): string {
  if (other === '{}') return one;
  return one === '{}' ? other : `${one.slice(0, -1)},${other.slice(1)}`;
}

/** Keys with `undefined` are not sent. */
function encodeFields(
  request: ProviderRequest,
  { quirks, modelDefaults }: EncodeRequestOptions,
): Record<string, unknown> {
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

/** Where a choice is not honoured, leaving out the tools that may not be called comes closest. */
function offerTools(
  tools: readonly ToolDefinition[],
  { toolChoice, quirks }: { readonly toolChoice: ToolChoice | undefined; readonly quirks: ServerQuirks },
): readonly ToolDefinition[] {
  if (quirks.toolChoice === 'any' || toolChoice === undefined) return tools;
  if (toolChoice === 'none') return quirks.toolChoice === 'ignored' ? [] : tools;
  return typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
}

function encodeTool({ name, description, parameters, strict }: ToolDefinition): unknown {
  return { type: 'function', function: { name, description, parameters, strict } };
}

function encodeToolChoice(choice: ToolChoice, quirks: ServerQuirks): unknown {
  if (typeof choice === 'string') return choice;
  return quirks.toolChoice === 'words' ? 'required' : { type: 'function', function: { name: choice.name } };
}

function encodeResponseFormat(format: ResponseFormat, quirks: ServerQuirks): unknown {
  switch (format.type) {
    case 'text':
      return { type: 'text' };
    case 'json':
      if (quirks.jsonObjectFormat) return { type: 'json_object' };
      return { type: 'json_schema', json_schema: { name: 'object', schema: { type: 'object' } } };
    case 'json-schema': {
      const { name, schema, description, strict } = format;
      return { type: 'json_schema', json_schema: { name, description, schema, strict } };
    }
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

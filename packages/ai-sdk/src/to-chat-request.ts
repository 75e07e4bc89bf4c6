import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider';
import type { ChatRequest, JsonObject, ToolDefinition } from '@openclaw/provider';
import { toMessages } from './to-messages.ts';

export interface ConvertedRequest {
  readonly request: ChatRequest;
  /** What no local model can do, and was left out. */
  readonly warnings: SharedV4Warning[];
}

/** The options of a call → a request of the contract. */
export function toChatRequest(options: LanguageModelV4CallOptions): ConvertedRequest {
  const { tools = [], toolChoice, responseFormat, stopSequences, reasoning } = options;
  const request: ChatRequest = {
    messages: toMessages(options.prompt),
    ...defined({
      temperature: options.temperature,
      topP: options.topP,
      topK: options.topK,
      frequencyPenalty: options.frequencyPenalty,
      presencePenalty: options.presencePenalty,
      maxTokens: options.maxOutputTokens,
      seed: options.seed,
      stop: stopSequences?.length === 0 ? undefined : stopSequences,
      reasoningEffort: reasoning === 'provider-default' ? undefined : reasoning,
      toolChoice: toolChoice === undefined ? undefined : encodeToolChoice(toolChoice),
      responseFormat: responseFormat === undefined ? undefined : encodeFormat(responseFormat),
    }),
    ...(tools.length > 0 && { tools: toTools(tools) }),
  };
  const warnings = tools.flatMap((tool): SharedV4Warning[] =>
    tool.type === 'provider' ? [{ type: 'unsupported', feature: `the tool ${tool.id} of a provider` }] : [],
  );
  return { request, warnings };
}

/** The tools that a model of any provider can call. */
export function toTools(tools: NonNullable<LanguageModelV4CallOptions['tools']>): readonly ToolDefinition[] {
  return tools.flatMap((tool) => {
    if (tool.type !== 'function') return [];
    const { name, description, inputSchema, strict } = tool;
    return [{ name, parameters: toJsonObject(inputSchema), ...defined({ description, strict }) }];
  });
}

function encodeToolChoice(choice: NonNullable<LanguageModelV4CallOptions['toolChoice']>): ChatRequest['toolChoice'] {
  return choice.type === 'tool' ? { name: choice.toolName } : choice.type;
}

function encodeFormat(
  format: NonNullable<LanguageModelV4CallOptions['responseFormat']>,
): NonNullable<ChatRequest['responseFormat']> {
  if (format.type === 'text') return { type: 'text' };
  const { schema, name = 'response', description } = format;
  if (schema === undefined) return { type: 'json' };
  return { type: 'json-schema', name, schema: toJsonObject(schema), ...defined({ description }) };
}

/** A JSON Schema as plain JSON. */
function toJsonObject(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema));
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that have a value. */
function defined<Fields extends object>(fields: Fields): Defined<Fields>;
function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

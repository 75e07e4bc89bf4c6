import {
  invalidField,
  isAbsent,
  readArray,
  readBoolean,
  readInteger,
  readModelName,
  readNumber,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import type { RuntimeChatRequest } from '@openclaw/runtime/internal';
import { currentModelName } from '../current-model-name.ts';
import { parseMessages } from './parse-messages.ts';
import { parseReasoningEffort } from './parse-reasoning.ts';
import { parseToolChoice, parseTools } from './parse-tools.ts';
import { createToolChanges } from './tool-changes.ts';

/** What a client asked for. */
export interface ParsedMessagesRequest {
  readonly request: RuntimeChatRequest;
  readonly stream: boolean;
  /** Parts of the request that no local model can use, for the log. */
  readonly leftOut: readonly string[];
}

/**
 * The body of `POST /v1/messages`. Fields that only Anthropic's servers can use are leftOut: `metadata`, `cache_control`,
 * `context_management`, `service_tier` and what later releases of clients add.
 * @throws {ProviderError} `invalid-request`: which field (`param`), and what was expected.
 */
export function parseMessagesRequest(value: JsonValue): ParsedMessagesRequest {
  const body = readObject(value, 'body', 'a JSON object');
  const { request, leftOut } = parsePrompt(body);
  const maxTokens = readInteger(body['max_tokens'], 'max_tokens', 1);
  const stream = readBoolean(body['stream'] ?? false, 'stream');
  return { request: { ...request, maxTokens, ...parseSampling(body) }, stream, leftOut };
}

/**
 * The body of `POST /v1/messages/count_tokens`.
 * @throws {ProviderError} `invalid-request`
 */
export function parseCountRequest(value: JsonValue): RuntimeChatRequest {
  return parsePrompt(readObject(value, 'body', 'a JSON object')).request;
}

/** What the model reads. */
function parsePrompt(body: JsonObject): Omit<ParsedMessagesRequest, 'stream'> {
  const leftOut: string[] = [];
  const toolChanges = createToolChanges();
  const conversation = parseMessages(body['messages'], { system: body['system'], toolChanges, leftOut });
  const parsedTools = parseTools(body['tools'], { toolChanges, leftOut });
  const { tools, serverTools } = parsedTools;
  if (serverTools.length > 0) conversation.addInstructions(explainMissing(serverTools));
  const reasoningEffort = parseReasoningEffort(body);
  const responseFormat = parseFormat(body);
  const request = {
    messages: conversation.messages(),
    ...(!isAbsent(body['model']) && { model: currentModelName(readModelName(body['model'], 'model')) }),
    ...(tools.length > 0 && { tools }),
    ...parseToolChoice(body['tool_choice'], parsedTools),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(responseFormat !== undefined && { responseFormat }),
  };
  return { request, leftOut };
}

/** A model that is asked to search the web, and cannot, would invent what it found. */
function explainMissing(tools: readonly string[]): string {
  return `These tools cannot be used here: ${tools.join(', ')}. If one of them is needed, say that it is not available, and do not invent its results.`;
}

function parseSampling(body: JsonObject): Partial<RuntimeChatRequest> {
  const { temperature, top_p: topP, top_k: topK, stop_sequences: stop } = body;
  return {
    ...(!isAbsent(temperature) && { temperature: readNumber(temperature, 'temperature') }),
    ...(!isAbsent(topP) && { topP: readNumber(topP, 'top_p') }),
    ...(!isAbsent(topK) && { topK: readInteger(topK, 'top_k', 0) }),
    ...(!isAbsent(stop) && { stop: parseStopSequences(stop) }),
  };
}

function parseStopSequences(value: JsonValue): readonly string[] {
  return readArray(value, 'stop_sequences', 'an array of strings').map((item, index) => {
    const param = `stop_sequences[${index}]`;
    const text = readString(item, param);
    if (text === '') throw invalidField(param, 'a text with at least one character', text);
    return text;
  });
}

/** The form of the answer. `output_format` is its older name. */
function parseFormat({ output_config: config, output_format: older }: JsonObject): ResponseFormat | undefined {
  const { format = older } = isAbsent(config) ? {} : readObject(config, 'output_config');
  if (isAbsent(format)) return undefined;
  const param = format === older ? 'output_format' : 'output_config.format';
  const { type, schema } = readObject(format, param);
  if (type !== 'json_schema') throw invalidField(`${param}.type`, '"json_schema"', type);
  return { type: 'json-schema', name: 'answer', schema: readObject(schema, `${param}.schema`, 'a JSON Schema') };
}

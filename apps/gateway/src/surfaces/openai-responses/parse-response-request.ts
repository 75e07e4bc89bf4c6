import {
  isAbsent,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import { ProviderError } from '@openclaw/provider';
import type { JsonObject, JsonValue, ResponseFormat } from '@openclaw/provider';
import type { RuntimeChatRequest } from '@openclaw/runtime/internal';
import { currentModelName } from '../current-model-name.ts';
import type { ParsedRequest, RequestOrigin } from '../surface.ts';
import { encodeEcho } from './encode-echo.ts';
import { parseInput, readInputItems } from './parse-input.ts';
import { parseTextFormat } from './parse-text-format.ts';
import { parseToolChoice } from './parse-tool-choice.ts';
import { createToolCollector } from './parse-tools.ts';
import { loadConversation, resolveReferences } from './resolve-conversation.ts';
import type { ResponseReply } from './response-reply.ts';
import type { ResponseStore } from './response-store.ts';
import { readName } from './read-name.ts';

/**
 * The body of `POST /v1/responses`. A key with `null` counts as left out. Fields without a meaning for local models are
 * accepted; those that would change what the answer means are refused.
 * @throws {ProviderError} `invalid-request`, `unsupported`
 * @throws {GatewayError} `not-found` for a response or an item that is not kept
 */
export function parseResponseRequest(
  value: JsonValue,
  { origin: { unique, client, now }, store }: { readonly origin: RequestOrigin; readonly store: ResponseStore },
): ParsedRequest<ResponseReply> {
  const body = readObject(value, 'body', 'a JSON object');
  refuseUnsupported(body);
  const settings = parseSettings(body);
  const previousId = isAbsent(body['previous_response_id'])
    ? undefined
    : readName(body['previous_response_id'], 'previous_response_id', 'the id of a response');
  const items = resolveReferences(readInputItems(body['input']), { store });
  const tools = createToolCollector();
  tools.add(body['tools'], 'tools');
  const earlier = previousId === undefined ? [] : loadConversation(previousId, { store });
  const { messages, leftOut } = parseInput([...earlier, ...items], {
    tools,
    instructions: readInstructions(body),
    earlier: earlier.length,
  });
  const chosen = parseToolChoice(body['tool_choice'], tools);
  const hex = unique.replaceAll('-', '');
  const keep = readOptional(body['store'], 'store', readBoolean) ?? true;
  return {
    request: {
      // A probe of a client may have no input. No model accepts a request without a message.
      messages: messages.length > 0 ? messages : [{ role: 'user', content: '' }],
      ...settings,
      ...(chosen.tools.length > 0 && chosen),
    },
    stream: readOptional(body['stream'], 'stream', readBoolean) ?? false,
    reply: {
      id: `resp_${hex}`,
      unique: hex,
      client,
      created: Math.floor(now / 1000),
      model: settings.model ?? 'openclaw',
      echo: encodeEcho(body, { store: keep }),
      forms: tools.forms,
      opaqueReasoning: !keep || readIncludes(body).includes('reasoning.encrypted_content'),
      ...(keep && { kept: { previousId, input: items.map((item, index) => toStoredItem(item, `${hex}i${index}`)) } }),
    },
    leftOut: [...tools.leftOut, ...leftOut],
  };
}

/** What the gateway cannot do, and what must not be ignored. */
function refuseUnsupported(body: JsonObject): void {
  const reasons: Readonly<Record<string, string>> = {
    conversation:
      'Conversations are not kept here. Use `previous_response_id`, or send the whole conversation as `input`.',
    prompt: 'Prompt templates are not kept here. Send the text as `instructions` or `input`.',
  };
  for (const [param, reason] of Object.entries(reasons)) {
    if (!isAbsent(body[param])) throw unsupported(param, reason);
  }
  if (readOptional(body['background'], 'background', readBoolean) === true) {
    throw unsupported('background', 'Requests are not run in the background here. Leave it out, and ask for a stream.');
  }
}

function unsupported(param: string, reason: string): ProviderError {
  return new ProviderError('unsupported', `\`${param}\` is not supported. ${reason}`, { param });
}

function readInstructions({ instructions }: JsonObject): string | undefined {
  const text = readOptional(instructions, 'instructions', readString);
  return text === '' ? undefined : text;
}

type Settings = Omit<RuntimeChatRequest, 'messages' | 'tools' | 'toolChoice'>;

function parseSettings(body: JsonObject): Settings {
  const settings: Settings = {};
  for (const [key, read] of FIELDS) {
    const field = body[key];
    if (!isAbsent(field)) Object.assign(settings, read(field, key));
  }
  const logprobs = readIncludes(body).includes('message.output_text.logprobs');
  const top = readOptional(body['top_logprobs'], 'top_logprobs', (field, param) => readInteger(field, param, 0)) ?? 0;
  if (!logprobs && top === 0) return settings;
  return { ...settings, raw: { dialect: 'openai-chat', value: { logprobs: true, top_logprobs: top } } };
}

type FieldReader = (value: JsonValue | undefined, param: string) => Settings;

const FIELDS: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['model', (value, param) => ({ model: currentModelName(readName(value, param, 'the name of a model')) })],
  ['parallel_tool_calls', (value, param) => ({ parallelToolCalls: readBoolean(value, param) })],
  ['temperature', (value, param) => ({ temperature: readNumber(value, param) })],
  ['top_p', (value, param) => ({ topP: readNumber(value, param) })],
  ['frequency_penalty', (value, param) => ({ frequencyPenalty: readNumber(value, param) })],
  ['presence_penalty', (value, param) => ({ presencePenalty: readNumber(value, param) })],
  ['max_output_tokens', (value, param) => ({ maxTokens: readInteger(value, param, 1) })],
  ['reasoning', readReasoning],
  ['text', readText],
]);

function readReasoning(value: JsonValue | undefined, param: string): Settings {
  const effort = readOptional(readObject(value, param)['effort'], `${param}.effort`, readString);
  return effort === undefined ? {} : { reasoningEffort: effort };
}

function readText(value: JsonValue | undefined, param: string): Settings {
  const { format } = readObject(value, param);
  if (isAbsent(format)) return {};
  const responseFormat: ResponseFormat = parseTextFormat(format, `${param}.format`);
  return responseFormat.type === 'text' ? {} : { responseFormat };
}

function readIncludes({ include }: JsonObject): readonly string[] {
  if (isAbsent(include)) return [];
  return readArray(include, 'include').map((item, index) => readString(item, `include[${index}]`));
}

function readOptional<T>(
  value: JsonValue | undefined,
  param: string,
  read: (value: JsonValue | undefined, param: string) => T,
): T | undefined {
  return isAbsent(value) ? undefined : read(value, param);
}

/** As the items of `GET …/input_items` are: each has an id and a type. */
function toStoredItem(item: JsonObject, unique: string): { readonly id: string; readonly text: string } {
  const type = item['type'] ?? 'message';
  const id =
    typeof item['id'] === 'string' && item['id'] !== ''
      ? item['id']
      : `${type === 'message' ? 'msg' : 'item'}_${unique}`;
  return { id, text: JSON.stringify({ ...item, id, type }) };
}

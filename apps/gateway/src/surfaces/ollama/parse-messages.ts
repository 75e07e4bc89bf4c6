import {
  invalidField,
  invalidRequest,
  isAbsent,
  isObject,
  readArray,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import type { AssistantMessage, ChatMessage, JsonObject, JsonValue, ToolCall, ToolMessage } from '@openclaw/provider';
import { parseImages } from './parse-images.ts';

/** @throws {ProviderError} `invalid-request` */
export function parseMessages(value: JsonValue | undefined): readonly ChatMessage[] {
  const calls = new OpenCalls();
  return readArray(value, 'messages').map((item, index) => {
    const param = `messages[${index}]`;
    const message = readObject(item, param);
    const role = readString(message['role'], `${param}.role`).toLowerCase();
    const parse = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
    if (parse === undefined) throw invalidField(`${param}.role`, '"system", "user", "assistant" or "tool"', role);
    return parse(message, { param, calls });
  });
}

interface MessageContext {
  readonly param: string;
  readonly calls: OpenCalls;
}

const ROLES: Readonly<Record<string, (message: JsonObject, context: MessageContext) => ChatMessage>> = {
  system: parseSystemMessage,
  developer: parseSystemMessage,
  user: (message, { param }) => ({ role: 'user', content: parseContent(message, param) }),
  assistant: parseAssistantMessage,
  tool: (message, { param, calls }) => {
    const toolCallId = calls.answer(optionalText(message, 'tool_call_id'), optionalText(message, 'tool_name'));
    return { role: 'tool', toolCallId, content: parseContent(message, param) };
  },
};

function parseSystemMessage(message: JsonObject, { param }: MessageContext): ChatMessage {
  refuseImages(message, param);
  return { role: 'system', content: parseText(message, param) };
}

function parseAssistantMessage(message: JsonObject, { param, calls }: MessageContext): AssistantMessage {
  refuseImages(message, param);
  const listed = isAbsent(message['tool_calls']) ? [] : readArray(message['tool_calls'], `${param}.tool_calls`);
  const toolCalls = listed.map((call, index) => parseToolCall(call, { param: `${param}.tool_calls[${index}]`, calls }));
  const reasoning = optionalText(message, 'thinking');
  return {
    role: 'assistant',
    content: parseText(message, param),
    ...(reasoning !== undefined && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

function parseToolCall(value: JsonValue, { param, calls }: MessageContext): ToolCall {
  const call = readObject(value, param);
  const { name: given, arguments: values } = readObject(call['function'], `${param}.function`);
  const name = readString(given, `${param}.function.name`);
  // Ollama wants an object; clients made for OpenAI's API write its text.
  const argumentsText = isObject(values)
    ? JSON.stringify(values)
    : readString(values ?? '{}', `${param}.function.arguments`);
  return { id: calls.open(optionalText(call, 'id'), name), name, argumentsText };
}

function parseText(message: JsonObject, param: string): string {
  return readString(message['content'] ?? '', `${param}.content`);
}

function parseContent(message: JsonObject, param: string): ToolMessage['content'] {
  const text = parseText(message, param);
  const images = parseImages(message['images'], `${param}.images`);
  if (images.length === 0) return text;
  return text === '' ? images : [{ type: 'text', text }, ...images];
}

function refuseImages({ images }: JsonObject, param: string): void {
  if (parseImages(images, `${param}.images`).length > 0)
    throw invalidRequest('`images` must be in a message of the role "user" or "tool".', `${param}.images`);
}

function optionalText(fields: JsonObject, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Tool calls without a result so far. Many clients send calls and results without ids: a result belongs to the first open
 * call of its `tool_name`, or else to the first open call.
 */
class OpenCalls {
  readonly #open: { readonly id: string; readonly name: string }[] = [];
  #count = 0;

  open(given: string | undefined, name: string): string {
    const id = given ?? this.#nextId();
    this.#open.push({ id, name });
    return id;
  }

  answer(given: string | undefined, name: string | undefined): string {
    const matching = this.#open.findIndex((call) => (given === undefined ? call.name === name : call.id === given));
    if (given !== undefined) {
      if (matching >= 0) this.#open.splice(matching, 1);
      return given;
    }
    const [call] = this.#open.splice(Math.max(0, matching), 1);
    return call?.id ?? this.#nextId();
  }

  #nextId(): string {
    return `call_${this.#count++}`;
  }
}

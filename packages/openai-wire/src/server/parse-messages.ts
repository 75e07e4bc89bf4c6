import type {
  AssistantMessage,
  ChatMessage,
  JsonObject,
  JsonValue,
  SystemMessage,
  ToolCall,
  ToolMessage,
  UserMessage,
} from '@openclaw/provider';
import { parseText, parseToolContent, parseUserContent, separateThinking } from './parse-content.ts';
import { invalidField, invalidRequest, isAbsent, isObject, readArray, readObject, readString } from './read-fields.ts';
import { readRaw } from './read-raw.ts';
import type { KnownKeys } from './read-raw.ts';

/** @throws {ProviderError} `invalid-request` */
export function parseMessages(value: JsonValue | undefined): readonly ChatMessage[] {
  const list = readArray(value, 'messages', 'an array of messages');
  if (list.length === 0) {
    throw invalidRequest('`messages` must hold at least one message, and is empty.', 'messages');
  }
  return list.map((item, index) => {
    const param = `messages[${index}]`;
    const message = readObject(item, param, 'a message');
    const role = readString(message['role'], `${param}.role`, EXPECTED_ROLE);
    const parse = ROLES.get(role);
    if (parse === undefined) throw invalidField(`${param}.role`, EXPECTED_ROLE, role);
    return parse(message, param);
  });
}

const EXPECTED_ROLE = '"system", "developer", "user", "assistant" or "tool"';

const ROLES: ReadonlyMap<string, (message: JsonObject, param: string) => ChatMessage> = new Map<
  string,
  (message: JsonObject, param: string) => ChatMessage
>([
  ['system', parseSystemMessage],
  // What OpenAI calls developer messages since 2024; the templates of local models know them as system messages.
  ['developer', parseSystemMessage],
  ['user', parseUserMessage],
  ['assistant', parseAssistantMessage],
  ['tool', parseToolMessage],
  ['function', parseFunctionMessage],
]);

const TEXT_MESSAGE_KEYS: KnownKeys = { role: true, content: true };

function parseSystemMessage(message: JsonObject, param: string): SystemMessage {
  const content = parseText(message['content'], `${param}.content`);
  return { role: 'system', content, ...readRaw(message, TEXT_MESSAGE_KEYS) };
}

function parseUserMessage(message: JsonObject, param: string): UserMessage {
  const content = parseUserContent(message['content'], `${param}.content`);
  return { role: 'user', content, ...readRaw(message, TEXT_MESSAGE_KEYS) };
}

const ASSISTANT_KEYS: KnownKeys = {
  role: true,
  content: true,
  reasoning: true,
  reasoning_content: true,
  tool_calls: true,
  function_call: true,
};

function parseAssistantMessage(message: JsonObject, param: string): AssistantMessage {
  const { thinking, rest } = separateThinking(message['content']);
  const content = parseText(rest ?? '', `${param}.content`);
  const reasoning = message['reasoning_content'] ?? message['reasoning'] ?? thinking;
  const calls = isAbsent(message['tool_calls']) ? [] : readArray(message['tool_calls'], `${param}.tool_calls`);
  const toolCalls = [
    ...calls.map((call, index) => parseToolCall(call, `${param}.tool_calls[${index}]`, index)),
    ...(isAbsent(message['function_call'])
      ? []
      : [parseFunctionCall(message['function_call'], `${param}.function_call`)]),
  ];
  return {
    role: 'assistant',
    content,
    ...(typeof reasoning === 'string' && reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...readRaw(message, ASSISTANT_KEYS),
  };
}

/** Some servers hang keys of their own on a call and want them back with it. */
const CALL_KEYS: KnownKeys = { id: true, type: true, index: true, function: { name: true, arguments: true } };

function parseToolCall(value: JsonValue, param: string, index: number): ToolCall {
  const call = readObject(value, param, 'a tool call');
  return {
    id: isAbsent(call['id']) ? `call_${index}` : readString(call['id'], `${param}.id`),
    ...parseCalledFunction(call['function'], `${param}.function`),
    ...readRaw(call, CALL_KEYS),
  };
}

function parseCalledFunction(value: JsonValue | undefined, param: string): Pick<ToolCall, 'name' | 'argumentsText'> {
  const { name, arguments: given } = readObject(value, param);
  const argumentsText = isObject(given) ? JSON.stringify(given) : readString(given ?? '{}', `${param}.arguments`);
  return { name: readString(name, `${param}.name`), argumentsText };
}

/** The older form of a tool call, one for each message. Its result names the function only. */
function parseFunctionCall(value: JsonValue | undefined, param: string): ToolCall {
  const called = parseCalledFunction(value, param);
  return { id: functionCallId(called.name), ...called };
}

function parseFunctionMessage(message: JsonObject, param: string): ToolMessage {
  const toolCallId = functionCallId(readString(message['name'], `${param}.name`));
  const content = parseToolContent(message['content'] ?? '', `${param}.content`);
  return { role: 'tool', toolCallId, content, ...readRaw(message, FUNCTION_KEYS) };
}

const FUNCTION_KEYS: KnownKeys = { role: true, content: true, name: true };

function functionCallId(name: string): string {
  return `call_${name}`;
}

const TOOL_KEYS: KnownKeys = { role: true, content: true, tool_call_id: true };

function parseToolMessage(message: JsonObject, param: string): ToolMessage {
  const toolCallId = readString(
    message['tool_call_id'],
    `${param}.tool_call_id`,
    'the id of the call that this answers',
  );
  const content = parseToolContent(message['content'] ?? '', `${param}.content`);
  return { role: 'tool', toolCallId, content, ...readRaw(message, TOOL_KEYS) };
}

import { isJsonObject, type JsonObject, textOf } from './json-value.ts';
import type { Script } from './script.ts';
import type { OfferedTool, SimulatedRequest } from './simulated-request.ts';

/**
 * The deterministic reply of an unscripted model:
 * - after a tool result: the result;
 * - if a word of a tool's name is in the last user message: a call of that tool, with arguments for its schema;
 * - for a JSON response format, if the release applies it: an object that matches the schema;
 * - otherwise: that it is simulated, and the message. Text is sent word by word, and ends with `length` after
 * `max_tokens` words.
 */
export function defaultReply(
  request: SimulatedRequest,
  { formatApplies = true }: { formatApplies?: boolean } = {},
): Script {
  const last = request.messages.at(-1);
  if (last?.['role'] === 'tool') {
    return saying(`This is a simulated reply. The tool answered: ${excerpt(request.lastMessage)}`, request);
  }
  const tool = request.tools.find(({ name }) => isMentioned(name, request.lastMessage));
  if (tool !== undefined) return { steps: [{ toolCall: { name: tool.name, arguments: argumentsFor(tool, request) } }] };
  const format = request.body['response_format'] ?? request.body['format'];
  const schema = formatApplies ? responseSchema(format) : undefined;
  if (schema !== undefined) {
    return saying(
      JSON.stringify(valueFor(isJsonObject(schema['schema']) ? schema['schema'] : schema, request)),
      request,
    );
  }
  return saying(
    `This is a simulated reply from ${request.model}; no model was asked. You said: ${excerpt(request.lastMessage)}`,
    request,
  );
}

function saying(text: string, { body }: SimulatedRequest): Script {
  const words = text.match(/\s*\S+/g) ?? [];
  const limit = typeof body['max_tokens'] === 'number' && body['max_tokens'] > 0 ? body['max_tokens'] : Infinity;
  return {
    steps: words.slice(0, limit).map((word) => ({ text: word })),
    finishReason: words.length > limit ? 'length' : 'stop',
  };
}

function isMentioned(toolName: string, message: string): boolean {
  const text = message.toLowerCase();
  const words = toolName
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return text.includes(toolName.toLowerCase()) || words.some((word) => word.length > 3 && text.includes(word));
}

function argumentsFor({ parameters }: OfferedTool, request: SimulatedRequest): JsonObject {
  const value = valueFor({ ...parameters, type: 'object' }, request);
  return isJsonObject(value) ? value : {};
}

/** A value that fits the schema: texts and numbers come from the message where it has some in quotes or digits. */
function valueFor(schema: JsonObject, request: SimulatedRequest): unknown {
  const choices = Array.isArray(schema['enum']) ? schema['enum'] : [];
  if (choices.length > 0) return choices[0];
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : Object.keys(properties);
  const makers: Readonly<Record<string, () => unknown>> = {
    object: () =>
      Object.fromEntries(
        required.map((name) => {
          const property = properties[name];
          return [name, valueFor(isJsonObject(property) ? property : { type: 'string' }, request)];
        }),
      ),
    array: () => (isJsonObject(schema['items']) ? [valueFor(schema['items'], request)] : []),
    string: () => /["'“”`]([^"'“”`]+)["'“”`]/u.exec(request.lastMessage)?.[1] ?? 'simulated',
    integer: () => Math.trunc(numberIn(request.lastMessage)),
    number: () => numberIn(request.lastMessage),
    boolean: () => true,
    null: () => null,
  };
  return (makers[textOf(type) || 'object'] ?? (() => 'simulated'))();
}

function responseSchema(format: unknown): JsonObject | undefined {
  if (format === 'json') return {};
  if (!isJsonObject(format)) return undefined;
  if (format['type'] === 'json_object') return {};
  if (format['type'] === 'json_schema') return isJsonObject(format['json_schema']) ? format['json_schema'] : {};
  return format['type'] === 'text' ? undefined : format;
}

function numberIn(text: string): number {
  return Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? 1);
}

function excerpt(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 200 ? text : `${characters.slice(0, 200).join('')}…`;
}

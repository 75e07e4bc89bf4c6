import type { ChatRequest, JsonValue, ToolChoice, ToolDefinition } from '@openclaw/provider';
import {
  invalidField,
  invalidRequest,
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readObject,
  readString,
} from './read-fields.ts';
import { readRaw } from './read-raw.ts';
import type { KnownKeys } from './read-raw.ts';

/**
 * The tools that a client offers; `undefined` for none.
 * @throws {ProviderError} `invalid-request`
 */
export function parseTools(value: JsonValue | undefined): readonly ToolDefinition[] | undefined {
  if (isAbsent(value)) return undefined;
  const list = readArray(value, 'tools');
  return list.length === 0 ? undefined : list.map((tool, index) => parseTool(tool, `tools[${index}]`));
}

/** @throws {ProviderError} `invalid-request` */
export function parseToolChoice(value: JsonValue | undefined, param: string): ToolChoice {
  if (value === 'auto' || value === 'none' || value === 'required') return value;
  // Mistral's and Anthropic's word for it.
  if (value === 'any') return 'required';
  if (!isObject(value) || value['type'] !== 'function') {
    throw invalidField(param, '"auto", "none", "required" or {"type": "function", "function": {"name": …}}', value);
  }
  const named = readObject(value['function'], `${param}.function`);
  return { name: readString(named['name'], `${param}.function.name`) };
}

/**
 * A choice that no model could follow is refused before one is asked.
 * @throws {ProviderError} `invalid-request`
 */
export function checkToolChoice({ tools = [], toolChoice = 'auto' }: ChatRequest): void {
  if (toolChoice === 'auto' || toolChoice === 'none') return;
  if (tools.length === 0) {
    throw invalidRequest('`tool_choice` asks for a tool call, and `tools` offers none.', 'tool_choice');
  }
  if (toolChoice === 'required' || tools.some(({ name }) => name === toolChoice.name)) return;
  const offered = tools.map(({ name }) => name).join(', ');
  throw invalidRequest(
    `\`tool_choice\` names the function "${toolChoice.name}", and \`tools\` offers only: ${offered}.`,
    'tool_choice',
  );
}

const TOOL_KEYS: KnownKeys = {
  type: true,
  function: { name: true, description: true, parameters: true, strict: true },
};

function parseTool(value: JsonValue, param: string): ToolDefinition {
  const tool = readObject(value, param);
  // Some clients leave `type` out; a kind of tool that is no function cannot be offered to a model over this API.
  if ((tool['type'] ?? 'function') !== 'function') throw invalidField(`${param}.type`, '"function"', tool['type']);
  const at = `${param}.function`;
  const { name, description, parameters, strict } = readObject(tool['function'], at);
  if (readString(name, `${at}.name`) === '') throw invalidField(`${at}.name`, 'the name of a function', name);
  return {
    name: readString(name, `${at}.name`),
    ...(!isAbsent(description) && { description: readString(description, `${at}.description`) }),
    ...(!isAbsent(parameters) && { parameters: readObject(parameters, `${at}.parameters`, 'a JSON Schema') }),
    ...(!isAbsent(strict) && { strict: readBoolean(strict, `${at}.strict`) }),
    ...readRaw(tool, TOOL_KEYS),
  };
}

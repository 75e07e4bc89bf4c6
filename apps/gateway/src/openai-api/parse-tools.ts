import type { ChatRequest, JsonValue, ToolChoice, ToolDefinition } from '@openclaw/provider';
import { GatewayError } from '../gateway-error.ts';
import {
  invalidField,
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readObject,
  readString,
  hasUnknownKeys,
} from './read-fields.ts';

/** The tools that a client offers, and the list as it was sent when it says more than the contract can. */
export interface ParsedTools {
  readonly tools?: readonly ToolDefinition[];
  readonly raw?: JsonValue;
}

/** @throws {GatewayError} `invalid-request` */
export function parseTools(value: JsonValue | undefined): ParsedTools {
  if (isAbsent(value)) return {};
  const list = readArray(value, 'tools');
  if (list.length === 0) return {};
  const tools = list.map((tool, index) => parseTool(tool, `tools[${index}]`));
  return list.some(saysMore) ? { tools, raw: value } : { tools };
}

/** @throws {GatewayError} `invalid-request` */
export function parseToolChoice(value: JsonValue | undefined, param: string): ToolChoice {
  if (value === 'auto' || value === 'none' || value === 'required') return value;
  if (!isObject(value) || value['type'] !== 'function') {
    throw invalidField(param, '"auto", "none", "required" or {"type": "function", "function": {"name": …}}', value);
  }
  const named = readObject(value['function'], `${param}.function`);
  return { name: readString(named['name'], `${param}.function.name`) };
}

/**
 * A choice that no model could follow is refused before one is asked.
 * @throws {GatewayError} `invalid-request`
 */
export function checkToolChoice({ tools = [], toolChoice = 'auto' }: ChatRequest): void {
  if (toolChoice === 'auto' || toolChoice === 'none') return;
  if (tools.length === 0) {
    throw new GatewayError('invalid-request', '`tool_choice` asks for a tool call, and `tools` offers none.', {
      param: 'tool_choice',
    });
  }
  if (toolChoice === 'required' || tools.some(({ name }) => name === toolChoice.name)) return;
  const offered = tools.map(({ name }) => name).join(', ');
  throw new GatewayError(
    'invalid-request',
    `\`tool_choice\` names the function "${toolChoice.name}", and \`tools\` offers only: ${offered}.`,
    { param: 'tool_choice' },
  );
}

const TOOL_KEYS: ReadonlySet<string> = new Set(['type', 'function']);
const FUNCTION_KEYS: ReadonlySet<string> = new Set(['name', 'description', 'parameters', 'strict']);

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
  };
}

function saysMore(tool: JsonValue): boolean {
  if (!isObject(tool)) return false;
  if (hasUnknownKeys(tool, TOOL_KEYS)) return true;
  const { function: definition } = tool;
  return isObject(definition) && hasUnknownKeys(definition, FUNCTION_KEYS);
}

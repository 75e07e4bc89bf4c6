import {
  invalidField,
  invalidRequest,
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readObject,
  readString,
} from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ToolChoice, ToolDefinition } from '@openclaw/provider';
import { findClientTool } from './client-tools.ts';
import type { ToolChanges } from './tool-changes.ts';

/** The tools of a request. */
export interface ParsedTools {
  readonly tools: readonly ToolDefinition[];
  /** Names of tools that only Anthropic's servers can run. */
  readonly serverTools: readonly string[];
}

export interface ParseToolsOptions {
  readonly toolChanges: ToolChanges;
  /** Collects the tools that no local model can use, for the log. */
  readonly leftOut: string[];
}

/**
 * Tools that the client runs. Left out: those of Anthropic's servers, and those that the model has not asked for yet.
 * @throws {ProviderError} `invalid-request`
 */
export function parseTools(value: JsonValue | undefined, { toolChanges, leftOut }: ParseToolsOptions): ParsedTools {
  const given = isAbsent(value) ? [] : readArray(value, 'tools');
  const tools = new Map<string, ToolDefinition>();
  const serverTools: string[] = [];
  for (const [index, item] of [...given, ...toolChanges.definitions].entries()) {
    const param = `tools[${index}]`;
    const tool = readObject(item, param);
    const type = readString(tool['type'] ?? 'custom', `${param}.type`);
    const definition = isObject(tool['input_schema'])
      ? parseCustomTool(tool, param)
      : parseTypedTool(tool, { type, param });
    if (definition === undefined) {
      leftOut.push(`the tool type ${JSON.stringify(type.slice(0, 100))}`);
      serverTools.push(typeof tool['name'] === 'string' ? tool['name'] : type);
      continue;
    }
    const { name } = definition;
    if (toolChanges.wasRemoved(name) || (tool['defer_loading'] === true && !toolChanges.wasAdded(name))) continue;
    if (tools.has(name)) leftOut.push(`a second tool ${JSON.stringify(name.slice(0, 100))}`);
    else tools.set(name, definition);
  }
  return { tools: [...tools.values()], serverTools };
}

/** `custom` tools have a schema. The schemas of others are known to Anthropic's models, and here for those that clients run. */
function parseTypedTool(
  tool: JsonObject,
  { type, param }: { readonly type: string; readonly param: string },
): ToolDefinition | undefined {
  if (type === 'custom') return parseCustomTool(tool, param);
  const known = findClientTool(type);
  return known === undefined ? undefined : { ...known, name: readString(tool['name'] ?? known.name, `${param}.name`) };
}

function parseCustomTool(tool: JsonObject, param: string): ToolDefinition {
  const name = readString(tool['name'], `${param}.name`);
  if (name === '') throw invalidField(`${param}.name`, 'the name of a tool', name);
  const schema = readObject(tool['input_schema'], `${param}.input_schema`, 'a JSON Schema');
  const { description, strict } = tool;
  return {
    name,
    ...(!isAbsent(description) && { description: readString(description, `${param}.description`) }),
    // Servers and templates require the type, which Anthropic's API does not.
    parameters: isAbsent(schema['type']) ? { type: 'object', ...schema } : schema,
    ...(!isAbsent(strict) && { strict: readBoolean(strict, `${param}.strict`) }),
  };
}

/** What `tool_choice` says. */
export interface ParsedToolChoice {
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
}

/**
 * A choice that no model could follow is refused before one is asked.
 * @throws {ProviderError} `invalid-request`
 */
export function parseToolChoice(value: JsonValue | undefined, { tools, serverTools }: ParsedTools): ParsedToolChoice {
  if (isAbsent(value)) return {};
  const choice = readObject(value, 'tool_choice');
  const type = readString(choice['type'], 'tool_choice.type');
  const toolChoice = CHOICES.get(type)?.(choice);
  if (toolChoice === undefined) throw invalidField('tool_choice.type', '"auto", "any", "tool" or "none"', type);
  checkToolChoice(toolChoice, { tools, serverTools });
  const single = choice['disable_parallel_tool_use'];
  const isSingle = !isAbsent(single) && readBoolean(single, 'tool_choice.disable_parallel_tool_use');
  if (tools.length === 0) return {};
  return { toolChoice, ...(isSingle && { parallelToolCalls: false }) };
}

const CHOICES: ReadonlyMap<string, (choice: JsonObject) => ToolChoice> = new Map<
  string,
  (choice: JsonObject) => ToolChoice
>([
  ['auto', () => 'auto'],
  ['any', () => 'required'],
  ['none', () => 'none'],
  ['tool', ({ name }) => ({ name: readString(name, 'tool_choice.name') })],
]);

function checkToolChoice(toolChoice: ToolChoice, { tools, serverTools }: ParsedTools): void {
  if (toolChoice === 'auto' || toolChoice === 'none') return;
  if (typeof toolChoice === 'object') {
    if (tools.some(({ name }) => name === toolChoice.name)) return;
    throw invalidRequest(
      serverTools.includes(toolChoice.name)
        ? `\`tool_choice\` names the tool "${toolChoice.name}", which only Anthropic's servers can run.`
        : `\`tool_choice\` names the tool "${toolChoice.name.slice(0, 200)}", and \`tools\` does not offer it.`,
      'tool_choice',
    );
  }
  if (tools.length === 0) {
    throw invalidRequest(
      '`tool_choice` asks for a tool call, and `tools` offers none that a local model can call.',
      'tool_choice',
    );
  }
}

import { invalidField, invalidRequest, isAbsent, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ToolChoice, ToolDefinition } from '@openclaw/provider';
import { functionNameOf } from './tool-form.ts';
import type { ToolForm } from './tool-form.ts';
import { isTypedTool } from './typed-tools.ts';
import type { ParsedTools } from './parse-tools.ts';
import { readName } from './read-name.ts';

/** The tools that are offered, and whether one of them must be called. */
export interface ChosenTools {
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
}

/**
 * Refuses a choice that no model could follow: a tool that is not offered, or that only OpenAI's servers can run.
 * @throws {ProviderError} `invalid-request`
 */
export function parseToolChoice(value: JsonValue | undefined, { tools, forms }: ParsedTools): ChosenTools {
  if (isAbsent(value) || value === 'auto') return { tools };
  if (value === 'none') return { tools, toolChoice: 'none' };
  if (value === 'required') return { tools: requireSome(tools), toolChoice: 'required' };
  const choice = readObject(value, 'tool_choice', EXPECTED);
  const type = readString(choice['type'], 'tool_choice.type', 'the type of a choice');
  if (type === 'allowed_tools') return parseAllowedTools(choice, { tools, forms });
  const name = functionNameOf(parseNamedTool(choice, 'tool_choice'));
  if (!forms.has(name)) throw notOffered(name, tools);
  return { tools, toolChoice: { name } };
}

const EXPECTED = '"auto", "none", "required", a tool, or a list of allowed tools';

function parseAllowedTools(choice: JsonObject, { tools, forms }: Pick<ParsedTools, 'tools' | 'forms'>): ChosenTools {
  const mode = readString(choice['mode'] ?? 'auto', 'tool_choice.mode');
  if (mode !== 'auto' && mode !== 'required') throw invalidField('tool_choice.mode', '"auto" or "required"', mode);
  const allowed = new Set<string>();
  for (const [index, value] of readArray(choice['tools'], 'tool_choice.tools').entries()) {
    const param = `tool_choice.tools[${index}]`;
    const tool = readObject(value, param, 'a tool');
    if (tool['type'] === 'namespace') {
      const namespace = readName(tool['name'], `${param}.name`, 'the name of a namespace');
      for (const [name, form] of forms) if ('namespace' in form && form.namespace === namespace) allowed.add(name);
    } else {
      allowed.add(functionNameOf(parseNamedTool(tool, param)));
    }
  }
  const chosen = tools.filter(({ name }) => allowed.has(name));
  return mode === 'required' ? { tools: requireSome(chosen), toolChoice: 'required' } : { tools: chosen };
}

/** A tool that a choice names. A type that models cannot be offered is read as a name, which is then not found. */
function parseNamedTool(tool: JsonObject, param: string): ToolForm {
  const type = readString(tool['type'], `${param}.type`, 'the type of a tool');
  if (isTypedTool(type)) return { type };
  if (type !== 'function' && type !== 'custom') return { type: 'function', name: type };
  const name = readName(tool['name'], `${param}.name`, 'the name of a tool');
  const { namespace } = tool;
  return isAbsent(namespace) ? { type, name } : { type, name, namespace: readString(namespace, `${param}.namespace`) };
}

function requireSome(tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
  if (tools.length > 0) return tools;
  throw invalidRequest(
    '`tool_choice` asks for a tool call, and no tool is offered that a model here can call.',
    'tool_choice',
  );
}

function notOffered(name: string, tools: readonly ToolDefinition[]): Error {
  const offered = tools.length === 0 ? 'none' : tools.map((tool) => tool.name).join(', ');
  return invalidRequest(
    `\`tool_choice\` names the tool "${name}", and the tools that a model here can call are: ${offered}.`,
    'tool_choice',
  );
}

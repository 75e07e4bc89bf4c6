import { invalidRequest, isAbsent, isObject, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ToolDefinition } from '@openclaw/provider';
import { functionNameOf } from './tool-form.ts';
import type { NamedToolForm, ToolForm, ToolForms } from './tool-form.ts';
import { isTypedTool, TYPED_TOOLS } from './typed-tools.ts';
import { readName } from './read-name.ts';

/** The tools of a request. */
export interface ParsedTools {
  readonly tools: readonly ToolDefinition[];
  readonly forms: ToolForms;
  /** Tools that only OpenAI's servers can run, and those whose name is taken, for the log. */
  readonly leftOut: readonly string[];
}

/** The tools that a request offers. */
export interface ToolCollector extends ParsedTools {
  /** @throws {ProviderError} `invalid-request` */
  add(value: JsonValue | undefined, param: string): void;
}

/** Collects tools from the `tools` of a request, and from items of its input that bring more. */
export function createToolCollector(): ToolCollector {
  const tools: ToolDefinition[] = [];
  const forms = new Map<string, ToolForm>();
  const leftOut: string[] = [];

  function offer(form: ToolForm, definition: Omit<ToolDefinition, 'name'>): void {
    const name = functionNameOf(form);
    if (forms.has(name)) leftOut.push(`a second tool "${name}"`);
    else {
      forms.set(name, form);
      tools.push({ ...definition, name });
    }
  }

  function addNamed(tool: JsonObject, { param, namespace }: { param: string; namespace?: string }): void {
    const type = tool['type'] === 'custom' ? 'custom' : 'function';
    const name = readName(tool['name'], `${param}.name`, 'the name of a tool');
    const form: NamedToolForm = { type, name, namespace };
    offer(form, type === 'custom' ? defineCustom(tool, param) : defineFunction(tool, param));
  }

  function addNamespace(group: JsonObject, param: string): void {
    const namespace = readName(group['name'], `${param}.name`, 'the name of a namespace');
    for (const [index, value] of readArray(group['tools'], `${param}.tools`).entries()) {
      const at = `${param}.tools[${index}]`;
      const tool = readObject(value, at, 'a tool');
      const type = readString(tool['type'] ?? 'function', `${at}.type`);
      if (type === 'function' || type === 'custom') addNamed(tool, { param: at, namespace });
      else leftOut.push(`the tool type "${type.slice(0, 60)}"`);
    }
  }

  return {
    tools,
    forms,
    leftOut,
    add(value, param) {
      if (isAbsent(value)) return;
      for (const [index, item] of readArray(value, param).entries()) {
        const at = `${param}[${index}]`;
        const tool = readObject(item, at, 'a tool');
        const type = readString(tool['type'] ?? 'function', `${at}.type`, 'the type of a tool');
        if (type === 'function' || type === 'custom') addNamed(tool, { param: at });
        else if (type === 'namespace') addNamespace(tool, at);
        else if (isTypedTool(type) && !isHosted(tool)) offer({ type }, TYPED_TOOLS[type].definition);
        else leftOut.push(`the tool type "${type.slice(0, 60)}"`);
      }
    },
  };
}

/** A shell in a container of OpenAI's. */
function isHosted({ environment }: JsonObject): boolean {
  return isObject(environment) && environment['type'] !== 'local';
}

function defineFunction({ description, parameters, strict }: JsonObject, param: string): Omit<ToolDefinition, 'name'> {
  return {
    ...readDescription(description, param),
    parameters: isAbsent(parameters)
      ? { type: 'object', properties: {} }
      : readObject(parameters, `${param}.parameters`, 'a JSON Schema'),
    ...(typeof strict === 'boolean' && { strict }),
  };
}

/** A tool whose input is text. The model sees a function with that text as its only parameter. */
function defineCustom({ description, format }: JsonObject, param: string): Omit<ToolDefinition, 'name'> {
  const own = readDescription(description, param).description;
  return {
    description: [own, 'Put the input as plain text into the parameter `input`.', describeGrammar(format, param)]
      .filter((part) => part !== undefined)
      .join('\n\n'),
    parameters: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The input of the tool' } },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

function readDescription(value: JsonValue | undefined, param: string): { description?: string } {
  return isAbsent(value) ? {} : { description: readString(value, `${param}.description`) };
}

/** Local servers cannot be held to a grammar beside other tools, so it is described to the model. */
function describeGrammar(value: JsonValue | undefined, param: string): string | undefined {
  if (isAbsent(value)) return undefined;
  const format = readObject(value, `${param}.format`);
  const type = readString(format['type'], `${param}.format.type`);
  if (type === 'text') return undefined;
  if (type !== 'grammar')
    throw invalidRequest(`\`${param}.format.type\` must be "text" or "grammar".`, `${param}.format`);
  const syntax = readString(format['syntax'], `${param}.format.syntax`);
  const definition = readString(format['definition'], `${param}.format.definition`);
  return `The input must match this grammar (${syntax}):\n${definition}`;
}

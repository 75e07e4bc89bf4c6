import { isObject } from '@openclaw/openai-wire';
import type { JsonObject, JsonValue, ToolDefinition } from '@openclaw/provider';
import type { ToolForm } from './tool-form.ts';

/** Tools that the client runs and that a request offers by their type alone. */
export type TypedTool = Exclude<ToolForm['type'], 'function' | 'custom'>;

interface TypedToolRules {
  readonly definition: ToolDefinition;
  /** The type of the item that is a call. */
  readonly callType: string;
  /** The field of that item which has the arguments. */
  readonly callField: string;
  readonly idPrefix: string;
  /** The arguments of the model → the value of `callField`; `undefined` if they are not complete. */
  readonly encodeCall: (args: JsonObject) => JsonObject | undefined;
}

const text = (description: string): JsonObject => ({ type: 'string', description });
const texts = (description: string): JsonObject => ({ type: 'array', items: { type: 'string' }, description });
const milliseconds: JsonObject = { type: 'integer', description: 'Timeout in milliseconds' };

/** What the API defines for each, as a function that a model can call. */
export const TYPED_TOOLS: Record<TypedTool, TypedToolRules> = {
  local_shell: {
    definition: {
      name: 'local_shell',
      description: 'Runs one command on the machine of the user and returns its output.',
      parameters: schema(
        {
          command: texts('The program and its arguments, each as one string'),
          working_directory: text('The directory to run it in'),
          timeout_ms: milliseconds,
        },
        ['command'],
      ),
    },
    callType: 'local_shell_call',
    callField: 'action',
    idPrefix: 'lsh',
    encodeCall: ({ command, working_directory, timeout_ms }) =>
      isTexts(command)
        ? { type: 'exec', command, env: {}, ...optionalText({ working_directory }), ...optionalNumber({ timeout_ms }) }
        : undefined,
  },
  shell: {
    definition: {
      name: 'shell',
      description: 'Runs shell commands on the machine of the user and returns their output.',
      parameters: schema({ commands: texts('Shell commands, run one after the other'), timeout_ms: milliseconds }, [
        'commands',
      ]),
    },
    callType: 'shell_call',
    callField: 'action',
    idPrefix: 'sh',
    encodeCall: ({ commands, timeout_ms }) =>
      isTexts(commands)
        ? { commands, max_output_length: null, timeout_ms: null, ...optionalNumber({ timeout_ms }) }
        : undefined,
  },
  apply_patch: {
    definition: {
      name: 'apply_patch',
      description: 'Creates, changes or deletes one file in the workspace of the user.',
      parameters: schema(
        {
          type: { type: 'string', enum: ['create_file', 'update_file', 'delete_file'] },
          path: text('The path of the file, relative to the workspace'),
          diff: text(
            'For create_file and update_file: the change in V4A diff format. Lines begin with "+" (new), "-" (removed) or " " (context); "@@" begins a section.',
          ),
        },
        ['type', 'path'],
      ),
    },
    callType: 'apply_patch_call',
    callField: 'operation',
    idPrefix: 'apc',
    encodeCall: ({ type, path, diff }) => {
      if (typeof path !== 'string') return undefined;
      if (type === 'delete_file') return { type, path };
      const changes = type === 'create_file' || type === 'update_file';
      return changes && typeof diff === 'string' ? { type, path, diff } : undefined;
    },
  },
};

export function isTypedTool(type: string): type is TypedTool {
  return Object.hasOwn(TYPED_TOOLS, type);
}

function schema(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

function optionalText(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
}

function optionalNumber(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'number'));
}

/** The arguments that a call in the history had. */
export function decodeTypedCall(tool: TypedTool, item: JsonObject): string {
  const value = item[TYPED_TOOLS[tool].callField];
  if (!isObject(value)) return '{}';
  // `exec` is the only kind of action, and no argument of the function.
  const { type, ...action } = value;
  return JSON.stringify(tool === 'local_shell' ? action : { type, ...action });
}

import { isAbsent, isObject, readString } from '@openclaw/openai-wire';
import type { JsonObject, ToolCall, ToolMessage } from '@openclaw/provider';
import { parseContent } from './parse-content.ts';
import { functionNameOf } from './tool-form.ts';
import { decodeTypedCall } from './typed-tools.ts';
import type { TypedTool } from './typed-tools.ts';
import { readName } from './read-name.ts';

/** The output of a call. */
export interface CallOutput {
  readonly callId: string;
  readonly content: ToolMessage['content'];
}

type CallReader = (item: JsonObject, param: string) => ToolCall;
type OutputReader = (item: JsonObject, param: string) => CallOutput;

/** Items of a conversation that are calls, by type. */
export const CALLS: ReadonlyMap<string, CallReader> = new Map<string, CallReader>([
  [
    'function_call',
    (item, param) => ({
      ...readNamedCall(item, { param, type: 'function' }),
      // May be no JSON: the model is to see what it wrote.
      argumentsText: readString(item['arguments'] ?? '', `${param}.arguments`),
    }),
  ],
  [
    'custom_tool_call',
    (item, param) => ({
      ...readNamedCall(item, { param, type: 'custom' }),
      argumentsText: JSON.stringify({ input: readString(item['input'] ?? '', `${param}.input`) }),
    }),
  ],
  ['local_shell_call', readTypedCall('local_shell')],
  ['shell_call', readTypedCall('shell')],
  ['apply_patch_call', readTypedCall('apply_patch')],
]);

/** Items of a conversation that are outputs of calls, by type. */
export const OUTPUTS: ReadonlyMap<string, OutputReader> = new Map<string, OutputReader>([
  ['function_call_output', readOutput],
  ['custom_tool_call_output', readOutput],
  ['local_shell_call_output', readOutput],
  [
    'shell_call_output',
    (item, param) => ({ callId: readCallId(item, param), content: describeShellOutput(item['output']) }),
  ],
  [
    'apply_patch_call_output',
    (item, param) => {
      const status = readString(item['status'] ?? 'completed', `${param}.status`);
      const output = readString(item['output'] ?? '', `${param}.output`);
      return { callId: readCallId(item, param), content: output === '' ? status : `${status}: ${output}` };
    },
  ],
]);

/** Some outputs of a shell have only the `id` of their call. */
function readCallId(item: JsonObject, param: string): string {
  return isAbsent(item['call_id']) && !isAbsent(item['id'])
    ? readName(item['id'], `${param}.id`, 'the id of a call')
    : readName(item['call_id'], `${param}.call_id`, 'the id of a call');
}

function readNamedCall(
  item: JsonObject,
  { param, type }: { readonly param: string; readonly type: 'function' | 'custom' },
): Pick<ToolCall, 'id' | 'name'> {
  const name = readName(item['name'], `${param}.name`, 'the name of a tool');
  const namespace = isAbsent(item['namespace']) ? undefined : readString(item['namespace'], `${param}.namespace`);
  return { id: readCallId(item, param), name: functionNameOf({ type, name, namespace }) };
}

function readTypedCall(tool: TypedTool): CallReader {
  return (item, param) => ({ id: readCallId(item, param), name: tool, argumentsText: decodeTypedCall(tool, item) });
}

function readOutput(item: JsonObject, param: string): CallOutput {
  return { callId: readCallId(item, param), content: parseContent(item['output'] ?? '', `${param}.output`) };
}

/** `[{ stdout, stderr, outcome: { type: "exit", exit_code } | { type: "timeout" } }]`, one for each command. */
function describeShellOutput(output: JsonObject[string]): string {
  if (!Array.isArray(output)) return typeof output === 'string' ? output : '';
  return output.filter(isObject).map(describeCommand).join('\n\n');
}

function describeCommand({ stdout, stderr, outcome }: JsonObject): string {
  const exit = isObject(outcome) ? outcome['exit_code'] : undefined;
  const ended = typeof exit === 'number' ? `exit code ${exit}` : 'timed out';
  return [stdout, stderr, ended].filter((part): part is string => typeof part === 'string' && part !== '').join('\n');
}

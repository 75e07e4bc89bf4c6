import type { StreamEvent } from '@openclaw/provider';
import { createKeyValueReader } from './grammar/key-value-call.ts';
import { parseJson } from './json.ts';
import { createTextReader } from './text-reader.ts';
import type { FoundCall, ToolIndex } from './tool-index.ts';

type CallEvent = Extract<StreamEvent, { type: 'tool-call-start' | 'tool-call-delta' | 'tool-call-end' }>;

/** Repairs the names of the server's own calls. */
export interface CallNameRepair {
  /** The event, after a repair event if its name was repaired. */
  repair(event: CallEvent): readonly StreamEvent[];
}

/** A call whose name was repaired. */
interface NamedCall {
  readonly name: string;
  /** Arguments that were in the name. They replace empty ones. */
  readonly argumentsText: string | undefined;
}

/** What servers leave behind a name: harmony's markers, pieces of a closing tag, keys and values of GLM. */
const BEHIND_NAME = /[<"'>\s].*$/s;
const ID_PARTS = /^functions\.|:\d+$/g;

const readKeysAndValues = createKeyValueReader({
  keyBegin: '<arg_key>',
  keyEnd: '</arg_key>',
  valueBegin: '<arg_value>',
  valueEnd: '</arg_value>',
  callEnd: '</tool_call>',
});

/**
 * Servers leave markup in names: `create_event<|channel|>analysis`, `functions.create_event` (Ollama 0.11 to 0.12, vLLM),
 * `list_dir</function`, `functions.get_weather:0`, and whole calls of GLM. It is removed if the rest is the exact name of
 * a tool.
 */
export function createCallNameRepair(tools: ToolIndex): CallNameRepair {
  const calls = new Map<string, NamedCall>();

  const start = (event: Extract<CallEvent, { type: 'tool-call-start' }>): readonly StreamEvent[] => {
    if (tools.get(event.name)) return [event];
    const name = event.name.trim().replace(BEHIND_NAME, '').replaceAll(ID_PARTS, '');
    if (!tools.get(name)) return [event];
    calls.set(event.id, { name, argumentsText: argumentsInName(event.name, tools)?.argumentsText });
    const detail = `The call of ${name} had markers in its name: ${event.name}`;
    return [
      { type: 'repair', repair: 'tool-call-from-text', detail },
      { ...event, name },
    ];
  };

  const end = (event: Extract<CallEvent, { type: 'tool-call-end' }>): readonly StreamEvent[] => {
    const call = calls.get(event.id);
    if (!call) return [event];
    calls.delete(event.id);
    const { name, argumentsText } = call;
    if (argumentsText === undefined) return [{ ...event, name }];
    const given = isEmpty(event.argumentsText) ? argumentsText : event.argumentsText;
    return [
      { type: 'tool-call-delta', id: event.id, argumentsText: given },
      { ...event, name, argumentsText: given },
    ];
  };

  return {
    repair(event) {
      if (event.type === 'tool-call-start') return start(event);
      if (event.type === 'tool-call-end') return end(event);
      // They may be empty ones, which the arguments in the name replace.
      return calls.get(event.id)?.argumentsText === undefined ? [event] : [];
    },
  };
}

function isEmpty(argumentsText: string): boolean {
  const value = parseJson(argumentsText);
  return argumentsText.trim() === '' || value === null || JSON.stringify(value) === '{}';
}

/** The call in a name such as `read_file<arg_key>path</arg_key><arg_value>a.md</arg_value>`. */
function argumentsInName(name: string, tools: ToolIndex): FoundCall | undefined {
  if (!name.includes('<arg_key>')) return undefined;
  const reader = createTextReader();
  reader.give(name);
  reader.end(false);
  const step = readKeysAndValues(reader, tools).next();
  return step.done === true ? step.value?.[0] : undefined;
}

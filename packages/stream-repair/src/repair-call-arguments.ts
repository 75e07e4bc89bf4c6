import type { StreamEvent, ToolCallEndEvent, ToolDefinition } from '@openclaw/provider';
import { createSchemaCheck } from './check-schema.ts';
import type { SchemaCheck } from './check-schema.ts';
import { parseJson } from './json.ts';
import { repairArguments } from './repair-arguments.ts';
import type { StreamTransform } from './stream-transform.ts';

/** Options of `createArgumentsRepair`. */
export interface CallArgumentsOptions {
  readonly tools: readonly ToolDefinition[];
  /** In characters. Longer arguments are not changed. */
  readonly maxHeldCharacters: number;
}

/** A call whose end was not emitted yet. */
interface HeldCall {
  readonly deltas: readonly StreamEvent[];
  readonly end: ToolCallEndEvent;
}

/** A call whose end has not arrived yet. */
interface OpenCall {
  deltas: StreamEvent[];
  length: number;
}

/**
 * Repairs the arguments of calls. Their deltas are held until the call ends, since emitted deltas cannot be repaired.
 * Valid arguments are then emitted as the original deltas. A call with incomplete arguments waits for the next event:
 * if the answer ends at the length limit, the rest is missing and must not be invented.
 */
export function createArgumentsRepair({ tools, maxHeldCharacters }: CallArgumentsOptions): StreamTransform {
  const toolsByName = new Map(tools.map((tool) => [tool.name, tool]));
  const checks = new Map<string, SchemaCheck>();
  const openCalls = new Map<string, OpenCall>();
  let incomplete: HeldCall | undefined;

  const checkOf = (tool: ToolDefinition): SchemaCheck => {
    const check = checks.get(tool.name) ?? createSchemaCheck(tool.parameters);
    checks.set(tool.name, check);
    return check;
  };

  const repairCall = ({ deltas, end }: HeldCall): readonly StreamEvent[] => {
    const tool = toolsByName.get(end.name);
    const { argumentsText, repairs, problem } = repairArguments(end.argumentsText, {
      tool,
      check: tool && checkOf(tool),
    });
    const isSame = argumentsText === end.argumentsText;
    const repairedEnd = problem === undefined ? { ...end, argumentsText } : { ...end, argumentsText, problem };
    return [
      ...repairs,
      ...(isSame ? deltas : [{ type: 'tool-call-delta' as const, id: end.id, argumentsText }]),
      isSame && problem === undefined ? end : repairedEnd,
    ];
  };

  const settleIncomplete = (next: StreamEvent): readonly StreamEvent[] => {
    if (!incomplete) return [];
    const call = incomplete;
    incomplete = undefined;
    const isCutShort = next.type === 'error' || (next.type === 'finish' && next.reason === 'length');
    if (!isCutShort) return repairCall(call);
    return [...call.deltas, { ...call.end, problem: `The answer ended before the arguments of ${call.end.name} did.` }];
  };

  const endCall = (end: ToolCallEndEvent): readonly StreamEvent[] => {
    const call = openCalls.get(end.id);
    openCalls.delete(end.id);
    if (!call || call.length > maxHeldCharacters) return [end];
    if (end.problem !== undefined) return [...call.deltas, end];
    if (!isIncomplete(end.argumentsText)) return repairCall({ deltas: call.deltas, end });
    incomplete = { deltas: call.deltas, end };
    return [];
  };

  const holdDelta = (event: Extract<StreamEvent, { type: 'tool-call-delta' }>): readonly StreamEvent[] => {
    const call = openCalls.get(event.id);
    if (!call) return [event];
    call.length += event.argumentsText.length;
    call.deltas.push(event);
    if (call.length <= maxHeldCharacters) return [];
    const { deltas } = call;
    call.deltas = [];
    return deltas;
  };

  const release = (): readonly StreamEvent[] => {
    const held = [...openCalls.values()].flatMap(({ deltas }) => deltas);
    openCalls.clear();
    return held;
  };

  const handle = (event: StreamEvent): readonly StreamEvent[] => {
    switch (event.type) {
      case 'tool-call-start':
        openCalls.set(event.id, { deltas: [], length: 0 });
        return [event];
      case 'tool-call-delta':
        return holdDelta(event);
      case 'tool-call-end':
        return endCall(event);
      case 'finish':
      case 'error':
        return [...release(), event];
      case 'start':
      case 'fallback':
      case 'text-delta':
      case 'reasoning-delta':
      case 'repair':
      case 'warning':
        return [event];
    }
  };

  return {
    push: (event) => (incomplete ? [...settleIncomplete(event), ...handle(event)] : handle(event)),
    end: () => (incomplete ? [...repairCall(incomplete), ...release()] : release()),
  };
}

/** Whether a JSON text ends with an open string, object or array. */
function isIncomplete(text: string): boolean {
  if (text === '' || parseJson(text) !== undefined) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const mark = text[index];
    if (mark === '"') inString = !inString;
    else if (inString) index += mark === '\\' ? 1 : 0;
    else if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
  }
  return inString || depth > 0;
}

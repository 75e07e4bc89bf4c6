import type { StreamEvent, ToolCallEndEvent, ToolDefinition } from '@openclaw/provider';
import { createSchemaCheck } from './check-schema.ts';
import type { SchemaCheck } from './check-schema.ts';
import { findJsonBreak } from './incomplete-json.ts';
import { repairArguments } from './repair-arguments.ts';
import type { StreamTransform } from './stream-transform.ts';

/** Options of `createArgumentsRepair`. */
export interface CallArgumentsOptions {
  readonly tools: readonly ToolDefinition[];
  /** In characters. Longer arguments are not changed. */
  readonly maxHeldCharacters: number;
  /** The token limit of the request. An answer that reached it was cut. */
  readonly maxTokens?: number | undefined;
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
 * if the answer was cut, the rest is missing and must not be invented. That is so for a break within a value, too.
 */
export function createArgumentsRepair({
  tools,
  maxHeldCharacters,
  maxTokens = Infinity,
}: CallArgumentsOptions): StreamTransform {
  const toolsByName = new Map(tools.map((tool) => [tool.name, tool]));
  const checks = new Map<string, SchemaCheck>();
  const openCalls = new Map<string, OpenCall>();
  let incomplete: HeldCall | undefined;
  let brokeOff = false;

  const checkOf = (tool: ToolDefinition): SchemaCheck => {
    const check = checks.get(tool.name) ?? createSchemaCheck(tool.parameters);
    checks.set(tool.name, check);
    return check;
  };

  const repairCall = ({ deltas, end }: HeldCall): readonly StreamEvent[] => {
    const tool = toolsByName.get(end.name);
    const { argumentsText, repairs, problem, breaksOff } = repairArguments(end.argumentsText, {
      tool,
      check: tool && checkOf(tool),
    });
    if (breaksOff === true) return cutCall({ deltas, end });
    const isSame = argumentsText === end.argumentsText;
    const repairedEnd = problem === undefined ? { ...end, argumentsText } : { ...end, argumentsText, problem };
    return [
      ...repairs,
      ...(isSame ? deltas : [{ type: 'tool-call-delta' as const, id: end.id, argumentsText }]),
      isSame && problem === undefined ? end : repairedEnd,
    ];
  };

  const cutCall = ({ deltas, end }: HeldCall): readonly StreamEvent[] => {
    brokeOff = true;
    return [...deltas, { ...end, problem: `The answer ended before the arguments of ${end.name} did.` }];
  };

  /** The reasons for which the server stopped other than at the end of the answer leave the rest open. */
  const isCutShort = (next: StreamEvent): boolean =>
    next.type === 'error' ||
    (next.type === 'finish' &&
      ((next.reason !== 'stop' && next.reason !== 'tool-calls') || (next.usage?.outputTokens ?? 0) >= maxTokens));

  const settleIncomplete = (next: StreamEvent): readonly StreamEvent[] => {
    if (!incomplete) return [];
    const call = incomplete;
    incomplete = undefined;
    return isCutShort(next) ? cutCall(call) : repairCall(call);
  };

  /** An answer whose call breaks off was cut, whatever the server says. */
  const finish = (event: Extract<StreamEvent, { type: 'finish' }>): StreamEvent =>
    brokeOff && (event.reason === 'stop' || event.reason === 'tool-calls') ? { ...event, reason: 'length' } : event;

  const endCall = (end: ToolCallEndEvent): readonly StreamEvent[] => {
    const call = openCalls.get(end.id);
    openCalls.delete(end.id);
    if (!call || call.length > maxHeldCharacters) return [end];
    if (end.problem !== undefined) return [...call.deltas, end];
    if (findJsonBreak(end.argumentsText) === undefined) return repairCall({ deltas: call.deltas, end });
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
        return [...release(), finish(event)];
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

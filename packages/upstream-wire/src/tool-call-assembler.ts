import type { StreamEvent } from '@openclaw/provider';
import { createJsonObjectScanner } from './json-object-scanner.ts';
import type { JsonObjectScanner } from './json-object-scanner.ts';

/**
 * An entry of `tool_calls`: a whole call or a fragment of one. A field that the server omits is empty or `undefined`.
 */
export interface WireToolCall {
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  /** Whether the entry looks like the first of a call: it has an id or a type. Later fragments have neither. */
  readonly opens: boolean;
}

/**
 * How a server splits tool calls: every entry is a `whole` call (Ollama), or entries are `fragments` joined by `index`
 * (OpenAI). `by-content` decides by the entries: a call ends when its arguments are complete.
 */
export type ToolCallStyle = 'by-content' | 'fragments' | 'whole';

export interface ToolCallAssemblerOptions {
  readonly style?: ToolCallStyle | undefined;
  readonly emit: (event: StreamEvent) => void;
  /** Generates the id of a call for which the server sent none. */
  readonly generateId: () => string;
}

/** Joins entries to tool calls. */
export interface ToolCallAssembler {
  /** Adds an entry of a streamed delta. */
  add(entry: WireToolCall): void;
  /** Adds an entry of a whole body, which is always a whole call. */
  addWhole(entry: WireToolCall): void;
  /** Other content follows: calls with complete arguments end. */
  settle(): void;
  /** The answer is over: every call ends, complete or not. */
  close(): void;
  /** The number of calls so far. */
  count(): number;
  /** The held characters of names and arguments, and a constant for each call. */
  size(): number;
}

interface Call {
  /** The position among the calls of the answer. */
  readonly order: number;
  scanner: JsonObjectScanner;
  id: string;
  name: string;
  /** Read only at the end: V8 flattens the string on each read, which costs its whole length. */
  argumentsText: string;
  /** The part of `argumentsText` that was not emitted yet. */
  pendingText: string;
  /** Whether a part of the arguments was emitted. */
  emitted: boolean;
  phase: 'held' | 'started' | 'ended';
}

/** What a call takes in memory besides its strings. */
const CALL_SIZE = 256;

/** Whole calls and fragments in any order, with ids and names that may be missing, repeated or late. */
export function createToolCallAssembler({
  style = 'by-content',
  emit,
  generateId,
}: ToolCallAssemblerOptions): ToolCallAssembler {
  const open = new Set<Call>();
  /** The open calls that `settle` ends, so that it need not visit all of them. */
  const complete = new Set<Call>();
  const latestByIndex = new Map<number, Call>();
  const usedIds = new Set<string>();
  let latest: Call | undefined;
  let count = 0;
  let size = 0;

  return { add, addWhole, settle, close, count: () => count, size: () => size };

  function add(entry: WireToolCall): void {
    if (style === 'whole') return addWhole(entry);
    const before = entry.index === undefined ? latest : latestByIndex.get(entry.index);
    if (before !== undefined && continues(before, entry, style)) return append(before, entry);
    if (entry.id === '' && entry.name === '' && entry.argumentsText.trim() === '') return;
    if (before !== undefined) end(before);
    settle();
    const call = begin(entry);
    append(call, entry);
    // A whole call in one entry. `{}` may be a placeholder before the arguments, and an id may come late, so such calls
    // stay open.
    if (call.phase === 'started' && call.scanner.closed() && !isPlaceholder(call)) end(call);
  }

  function addWhole(entry: WireToolCall): void {
    const call = begin(entry);
    append(call, entry);
    end(call);
  }

  function begin(entry: WireToolCall): Call {
    const scanner = createJsonObjectScanner();
    const call: Call = {
      order: count,
      scanner,
      id: '',
      name: '',
      argumentsText: '',
      pendingText: '',
      emitted: false,
      phase: 'held',
    };
    open.add(call);
    size += CALL_SIZE;
    latest = call;
    if (entry.index !== undefined) latestByIndex.set(entry.index, call);
    count += 1;
    return call;
  }

  function append(call: Call, entry: WireToolCall): void {
    if (call.phase === 'ended') return;
    if (call.phase === 'held') {
      call.id ||= usedIds.has(entry.id) ? '' : entry.id;
      call.name = joinName(call.name, entry.name);
      size += entry.name.length;
    }
    size += entry.argumentsText.length;
    if (isPlaceholder(call) && entry.argumentsText.trim() !== '') {
      call.argumentsText = '';
      call.pendingText = '';
      call.scanner = createJsonObjectScanner();
    }
    call.argumentsText += entry.argumentsText;
    call.pendingText += entry.argumentsText;
    call.scanner.push(entry.argumentsText);
    if (call.scanner.closed() && call.name !== '') complete.add(call);
    else complete.delete(call);
    // A start needs an id and a name. Either may come late, and so may the rest of a name until the arguments begin.
    if (call.phase === 'held' && call.id !== '' && call.name !== '' && call.argumentsText !== '') start(call);
    if (call.phase === 'started' && !isPlaceholder(call)) emitPending(call);
  }

  function start(call: Call): void {
    if (usedIds.has(call.id)) call.id = generateId();
    usedIds.add(call.id);
    call.phase = 'started';
    emit({ type: 'tool-call-start', id: call.id, name: call.name });
  }

  function emitPending(call: Call): void {
    if (call.pendingText === '') return;
    emit({ type: 'tool-call-delta', id: call.id, argumentsText: call.pendingText });
    call.pendingText = '';
    call.emitted = true;
  }

  function end(call: Call): void {
    if (call.phase === 'ended') return;
    if (call.phase === 'held') {
      call.id ||= generateId();
      start(call);
    }
    emitPending(call);
    call.phase = 'ended';
    open.delete(call);
    complete.delete(call);
    emit({ type: 'tool-call-end', id: call.id, name: call.name, argumentsText: call.argumentsText });
  }

  function settle(): void {
    if (complete.size === 0) return;
    for (const call of [...complete].toSorted((one, other) => one.order - other.order)) end(call);
  }

  function close(): void {
    for (const call of open) end(call);
  }
}

/** Whether an entry continues a call. Otherwise it starts the next one. */
function continues(call: Call, entry: WireToolCall, style: ToolCallStyle): boolean {
  if (style === 'fragments') return entry.index !== undefined || entry.name === '';
  const over = call.phase === 'ended' || (call.scanner.closed() && !(isPlaceholder(call) && entry.name === ''));
  const isEmpty = entry.argumentsText.trim() === '';
  const sameId = entry.id !== '' && entry.id === call.id;
  // vLLM before 0.9 gave every fragment a new id, so a new id without a name does not start a call.
  if (entry.name === '') return !over || isEmpty || entry.id === '' || sameId;
  if (call.name === '') return !over || isEmpty;
  if (over) return isEmpty && entry.name === call.name && (entry.id === '' || call.id === '' || sameId);
  if (sameId) return true;
  if (!entry.opens && entry.index !== undefined && call.argumentsText === '') return true;
  const idsDiffer = entry.id !== '' && call.id !== '';
  return !idsDiffer && entry.index !== undefined && entry.name === call.name;
}

/** Names arrive whole. Some servers repeat them with every fragment, and a few proxies split them. */
function joinName(name: string, more: string): string {
  return more === name ? name : name + more;
}

/** Anthropic behind some proxies starts a call with `{}` and then sends the real arguments in fragments. */
function isPlaceholder(call: Call): boolean {
  return !call.emitted && call.argumentsText === '{}';
}

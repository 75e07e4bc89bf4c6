import type { StreamEvent } from '@openclaw/provider';
import { createJsonObjectScanner } from './json-object-scanner.ts';
import type { JsonObjectScanner } from './json-object-scanner.ts';
import type { WireToolCall } from './wire-format.ts';

/**
 * How a server cuts its tool calls: every entry a `whole` call (Ollama), `fragments` joined by `index` (OpenAI), or
 * `by-content`: told apart by what arrives, since a call is over when its arguments are.
 */
export type ToolCallStyle = 'by-content' | 'fragments' | 'whole';

export interface ToolCallAssemblerOptions {
  readonly style?: ToolCallStyle | undefined;
  readonly emit: (event: StreamEvent) => void;
  /** Names a call for which the server sent no id of its own. */
  readonly generateId: () => string;
}

/** Joins what arrives of tool calls to calls. */
export interface ToolCallAssembler {
  /** Takes an entry of a streamed delta. */
  add(entry: WireToolCall): void;
  /** Takes an entry of a whole body, which is a call whatever it looks like. */
  addWhole(entry: WireToolCall): void;
  /** Something else was said: calls whose arguments are complete end. */
  settle(): void;
  /** The answer is over: every call ends, as it is. */
  close(): void;
  /** How many calls there were. */
  count(): number;
  /** Characters of names and arguments held; each call counts for a few more, as it takes memory however short it is. */
  size(): number;
}

interface Call {
  /** Which one of the answer's calls it is. */
  readonly order: number;
  scanner: JsonObjectScanner;
  id: string;
  name: string;
  /** Grows piece by piece, and is read as a whole only at the end: each look at it would cost its whole length. */
  argumentsText: string;
  /** The part of `argumentsText` that no event carried yet. */
  pendingText: string;
  /** Whether an event carried a part of the arguments. */
  told: boolean;
  phase: 'held' | 'started' | 'ended';
}

/** What a call takes in memory beside its texts. */
const CALL_SIZE = 256;

/** Whole calls and fragments in any order, with ids and names that may be missing, repeated or late. */
export function createToolCallAssembler({
  style = 'by-content',
  emit,
  generateId,
}: ToolCallAssemblerOptions): ToolCallAssembler {
  const open = new Set<Call>();
  /** Those of the open calls that `settle` ends, so that it need not look at all of them. */
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
    // A whole call in one entry. `{}` may be a placeholder before the arguments, and an id may come late, so those wait
    // for what comes next.
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
      told: false,
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
    // A start needs an id and a name. While one is missing the call is held, since either may come late; until the
    // arguments begin, so may the rest of a name.
    if (call.phase === 'held' && call.id !== '' && call.name !== '' && call.argumentsText !== '') start(call);
    if (call.phase === 'started' && !isPlaceholder(call)) tell(call);
  }

  function start(call: Call): void {
    if (usedIds.has(call.id)) call.id = generateId();
    usedIds.add(call.id);
    call.phase = 'started';
    emit({ type: 'tool-call-start', id: call.id, name: call.name });
  }

  function tell(call: Call): void {
    if (call.pendingText === '') return;
    emit({ type: 'tool-call-delta', id: call.id, argumentsText: call.pendingText });
    call.pendingText = '';
    call.told = true;
  }

  function end(call: Call): void {
    if (call.phase === 'ended') return;
    if (call.phase === 'held') {
      call.id ||= generateId();
      start(call);
    }
    tell(call);
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

/** Whether an entry goes on with a call, or is the next one. */
function continues(call: Call, entry: WireToolCall, style: ToolCallStyle): boolean {
  if (style === 'fragments') return entry.index !== undefined || entry.name === '';
  const over = call.phase === 'ended' || (call.scanner.closed() && !(isPlaceholder(call) && entry.name === ''));
  const saysNothing = entry.argumentsText.trim() === '';
  const sameId = entry.id !== '' && entry.id === call.id;
  // vLLM before 0.9 gave every fragment an id of its own, so without a name a new id alone does not make a call.
  if (entry.name === '') return !over || saysNothing || entry.id === '' || sameId;
  if (call.name === '') return !over || saysNothing;
  if (over) return saysNothing && entry.name === call.name && (entry.id === '' || call.id === '' || sameId);
  if (sameId) return true;
  if (!entry.opens && entry.index !== undefined && call.argumentsText === '') return true;
  const idsDiffer = entry.id !== '' && call.id !== '';
  return !idsDiffer && entry.index !== undefined && entry.name === call.name;
}

/** Names come whole, and some servers repeat them with every fragment; a few proxies cut them. */
function joinName(name: string, more: string): string {
  return more === name ? name : name + more;
}

/** Anthropic behind some proxies opens a call with `{}` and then sends its real arguments in pieces. */
function isPlaceholder(call: Call): boolean {
  return !call.told && call.argumentsText === '{}';
}

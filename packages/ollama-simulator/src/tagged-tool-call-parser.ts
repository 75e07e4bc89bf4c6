import { findObject } from './embedded-json.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { overlapOf } from './overlap.ts';
import { parseJson } from './parse-body.ts';
import type { ScriptedToolCall } from './script.ts';
import type { ToolCallParser } from './tool-call-parser.ts';

/**
 * Ollama's parser from 0.8.0 on, for models with a Go template. After the tag, the name of a declared tool and the first
 * JSON object make a call; everything else is held and lost, so that a call of an undeclared tool, or one with broken
 * JSON, disappears. The tags `{` and `[` count only at the start of the text, and what is no call there is sent after all.
 */
export function createTaggedToolCallParser({ tag, names }: { tag: string; names: readonly string[] }): ToolCallParser {
  const isBracket = tag === '{' || tag === '[';
  let state: 'text' | 'calling' | 'done' = 'text';
  let buffer = '';
  let calls = 0;

  function takeText(): string {
    const start = buffer.indexOf(tag);
    const kept = start >= 0 ? buffer.length - start : overlapOf(buffer, tag);
    const text = buffer.slice(0, buffer.length - kept);
    buffer = buffer.slice(buffer.length - kept);
    if (start >= 0) state = 'calling';
    if (isBracket && text.trim() !== '') {
      state = 'done';
      const rest = buffer;
      buffer = '';
      return text + rest;
    }
    return text;
  }

  function takeCalls(): ScriptedToolCall[] {
    const found: ScriptedToolCall[] = [];
    for (;;) {
      const tool = firstTool(buffer, names);
      const object = tool === undefined ? undefined : findObject(buffer);
      if (tool === undefined || object === undefined) return found;
      const given = argumentsIn(object.value, tool.name);
      if (given === null) return found;
      found.push({ name: tool.name, arguments: given ?? object.value });
      buffer = buffer.slice(Math.max(tool.end, object.end));
    }
  }

  return {
    add(piece) {
      if (state === 'done') return { text: piece, toolCalls: [] };
      buffer += piece;
      const text = state === 'text' ? takeText() : '';
      if (state !== 'calling' || !/[}\]]/.test(piece)) return { text, toolCalls: [] };
      const toolCalls = takeCalls();
      calls += toolCalls.length;
      if (!isBracket || !isBalanced(buffer, tag)) return { text, toolCalls };
      state = 'done';
      const rest = buffer;
      buffer = '';
      return { text: text + rest, toolCalls };
    },
    finish: () => (calls === 0 && isBracket ? buffer : ''),
  };
}

/** The tool whose name comes first, the longest if several do. */
function firstTool(text: string, names: readonly string[]): { name: string; end: number } | undefined {
  return names
    .map((name) => ({ name, start: text.indexOf(name), end: text.indexOf(name) + name.length }))
    .filter(({ start }) => start >= 0)
    .toSorted((left, right) => left.start - right.start || right.name.length - left.name.length)[0];
}

/** The arguments in an object, at any depth; null if it has a name but no arguments; undefined if it is no call. */
function argumentsIn(object: JsonObject, name: string): JsonObject | null | undefined {
  if ('name' in object) return objectIn(object['arguments']) ?? objectIn(object['parameters']) ?? null;
  const own = objectIn(object[name]);
  if (own !== undefined) return own;
  for (const child of Object.values(object).flat()) {
    const found = isJsonObject(child) ? argumentsIn(child, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function objectIn(value: unknown): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  const parsed = typeof value === 'string' ? parseJson(value) : undefined;
  return parsed?.valid === true && isJsonObject(parsed.value) ? parsed.value : undefined;
}

function isBalanced(text: string, opening: string): boolean {
  const closing = opening === '{' ? '}' : ']';
  let depth = 0;
  for (const character of text) {
    if (character === opening) depth += 1;
    else if (character === closing && --depth === 0) return true;
  }
  return false;
}

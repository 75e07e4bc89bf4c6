import { findObject } from './embedded-json.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import type { ScriptedToolCall } from './script.ts';
import type { ToolCallParser } from './tool-call-parser.ts';

/** The keys of a call in the JSON that a template writes. */
export interface CallKeys {
  name: string;
  arguments: string;
}

/**
 * Ollama's parser before 0.8.0: every JSON object with both keys of the template is a call, wherever it is in the text and
 * whatever tool it names. Nothing is sent before that; without a call the whole text is sent with the end.
 */
export function createUntaggedToolCallParser(keys: CallKeys): ToolCallParser {
  let text = '';
  let calls = 0;
  return {
    add(piece) {
      text += piece;
      const toolCalls = /[}\]]/.test(piece) ? callsIn(text, keys) : [];
      if (toolCalls.length > 0) text = '';
      calls += toolCalls.length;
      return { text: '', toolCalls };
    },
    finish: () => (calls === 0 ? text : ''),
  };
}

function callsIn(text: string, { name, arguments: key }: CallKeys): ScriptedToolCall[] {
  const calls: ScriptedToolCall[] = [];
  for (let object = findObject(text); object !== undefined; object = findObject(text, { from: object.end })) {
    for (const candidate of withNested(object.value)) {
      const { [name]: tool, [key]: given } = candidate;
      if (typeof tool === 'string' && isJsonObject(given)) calls.push({ name: tool, arguments: given });
    }
  }
  return calls;
}

function withNested(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(withNested);
  return isJsonObject(value) ? [value, ...Object.values(value).flatMap(withNested)] : [];
}

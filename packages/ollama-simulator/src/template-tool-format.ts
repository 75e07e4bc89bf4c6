import type { CallKeys } from './untagged-tool-call-parser.ts';

/** The text in a template after `.ToolCalls`, without its actions: the form of a call that the model is asked for. */
const AFTER_TOOL_CALLS = /\.ToolCalls[\s\S]*$/;

/** The tag that begins a call: the first text of the template's calls, up to a brace; `{` without one. */
export function toolCallTag(template: string): string {
  const calls = AFTER_TOOL_CALLS.exec(template)?.[0] ?? '';
  const texts = calls
    .replace(/^[^}]*\}\}/, '')
    .split(/\{\{[\s\S]*?\}\}/)
    .map((text) => text.trim());
  const [tag = ''] = (texts.find((text) => text !== '') ?? '').split('{');
  return tag.trim() === '' ? '{' : tag.trim();
}

/** The keys of a call in the JSON of the template. */
export function toolCallKeys(template: string): CallKeys {
  const calls = AFTER_TOOL_CALLS.exec(template)?.[0] ?? '';
  const keyOf = (field: string): string | undefined =>
    new RegExp(String.raw`"(\w+)":\s*"?\{\{-?\s*\.(?:Function\.)?${field}\b`).exec(calls)?.[1];
  return { name: keyOf('Name') ?? 'name', arguments: keyOf('Arguments') ?? 'arguments' };
}

import { parseJson } from '@openclaw/upstream-errors';
import { isWireObject } from '@openclaw/upstream-errors';
import type { ContentKind } from '@openclaw/upstream-wire';
import { isSet, readChoice, readContent } from './wire-format.ts';

interface Content {
  readonly kind: ContentKind;
  readonly text: string;
}

/** The JSON text of a chunk without its content. */
export interface TextTemplate {
  readonly kind: ContentKind;
  readonly prefix: string;
  readonly suffix: string;
}

const TEXT_KEY = /"(?:content|reasoning|reasoning_content|reasoning_text)": ?"/g;
/** Quotes, escapes, and control characters, which JSON does not allow in a string. */
const NEEDS_DECODING = /["\\]|[^\u0020-\uFFFF]/;
/** Longer chunks are rare, and parsing them twice costs more than it saves. */
const MAX_TEMPLATE_LENGTH = 16 * 1024;
/** A chunk has the key once or twice. Each place costs a parse. */
const MAX_PLACES = 4;
/** Replaces the content, to see where a parser finds it again. */
const MARK = 'q8Vw2nZk';

/**
 * Makes a template of a chunk that has content and nothing else, so that chunks which differ from it only in their
 * content need not be parsed. Nothing is guessed: the chunk is parsed again with a mark in place of the content, and
 * the place is right only if the parsed content is the mark. `undefined` for every other chunk.
 */
export function createTextTemplate(json: string, chunk: unknown): TextTemplate | undefined {
  const content = readSoleContent(chunk);
  if (content === undefined || json.length > MAX_TEMPLATE_LENGTH || json.includes(MARK)) return undefined;
  let places = 0;
  for (const match of json.matchAll(TEXT_KEY)) {
    if ((places += 1) > MAX_PLACES) return undefined;
    const begin = match.index + match[0].length;
    const end = findStringEnd(json, begin);
    const template = { kind: content.kind, prefix: json.slice(0, begin), suffix: json.slice(end) };
    const marked = readSoleContent(parseJson(template.prefix + MARK + template.suffix));
    if (marked?.kind === content.kind && marked.text === MARK) return template;
  }
  return undefined;
}

/**
 * The content of a chunk that matches the template; `undefined` for every other chunk. The text in place of the content
 * must be the inside of exactly one JSON string: then a parser would read the same.
 */
export function matchTextTemplate(template: TextTemplate, json: string): string | undefined {
  const { prefix, suffix } = template;
  const end = json.length - suffix.length;
  // Slices and `===`: half the cost of startsWith() and endsWith() with texts of this length.
  if (end < prefix.length || json.slice(end) !== suffix || json.slice(0, prefix.length) !== prefix) return undefined;
  const body = json.slice(prefix.length, end);
  if (!NEEDS_DECODING.test(body)) return body;
  const text = parseJson(`"${body}"`);
  return typeof text === 'string' ? text : undefined;
}

/** The index of the closing quote of the string that begins at `begin`. */
function findStringEnd(json: string, begin: number): number {
  let at = begin;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** The content of a chunk that names its model and has nothing else: no finish reason, no usage, no error. */
function readSoleContent(chunk: unknown): Content | undefined {
  if (!isWireObject(chunk) || typeof chunk['model'] !== 'string' || chunk['model'] === '') return undefined;
  if (isSet(chunk['error']) || isSet(chunk['usage']) || isSet(chunk['x_groq']) || isSet(chunk['timings']))
    return undefined;
  const choice = readChoice(chunk);
  if (choice === undefined || isSet(choice['finish_reason']) || isSet(choice['usage']) || isSet(choice['error']))
    return undefined;
  if (isSet(choice['logprobs'])) return undefined;
  if (isSet(choice['message']) || !isWireObject(choice['delta'])) return undefined;
  const { text, reasoning, toolCalls } = readContent(choice['delta']);
  if (toolCalls.length > 0 || (text === '') === (reasoning === '')) return undefined;
  return text === '' ? { kind: 'reasoning', text: reasoning } : { kind: 'text', text };
}

import { parseJson } from '@openclaw/upstream-errors';
import { isWireObject } from '@openclaw/upstream-errors';
import { isSet, readChoice, readSaid } from './wire-format.ts';

/** A piece of text or of reasoning. */
export interface SaidText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

/** The JSON text of a chunk with its one piece of text cut out. */
export interface TextTemplate {
  readonly kind: SaidText['kind'];
  readonly prefix: string;
  readonly suffix: string;
}

const TEXT_KEY = /"(?:content|reasoning|reasoning_content|reasoning_text)": ?"/g;
/** Quotes, escapes, and what lies below the blank and so may not stand in a string. */
const NEEDS_DECODING = /["\\]|[^\u0020-\uFFFF]/;
/** Longer chunks are rare, and parsing them twice to learn their form does not pay. */
const LONGEST_TEMPLATE = 16 * 1024;
/** The key stands in a chunk once or twice; each place costs a parse. */
const MOST_PLACES = 4;
/** Put in the place of a text to see where a parser finds it again. */
const MARK = 'q8Vw2nZk';

/**
 * Makes a template of a chunk that says one piece of text and nothing else, so that chunks which differ from it only in
 * that text need not be parsed. Nothing is guessed: the chunk is parsed once more with a mark in place of the text, and
 * only if the mark comes back as what the chunk says is this the place. `undefined` for every other chunk.
 */
export function createTextTemplate(json: string, chunk: unknown): TextTemplate | undefined {
  const said = readSoleText(chunk);
  if (said === undefined || json.length > LONGEST_TEMPLATE || json.includes(MARK)) return undefined;
  let places = 0;
  for (const match of json.matchAll(TEXT_KEY)) {
    if ((places += 1) > MOST_PLACES) return undefined;
    const begin = match.index + match[0].length;
    const end = findStringEnd(json, begin);
    const template = { kind: said.kind, prefix: json.slice(0, begin), suffix: json.slice(end) };
    const marked = readSoleText(parseJson(template.prefix + MARK + template.suffix));
    if (marked?.kind === said.kind && marked.text === MARK) return template;
  }
  return undefined;
}

/**
 * The text of a chunk that is the template but for its text; `undefined` for every other one. What stands in the place
 * of the text must be the inside of exactly one JSON string: then a parser would read the same.
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

/** Where the string that begins here has its closing quote. */
function findStringEnd(json: string, begin: number): number {
  let at = begin;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** What a chunk says, when it names its model and says one piece of text or reasoning, ends nothing and counts nothing. */
function readSoleText(chunk: unknown): SaidText | undefined {
  if (!isWireObject(chunk) || typeof chunk['model'] !== 'string' || chunk['model'] === '') return undefined;
  if (isSet(chunk['error']) || isSet(chunk['usage']) || isSet(chunk['x_groq']) || isSet(chunk['timings']))
    return undefined;
  const choice = readChoice(chunk);
  if (choice === undefined || isSet(choice['finish_reason']) || isSet(choice['usage']) || isSet(choice['error']))
    return undefined;
  if (isSet(choice['logprobs'])) return undefined;
  if (isSet(choice['message']) || !isWireObject(choice['delta'])) return undefined;
  const { text, reasoning, toolCalls } = readSaid(choice['delta']);
  if (toolCalls.length > 0 || (text === '') === (reasoning === '')) return undefined;
  return text === '' ? { kind: 'reasoning', text: reasoning } : { kind: 'text', text };
}

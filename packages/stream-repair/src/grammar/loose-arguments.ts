import { isJsonObject } from '../json.ts';
import { propertySchema, schemaTypes } from '../schema-types.ts';
import { readBlanks, readWhile, readWord } from '../text-reader.ts';
import type { Parse, TextReader } from '../text-reader.ts';
import { readUntil } from './read-until.ts';

/** The style of arguments that are not JSON: `{k:v}` of Gemma, `(k=v)` of Python. */
export interface LooseStyle {
  readonly close: string;
  readonly assign: string;
  /** A token around strings, beside quotes. */
  readonly quote?: string;
}

const LITERALS: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
};
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const MAX_KEY_LENGTH = 128;
const MAX_DEPTH = 32;

/** Represents a value that could not be read. It is not a JSON value. */
const NO_VALUE = Symbol('no value');

/**
 * Reads arguments whose opening bracket was read, up to and with the closing one, and returns them as JSON. Keys are
 * bare or quoted; strings are in quotes or in the tokens of the style; a bare word is a string.
 */
export function* readLooseArguments(reader: TextReader, style: LooseStyle, schema: unknown): Parse<string | undefined> {
  const value = yield* readMembers(reader, style, { schema, depth: 0 });
  return value === NO_VALUE ? undefined : JSON.stringify(value);
}

interface Place {
  readonly schema: unknown;
  readonly depth: number;
}

function* readMembers(reader: TextReader, style: LooseStyle, place: Place): Parse<unknown> {
  const { close, assign, quote } = style;
  const members: [string, unknown][] = [];
  for (;;) {
    yield* readWhile(reader, /[\s,]+/y);
    if (reader.peek() === close) {
      reader.advance();
      return Object.fromEntries(members);
    }
    const key = yield* readKey(reader, quote);
    yield* readBlanks(reader);
    if (key === '' || reader.peek() !== assign) return NO_VALUE;
    reader.advance();
    const value = yield* readValue(reader, style, {
      schema: propertySchema(place.schema, key),
      depth: place.depth + 1,
    });
    if (value === NO_VALUE) return NO_VALUE;
    members.push([key, value]);
  }
}

function* readKey(reader: TextReader, quote: string | undefined): Parse<string> {
  const quoted = yield* readQuoted(reader, quote);
  return quoted ?? (yield* readWhile(reader, /[\w.$\u00aa-\uffff-]+/y, MAX_KEY_LENGTH));
}

function* readValue(reader: TextReader, style: LooseStyle, place: Place): Parse<unknown> {
  const { close } = style;
  yield* readBlanks(reader);
  if (place.depth > MAX_DEPTH) return NO_VALUE;
  const mark = reader.peek();
  if (mark === '{') {
    reader.advance();
    return yield* readMembers(reader, { ...style, close: '}', assign: ':' }, place);
  }
  if (mark === '[') {
    reader.advance();
    return yield* readItems(reader, style, place);
  }
  const quoted = yield* readQuoted(reader, style.quote);
  if (quoted !== undefined) return quoted;
  const bare = (yield* readWhile(reader, close === ')' ? /[^,)\]}\n"']+/y : /[^,}\]\n<"']+/y)).trim();
  if (bare === '') return NO_VALUE;
  if (schemaTypes(place.schema).has('string') && close !== ')') return bare;
  if (Object.hasOwn(LITERALS, bare)) return LITERALS[bare];
  if (NUMBER.test(bare)) return Number(bare);
  return close === ')' ? NO_VALUE : bare;
}

function* readItems(reader: TextReader, style: LooseStyle, place: Place): Parse<unknown> {
  const items: unknown[] = [];
  const schema = isJsonObject(place.schema) ? place.schema['items'] : undefined;
  for (;;) {
    yield* readWhile(reader, /[\s,]+/y);
    if (reader.peek() === ']') {
      reader.advance();
      return items;
    }
    const item = yield* readValue(reader, { ...style, close: ']' }, { schema, depth: place.depth + 1 });
    if (item === NO_VALUE) return NO_VALUE;
    items.push(item);
  }
}

/** Reads a string in any of the kinds of quotes; `undefined` if there is none or it does not end. */
function* readQuoted(reader: TextReader, token: string | undefined): Parse<string | undefined> {
  while (reader.starved) yield;
  const quote = reader.peek();
  if (token !== undefined && quote === token[0]) {
    const { word } = yield* readWord(reader, [token]);
    const string = word === undefined ? undefined : yield* readUntil(reader, { first: quote, ends: [token] });
    return string?.text;
  }
  if (quote !== '"' && quote !== "'") return undefined;
  reader.advance();
  let text = '';
  for (;;) {
    while (reader.starved) yield;
    const mark = reader.peek();
    if (mark === '') return undefined;
    reader.advance();
    if (mark === quote) return text;
    if (mark !== '\\') {
      text += mark;
      continue;
    }
    while (reader.starved) yield;
    text += ESCAPES[reader.peek()] ?? reader.peek();
    reader.advance();
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

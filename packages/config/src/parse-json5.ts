import { ConfigError, formatConfigIssue, type ConfigIssue } from './config-error.ts';
import type { Json5Node, Member } from './json5-node.ts';
import { createLocator, type SourceText } from './source-text.ts';

/**
 * Parses JSON5 and keeps all places. Accepts what the `json5` package accepts, with the same values, and products of
 * integers (`8192 * 10`) as numbers.
 *
 * @throws ConfigError `invalid`, with the place where parsing stopped
 */
export function parseJson5(source: SourceText): Json5Node {
  const reader: Reader = { source, at: 0 };
  skipTrivia(reader);
  const root = readValue(reader, { depth: 0 });
  skipTrivia(reader);
  if (reader.at < source.text.length) fail(reader, `expected the end of the file, found ${found(reader)}`);
  return root;
}

/** Whether the text has only white space and comments. */
export function isBlankJson5(source: SourceText): boolean {
  const reader: Reader = { source, at: 0 };
  skipTrivia(reader);
  return reader.at === source.text.length;
}

interface Reader {
  readonly source: SourceText;
  at: number;
}

/** Deeper nesting is an accident or an attack, and would overflow the stack. */
const MAX_DEPTH = 1000;

function readValue(reader: Reader, { depth }: { depth: number }): Json5Node {
  const { source, at: start } = reader;
  if (depth > MAX_DEPTH) fail(reader, `nested more than ${MAX_DEPTH} levels deep`);
  const opening = source.text[start];
  if (opening === '{') {
    return { type: 'object', source, start, members: readMembers(reader, { depth, close: '}' }), end: reader.at };
  }
  if (opening === '[') {
    return { type: 'array', source, start, members: readMembers(reader, { depth, close: ']' }), end: reader.at };
  }
  const value = opening === '"' || opening === "'" ? readString(reader) : readLiteral(reader);
  return { type: 'scalar', source, start, value, end: reader.at };
}

function readMembers(reader: Reader, { depth, close }: { depth: number; close: '}' | ']' }): Member[] {
  const members: Member[] = [];
  const { text } = reader.source;
  const opened = reader.at;
  reader.at += 1;
  for (;;) {
    skipTrivia(reader);
    if (text[reader.at] === close) break;
    const start = reader.at;
    if (start >= text.length) fail({ ...reader, at: opened }, `\`${text[opened]}\` is never closed`);
    const key = close === '}' ? readKey(reader) : String(members.length);
    const value = readValue(reader, { depth: depth + 1 });
    skipTrivia(reader);
    const comma = text[reader.at] === ',' ? reader.at : undefined;
    members.push({ source: reader.source, key, start, value, comma });
    if (comma !== undefined) reader.at += 1;
    else if (reader.at >= text.length) fail({ ...reader, at: opened }, `\`${text[opened]}\` is never closed`);
    else if (text[reader.at] !== close) fail(reader, `expected \`,\` or \`${close}\`, found ${found(reader)}`);
  }
  reader.at += 1;
  return members;
}

function readKey(reader: Reader): string {
  const { text } = reader.source;
  const quoted = text[reader.at] === '"' || text[reader.at] === "'";
  const key = quoted ? readString(reader) : readIdentifier(reader);
  skipTrivia(reader);
  if (text[reader.at] !== ':') fail(reader, `expected \`:\` after the key \`${key}\`, found ${found(reader)}`);
  reader.at += 1;
  skipTrivia(reader);
  return key;
}

/** Matches most keys. The expression for all keys takes milliseconds to compile, so these must not need it. */
const PLAIN_IDENTIFIER = /[A-Za-z_$][\w$]*(?![\w$\\\u0080-\uffff])/y;
const identifier =
  /(?:[$_\p{ID_Start}\p{L}\p{Nl}]|\\u[\da-fA-F]{4})(?:[$\u200c\u200d\p{ID_Continue}\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}]|\\u[\da-fA-F]{4})*/uy;
const IDENTIFIER = /^[$_\p{ID_Start}\p{L}\p{Nl}][$\u200c\u200d\p{ID_Continue}\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}]*$/u;

function readIdentifier(reader: Reader): string {
  const plain = match(reader, PLAIN_IDENTIFIER);
  if (plain !== undefined) {
    reader.at += plain.length;
    return plain;
  }
  const written = match(reader, identifier);
  if (written === undefined) fail(reader, `expected a key, found ${found(reader)}; quote keys with special characters`);
  const key = written.replaceAll(/\\u(.{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (!IDENTIFIER.test(key)) fail(reader, `\`${written}\` cannot be a key without quotes`);
  reader.at += written.length;
  return key;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r\n': '',
  '\r': '',
  '\u2028': '',
  '\u2029': '',
};
const ESCAPE_SEQUENCE = /\\(?:x([\da-f]{2})|u([\da-f]{4})|(0)(?!\d)|(\r\n|[^\dxu]))/iy;

function readString(reader: Reader): string {
  const { text } = reader.source;
  const opened = reader.at;
  let value = '';
  let copied = opened + 1;
  for (reader.at = copied; text[reader.at] !== text[opened];) {
    const character = text[reader.at];
    if (character === undefined || character === '\n' || character === '\r') {
      fail({ ...reader, at: opened }, 'the string that begins here is not closed on its line');
    }
    if (character !== '\\') {
      reader.at += 1;
      continue;
    }
    value += text.slice(copied, reader.at);
    ESCAPE_SEQUENCE.lastIndex = reader.at;
    const escape = ESCAPE_SEQUENCE.exec(text);
    if (!escape)
      fail(reader, `\`${text.slice(reader.at, reader.at + 2)}\` is not an escape; write \`\\\\\` for a backslash`);
    const [whole, hex, unicode, zero, other = ''] = escape;
    const code = hex ?? unicode ?? zero;
    value += code === undefined ? (simpleEscapes[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16));
    reader.at += whole.length;
    copied = reader.at;
  }
  value += text.slice(copied, reader.at);
  reader.at += 1;
  return value;
}

const words: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };
const WORD = /null|true|false/y;
const NUMBER = /[+-]?(?:Infinity|NaN|0[xX][\da-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const INTEGER = /^[+-]?(?:\d+|0x[\da-f]+)$/i;

function readLiteral(reader: Reader): null | boolean | number {
  const literal = match(reader, WORD);
  if (literal !== undefined) {
    reader.at += literal.length;
    return words[literal] ?? null;
  }
  let written = readNumber(reader);
  let value = numberOf(written);
  while (INTEGER.test(written)) {
    const afterFactor = reader.at;
    skipTrivia(reader);
    if (reader.source.text[reader.at] !== '*') {
      reader.at = afterFactor;
      break;
    }
    reader.at += 1;
    skipTrivia(reader);
    const start = reader.at;
    written = readNumber(reader);
    value *= numberOf(written);
    if (!INTEGER.test(written)) fail({ ...reader, at: start }, 'only whole numbers can be multiplied');
    if (!Number.isSafeInteger(value)) fail({ ...reader, at: start }, 'the product is too large');
  }
  return value;
}

function readNumber(reader: Reader): string {
  const written = match(reader, NUMBER);
  if (written === undefined) {
    fail(reader, `expected a value, found ${found(reader)}; text needs quotes`);
  }
  reader.at += written.length;
  return written;
}

function numberOf(written: string): number {
  return written.startsWith('-') ? -Number(written.slice(1)) : Number(written.replace('+', ''));
}

const TRIVIA = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;

function skipTrivia(reader: Reader): void {
  reader.at += match(reader, TRIVIA)?.length ?? 0;
  if (reader.source.text.startsWith('/*', reader.at)) fail(reader, 'the comment that begins here is never closed');
}

function match({ source, at }: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source.text)?.[0];
}

function found({ source, at }: Reader): string {
  const rest = source.text.slice(at, at + 40);
  return rest === '' ? 'the end of the file' : `\`${/^(?:[\w$-]{1,20}|.)/u.exec(rest)?.[0] ?? rest[0]}\``;
}

function fail({ source, at }: Reader, message: string): never {
  const issue: ConfigIssue = { code: 'syntax', path: '', message, ...createLocator()(source, at) };
  throw new ConfigError('invalid', { message: formatConfigIssue(issue), issues: [issue] });
}

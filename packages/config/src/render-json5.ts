import { isJsonObject, type JsonValue } from './json-value.ts';
import type { Json5Node, Member } from './json5-node.ts';

/** The formatting of a file, so that added text looks alike. */
export interface Json5Style {
  newline: string;
  /** One level of indentation. */
  unit: string;
  quote: '"' | "'";
  /** Whether keys that need no quotes are quoted. */
  quotedKeys: boolean;
  trailingCommas: boolean;
}

/** Renders a value on one line, or with every entry on its own line. */
export function renderJson5(
  value: JsonValue,
  { style, indent, inline }: { style: Json5Style; indent: string; inline: boolean },
): string {
  const isList = Array.isArray(value);
  if (!isList && !isJsonObject(value)) return renderScalar(value, style);
  const inner = indent + style.unit;
  // Short lists are always on one line.
  const onOneLine = inline || (isList && value.every(isScalar) && JSON.stringify(value).length <= 60);
  const options = { style, indent: inner, inline: onOneLine };
  const members = isList
    ? value.map((item) => renderJson5(item, options))
    : Object.entries(value).map(([key, item]) => `${renderKey(key, style)}: ${renderJson5(item, options)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  if (onOneLine) return isList ? `[${members.join(', ')}]` : `{ ${members.join(', ')} }`;
  const lines = members.join(`,${style.newline}${inner}`) + (style.trailingCommas ? ',' : '');
  return `${open}${style.newline}${inner}${lines}${style.newline}${indent}${close}`;
}

export function renderKey(key: string, style: Json5Style): string {
  return !style.quotedKeys && /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderString(key, style);
}

/** Detects the formatting of a text; uses the defaults where it has no example. */
export function detectStyle(root: Json5Node): Json5Style {
  const { text } = root.source;
  const members = allMembers(root);
  const keys = members.flatMap(({ parent, member }) => (parent.type === 'object' ? [text[member.start]] : []));
  const strings = members
    .map(({ member }) => text[member.value.start])
    .filter((first) => first === '"' || first === "'");
  const spread = members.filter(({ parent, member }) => isLast(parent, member) && endsOnOwnLine(parent, member));
  const single = strings.filter((first) => first === "'").length;
  return {
    newline: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    unit: indentationUnit(root) ?? '  ',
    quote: single > strings.length / 2 ? "'" : '"',
    quotedKeys: keys.length > 0 && keys.every((first) => first === '"' || first === "'"),
    trailingCommas: spread.length === 0 || spread.some(({ member }) => member.comma !== undefined),
  };
}

/** The indentation of a line. */
export function indentationAt(text: string, offset: number): string {
  let lineStart = offset;
  while (lineStart > 0 && !endsLine(text, lineStart)) lineStart -= 1;
  // A byte order mark counts as white space, but belongs to the start of the file only.
  return (/^[^\S\r\n]*/.exec(text.slice(lineStart, offset))?.[0] ?? '').replace('\uFEFF', '');
}

/** Whether only white space precedes it on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && /[^\S\r\n]/.test(text.charAt(start - 1))) start -= 1;
  return start === 0 || endsLine(text, start);
}

/** Called for every key of a file, so it must not scan the whole text before it. */
function endsLine(text: string, offset: number): boolean {
  return text[offset - 1] === '\n' || text[offset - 1] === '\r';
}

function renderScalar(value: null | boolean | number | string, style: Json5Style): string {
  if (typeof value === 'string') return renderString(value, style);
  return Object.is(value, -0) ? '-0' : String(value);
}

function renderString(value: string, { quote }: Json5Style): string {
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return quote === '"' ? `"${escaped}"` : `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function isScalar(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null;
}

type Container = Exclude<Json5Node, { type: 'scalar' }>;

function allMembers(root: Json5Node): { parent: Container; member: Member }[] {
  const found: { parent: Container; member: Member }[] = [];
  function visit(node: Json5Node): void {
    if (node.type === 'scalar') return;
    for (const member of node.members) {
      found.push({ parent: node, member });
      visit(member.value);
    }
  }
  visit(root);
  return found;
}

function isLast(parent: Container, member: Member): boolean {
  return parent.members.at(-1) === member;
}

function endsOnOwnLine({ source, end }: Container, { value }: Member): boolean {
  return /[\r\n]/.test(source.text.slice(value.end, end));
}

function indentationUnit(root: Json5Node): string | undefined {
  const { text } = root.source;
  const indentations = new Map<Container, string>();
  for (const { parent, member } of allMembers(root)) {
    if (!isFirstOnLine(text, member.start)) continue;
    // The parent may be far right on a long line, so its column is computed once and not for each member.
    const outer = indentations.get(parent) ?? indentationAt(text, parent.start);
    indentations.set(parent, outer);
    const inner = indentationAt(text, member.start);
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
  }
  return undefined;
}

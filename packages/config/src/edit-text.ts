import type { JsonValue } from './json-value.ts';
import type { ArrayNode, Json5Node, Member, ObjectNode } from './json5-node.ts';
import { detectStyle, indentationAt, isFirstOnLine, renderJson5, renderKey, type Json5Style } from './render-json5.ts';

/** A replacement of a part of a text. */
interface Splice {
  start: number;
  end: number;
  text: string;
}

type Container = ArrayNode | ObjectNode;

/** Replaces a node by a value; the rest of the text is unchanged. */
export function replaceValue(root: Json5Node, { node, value }: { node: Json5Node; value: JsonValue }): string {
  const { text } = root.source;
  const style = detectStyle(root);
  const first = text[node.start];
  const rendered = renderJson5(value, {
    // A string that replaces a string keeps its quotes.
    style: first === '"' || first === "'" ? { ...style, quote: first } : style,
    indent: indentationAt(text, node.start),
    inline: !isSpread(root) && text.trim() !== '',
  });
  // The root of a blank file is an empty range after the comments.
  const isBlank = node.start === node.end;
  const before = isBlank && text !== '' && !/[\r\n]$/.test(text) ? style.newline : '';
  return apply(text, [{ start: node.start, end: node.end, text: before + rendered + (isBlank ? style.newline : '') }]);
}

/** Inserts an entry or item before the one at `index`, or at the end. */
export function insertMember(
  root: Json5Node,
  {
    container,
    key,
    value,
    index = container.members.length,
  }: { container: Container; key: string; value: JsonValue; index?: number },
): string {
  const { text } = root.source;
  const style = detectStyle(root);
  const next = container.members[index];
  const spread = container.members.length > 0 ? isSpread(container) : isSpread(root) || isSpread(container);
  const indent = memberIndent(container, style);
  const rendered = renderJson5(value, { style, indent, inline: !spread });
  const entry = container.type === 'object' ? `${renderKey(key, style)}: ${rendered}` : rendered;
  if (next) {
    const separator = isFirstOnLine(text, next.start) ? style.newline + indentationAt(text, next.start) : ' ';
    return apply(text, [{ start: next.start, end: next.start, text: `${entry},${separator}` }]);
  }
  const lead = spread ? style.newline + indent : ' ';
  return apply(text, appendSplices(container, { entry, lead, spread, style }));
}

function appendSplices(
  container: Container,
  { entry, lead, spread, style }: { entry: string; lead: string; spread: boolean; style: Json5Style },
): Splice[] {
  const { text } = container.source;
  const last = container.members.at(-1);
  const closing = container.end - 1;
  const tailStart = last ? (last.comma ?? last.value.end - 1) + 1 : container.start + 1;
  const tail = text.slice(tailStart, closing);
  if (!last && tail.trim() === '') {
    const inner = spread
      ? `${lead}${entry}${style.trailingCommas ? ',' : ''}${style.newline}${indentationAt(text, container.start)}`
      : container.type === 'object'
        ? ` ${entry} `
        : entry;
    return [{ start: tailStart, end: closing, text: inner }];
  }
  // After the comments of the last line, before the line of the bracket.
  const ownLine = /(?:\r\n|\n|\r)[^\S\r\n]*$/.exec(tail);
  const offset = tail.trim() === '' ? 0 : (ownLine?.index ?? tail.trimEnd().length);
  const trailing = last ? (last.comma === undefined ? '' : ',') : style.trailingCommas ? ',' : '';
  const comma = last && last.comma === undefined ? [{ start: tailStart, end: tailStart, text: ',' }] : [];
  return [...comma, { start: tailStart + offset, end: tailStart + offset, text: lead + entry + trailing }];
}

/** Removes an entry or an item. Comments around it stay. */
export function removeMember(root: Json5Node, { container, member }: { container: Container; member: Member }): string {
  const { text } = root.source;
  const index = container.members.indexOf(member);
  const previous = container.members[index - 1];
  const isLast = index === container.members.length - 1;
  const { start, value, comma } = member;
  const end = comma !== undefined && text.slice(value.end, comma).trim() === '' ? comma + 1 : value.end;
  const splices: Splice[] = [{ ...removedSpan(text, { start, end, isLast }), text: '' }];
  if (comma !== undefined && comma >= end) splices.push({ start: comma, end: comma + 1, text: '' });
  // The previous one becomes the last, so its comma is removed if this one has none.
  if (comma === undefined && previous?.comma !== undefined) {
    splices.push({ start: previous.comma, end: previous.comma + 1, text: '' });
  }
  return apply(text, splices);
}

/** The member, and the empty line or space that would remain. */
function removedSpan(text: string, { start, end, isLast }: { start: number; end: number; isLast: boolean }) {
  const after = /^[^\S\r\n]*/.exec(text.slice(end))?.[0].length ?? 0;
  const lineEnd = /^(?:\r\n|\n|\r)/.exec(text.slice(end + after))?.[0];
  const indent = indentationAt(text, start);
  if (isFirstOnLine(text, start)) {
    return lineEnd === undefined
      ? { start, end: isLast ? end : end + after }
      : { start: start - indent.length, end: end + after + lineEnd.length };
  }
  let before = 0;
  while (/[^\S\r\n]/.test(text.charAt(start - before - 1))) before += 1;
  return isLast || lineEnd !== undefined ? { start: start - before, end } : { start, end: end + after };
}

/** Whether the members of a container are on separate lines. */
function isSpread(container: Json5Node): boolean {
  if (container.type === 'scalar') return false;
  const { start, end, source, members } = container;
  const hasNewline = (from: number, to: number) => /[\r\n]/.test(source.text.slice(from, to));
  const first = members[0];
  const last = members.at(-1);
  if (first && last) return hasNewline(start, first.start) || hasNewline(last.value.end, end);
  // An empty file gets the default style.
  return hasNewline(start, end) || ['', '{}'].includes(source.text.trim()) || start === end;
}

function memberIndent(container: Container, style: Json5Style): string {
  const { text } = container.source;
  const model = container.members.find(({ start }) => isFirstOnLine(text, start));
  return model ? indentationAt(text, model.start) : indentationAt(text, container.start) + style.unit;
}

/** Splices do not overlap; those at the same offset keep their order. */
function apply(text: string, splices: readonly Splice[]): string {
  let result = '';
  let copied = 0;
  for (const splice of splices.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(copied, splice.start) + splice.text;
    copied = splice.end;
  }
  return result + text.slice(copied);
}

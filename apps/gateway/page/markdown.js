// Markdown as elements. Only the blocks that changed are rendered again, so that a streamed answer keeps its selection
// and costs what its last block costs.

import { copyButton, h } from './dom.js';
import { renderInline } from './markdown-inline.js';

/** Shows Markdown in `place`; `update` takes the whole text so far. */
export function createMarkdownView(place) {
  let shown = [];
  return {
    update(text) {
      const blocks = splitBlocks(text);
      const same = shown.findIndex((block, index) => block !== blocks[index]);
      const kept = same === -1 ? shown.length : same;
      while (place.children.length > kept) place.lastElementChild.remove();
      for (const block of blocks.slice(kept)) place.append(renderBlock(block));
      shown = blocks;
    },
  };
}

/** Quotes and lists that are nested deeper are shown as text. */
const MAX_DEPTH = 12;
const FENCE = /^ *(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])[ \t]+(.*)$/;
const QUOTE = /^ {0,3}> ?/;
const DIVIDER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Cuts a text into blocks: a fence with its content, a list, a quote, a table, or lines up to an empty one. */
function splitBlocks(text) {
  const blocks = [];
  let lines = [];
  /** The opening marks of the fence that the line is in. */
  let fence;
  const end = () => {
    if (lines.length > 0) blocks.push(lines.join('\n'));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const inList = lines.length > 0 && ITEM.test(lines[0]);
    if (fence !== undefined) {
      lines.push(line);
      if (!closes(line, fence)) continue;
      fence = undefined;
      if (!inList) end();
      continue;
    }
    fence = FENCE.exec(line)?.[1];
    const isIndented = /^\s{2,}/.test(line);
    if (fence !== undefined) {
      if (!inList || !isIndented) end();
      lines.push(line);
    } else if (line.trim() === '') {
      // A list goes on after an empty line if an item or an indented line follows.
      if (inList) lines.push(line);
      else end();
    } else {
      const listEnds = inList && lines.at(-1).trim() === '' && !isIndented && !ITEM.test(line);
      const isAlone = !inList && (HEADING.test(line) || RULE.test(line));
      if (listEnds || isAlone || startsOther(lines, line)) end();
      lines.push(line);
      if (isAlone) end();
    }
  }
  end();
  return blocks;
}

/** Lists and quotes may follow a paragraph without an empty line. */
function startsOther(lines, line) {
  if (lines.length === 0) return false;
  const [first] = lines;
  if (QUOTE.test(line) !== QUOTE.test(first)) return true;
  return /^ {0,3}(?:[-*+]|1[.)])[ \t]+/.test(line) && !ITEM.test(first) && !RULE.test(line);
}

function closes(line, fence) {
  const text = line.trim();
  return text.length >= fence.length && text === fence[0].repeat(text.length);
}

/** @param depth how many quotes and lists are around it */
function renderBlock(block, depth = 0) {
  const lines = block.split('\n');
  const [first] = lines;
  const fence = FENCE.exec(first);
  if (fence !== null) return renderCode(lines, fence);
  const heading = HEADING.exec(first);
  // Headings of an answer stand below those of the page, whatever levels the model uses.
  if (heading !== null) {
    const level = String(heading[1].length);
    return h('h3', { class: `level-${level}` }, ...renderInline(withoutClosingMarks(heading[2])));
  }
  if (RULE.test(first)) return h('hr', {});
  if (depth < MAX_DEPTH && QUOTE.test(first)) {
    const inner = lines.map((line) => line.replace(QUOTE, '')).join('\n');
    return h('blockquote', {}, ...splitBlocks(inner).map((part) => renderBlock(part, depth + 1)));
  }
  if (depth < MAX_DEPTH && ITEM.test(first)) return renderList(lines, depth);
  if (lines.length > 1 && first.includes('|') && DIVIDER.test(lines[1])) return renderTable(lines);
  return h('p', {}, ...renderInline(block));
}

function renderCode(lines, [, fence, info]) {
  const isClosed = lines.length > 1 && closes(lines.at(-1), fence);
  const source = h('code', {}, lines.slice(1, isClosed ? -1 : undefined).join('\n'));
  const pre = h('pre', { tabindex: '0' }, source);
  const title = info.trim() || 'text';
  return h(
    'div',
    { class: 'code' },
    h(
      'div',
      { class: 'code-head' },
      title,
      copyButton(() => source.textContent, source),
    ),
    pre,
  );
}

/** `Title ##` is `Title`. */
function withoutClosingMarks(title) {
  let end = title.length;
  while (title[end - 1] === '#') end -= 1;
  return end === title.length || title[end - 1] === ' ' ? title.slice(0, end).trim() : title;
}

/** Items of the same indentation; what is indented further belongs to the item before it. */
function renderList(lines, depth) {
  const [, indent, marker] = ITEM.exec(lines[0]);
  const items = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item !== null && item[1].length <= indent.length + 1)
      items.push({ width: line.length - item[3].length, lines: [item[3]] });
    else items.at(-1).lines.push(line);
  }
  const ordered = /\d/.test(marker);
  const start = ordered && parseInt(marker, 10) !== 1 ? String(parseInt(marker, 10)) : undefined;
  return h(ordered ? 'ol' : 'ul', { start }, ...items.map((item) => renderItem(item, depth)));
}

function renderItem({ width, lines: [first, ...rest] }, depth) {
  const inner = rest.map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)));
  const [head, ...blocks] = splitBlocks([first, ...inner].join('\n').trimEnd());
  if (head === undefined) return h('li', {});
  const isPlain = !FENCE.test(head) && !ITEM.test(head) && !QUOTE.test(head) && !HEADING.test(head);
  const parts = [...(isPlain ? [] : [head]), ...blocks].map((block) => renderBlock(block, depth + 1));
  return h('li', {}, ...(isPlain ? renderInline(head) : []), ...parts);
}

function renderTable([head, , ...rows]) {
  const cells = (line, name, attributes) =>
    h('tr', {}, ...splitRow(line).map((cell) => h(name, attributes, ...renderInline(cell))));
  return h(
    'div',
    { class: 'table', tabindex: '0' },
    h(
      'table',
      {},
      h('thead', {}, cells(head, 'th', { scope: 'col' })),
      h('tbody', {}, ...rows.map((row) => cells(row, 'td', {}))),
    ),
  );
}

function splitRow(line) {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());
}

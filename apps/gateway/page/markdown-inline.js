// Code, emphasis and links inside a line of Markdown.

import { h } from './dom.js';

const SPECIAL = /[`*_~[\\]|https?:\/\//g;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const DELIMITERS = ['**', '__', '~~', '*', '_'];
const NAMES = { '**': 'strong', __: 'strong', '~~': 'del', '*': 'em', _: 'em' };
/** Deeper emphasis stays text. */
const MAX_DEPTH = 8;

/** Elements and strings for a text. An opening mark without its closing one is text. */
export function renderInline(text, depth = 0) {
  const parts = [];
  /** Closing marks that the rest of the text does not have; looked for once, so that the cost stays linear. */
  const missing = new Set();
  let plain = '';
  let at = 0;
  const add = (part) => {
    if (plain !== '') parts.push(plain);
    plain = '';
    parts.push(part);
  };
  const find = (mark, from) => {
    if (missing.has(mark)) return -1;
    const found = text.indexOf(mark, from);
    if (found === -1) missing.add(mark);
    return found;
  };
  while (at < text.length) {
    SPECIAL.lastIndex = at;
    const next = SPECIAL.exec(text)?.index ?? text.length;
    plain += text.slice(at, next);
    at = next;
    if (at === text.length) break;
    const found = depth < MAX_DEPTH ? readSpecial(text, { at, find, depth }) : undefined;
    if (found === undefined) {
      plain += text[at];
      at += 1;
    } else {
      if (typeof found.part === 'string') plain += found.part;
      else add(found.part);
      at = found.end;
    }
  }
  return plain === '' ? parts : [...parts, plain];
}

function readSpecial(text, { at, find, depth }) {
  switch (text[at]) {
    case '\\': {
      const escaped = text[at + 1] ?? '';
      return ESCAPABLE.test(escaped) ? { part: escaped, end: at + 2 } : undefined;
    }
    case '`':
      return readCode(text, { at, find });
    case '[':
      return readLink(text, { at, find, depth });
    case 'h':
      return readUrl(text, at);
    default:
      return readEmphasis(text, { at, find, depth });
  }
}

function readCode(text, { at, find }) {
  let start = at;
  while (text[start] === '`') start += 1;
  const mark = text.slice(at, start);
  const end = find(mark, start);
  if (end === -1) return { part: mark, end: start };
  return { part: h('code', {}, text.slice(start, end).trim()), end: end + mark.length };
}

function readEmphasis(text, { at, find, depth }) {
  const mark = DELIMITERS.find((one) => text.startsWith(one, at));
  if (mark === undefined) return undefined;
  const start = at + mark.length;
  const inWord = /\w/.test(text[at - 1] ?? '');
  if ((mark[0] === '_' && inWord) || /\s/.test(text[start] ?? ' ')) return { part: mark, end: start };
  const end = find(mark, start);
  if (end <= start || /\s/.test(text[end - 1])) return { part: mark, end: start };
  const part = h(NAMES[mark], {}, ...renderInline(text.slice(start, end), depth + 1));
  return { part, end: end + mark.length };
}

function readLink(text, { at, find, depth }) {
  const middle = find('](', at);
  const end = middle === -1 ? -1 : find(')', middle);
  if (end === -1) return undefined;
  const target = text
    .slice(middle + 2, end)
    .trim()
    .split(/\s/, 1)[0];
  const label = text.slice(at + 1, middle);
  if (!/^https?:\/\//.test(target) || label.includes('[')) return undefined;
  return { part: link(target, renderInline(label, depth + 1)), end: end + 1 };
}

function readUrl(text, at) {
  const [url] = /^https?:\/\/[^\s<>"`]+/.exec(text.slice(at, at + 2048)) ?? [];
  if (url === undefined) return undefined;
  const address = url.replace(/[.,;:!?)\]'*_]+$/, '');
  return { part: link(address, [address]), end: at + address.length };
}

function link(href, content) {
  return h('a', { href, rel: 'noopener noreferrer', target: '_blank' }, ...content);
}

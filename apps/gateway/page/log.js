// The end of the gateway's log. It is read only while it is open.

import { element, emptyNote, h } from './dom.js';
import { askJson } from './gateway-client.js';

const MAX_LINES = 500;
/** This close to its end, in pixels, the log follows new lines. */
const FOLLOW_WITHIN = 24;

let sequence = 0;
let reading = false;

export function startLog() {
  element('log').addEventListener('toggle', () => void refreshLog());
}

export async function refreshLog() {
  if (!element('log').open || reading) return;
  reading = true;
  try {
    const { lines = [] } = (await askJson(`log?after=${sequence}`)) ?? {};
    append(lines);
  } finally {
    reading = false;
  }
}

function append(lines) {
  const place = element('log-lines');
  if (lines.length === 0) {
    if (sequence === 0) place.replaceChildren(emptyNote('Nothing was logged yet.'));
    return;
  }
  // The first lines, or a gateway that was restarted and counts again.
  if (sequence === 0 || lines[0].sequence <= sequence) place.replaceChildren();
  const follows = place.scrollHeight - place.scrollTop - place.clientHeight < FOLLOW_WITHIN;
  place.append(...lines.map(({ text }) => h('div', { class: /^\S+ (WARN|ERROR) /.test(text) ? 'warn' : '' }, text)));
  while (place.childElementCount > MAX_LINES) place.firstElementChild.remove();
  if (follows) place.scrollTop = place.scrollHeight;
  sequence = lines.at(-1).sequence;
}

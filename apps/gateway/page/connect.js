// How to set up client programs for this gateway.

import { copyButton, element, h } from './dom.js';
import { askJson } from './gateway-client.js';

let clients = [];

export function startConnect() {
  element('connect-client').addEventListener('change', showSetup);
}

/** Loads the list once. */
export async function loadClients() {
  if (clients.length > 0) return;
  clients = (await askJson('connect'))?.clients ?? [];
  element('connect-client').replaceChildren(...clients.map(({ id, name }) => h('option', { value: id }, name)));
  if (clients.length > 0) showSetup();
}

function showSetup() {
  const { file, code, shell, notes } = clients.find(({ id }) => id === element('connect-client').value);
  element('connect-setup').replaceChildren(
    ...renderPart(file?.path, file?.text),
    ...renderPart('Add', code),
    ...renderPart('In a shell', shell),
    ...notes.map((text) => h('p', { class: 'note' }, text)),
  );
}

function renderPart(title, text) {
  if (!text) return [];
  // The gateway knows its own scheme as http only; behind a proxy the page knows better.
  const source = h('pre', { tabindex: '0' }, text.replaceAll(`http://${location.host}`, location.origin));
  const head = h(
    'div',
    { class: 'code-head' },
    title,
    copyButton(() => source.textContent, source),
  );
  return [h('div', { class: 'code' }, head, source)];
}
